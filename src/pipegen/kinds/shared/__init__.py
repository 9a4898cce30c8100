"""What the kinds have in common: the lowering of sections that every kind states alike."""
