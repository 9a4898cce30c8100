"""A language server: what an editor is told of a manifest that a JSON Schema cannot know.

It speaks the Language Server Protocol 3.17 over standard input and output:
https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/.
"""
