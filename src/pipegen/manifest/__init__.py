"""What a manifest may say: pydantic models, one file for each section."""
