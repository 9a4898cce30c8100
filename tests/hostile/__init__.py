"""Manifests that were made to do harm, each a harmless one with one thing changed."""
