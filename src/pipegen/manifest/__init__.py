"""What a manifest may say: models, one file for each section."""
