"""Editing manifests as a person does, in an editor that runs yaml-language-server."""
