"""What the API and the processor share."""
