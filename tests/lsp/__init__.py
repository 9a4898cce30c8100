"""An editor, as far as a language server can tell."""
