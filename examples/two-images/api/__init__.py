"""Takes files to be checked, and says what came of it."""
