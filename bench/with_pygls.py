"""A server by pygls that tells the diagnostics of a manifest, and nothing else: a peer of `pipegen lsp`."""

# mypy: ignore-errors
# pygls is not installed but to be measured, so there is nothing to check this against.

from __future__ import annotations

from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer

server = LanguageServer("pygls", "0", text_document_sync_kind=types.TextDocumentSyncKind.Full)


@server.feature(types.TEXT_DOCUMENT_DID_OPEN)
@server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
def publish(editor: LanguageServer, params: Any) -> None:
    """Compile the manifest as it is in the editor, and publish what is wrong with it."""
    from pathlib import Path

    from pipegen.compiler import compile_manifest
    from pipegen.files import WorkTree

    document = editor.workspace.get_text_document(params.text_document.uri)
    compilation = compile_manifest(document.source.encode(), WorkTree(Path(document.path).parent))
    found = [
        types.Diagnostic(
            range=types.Range(
                types.Position(one.span.line - 1, one.span.column - 1),
                types.Position(one.span.end_line - 1, one.span.end_column - 1),
            ),
            message=one.message,
            code=one.rule.name,
        )
        for one in compilation.diagnostics
        if one.span
    ]
    editor.text_document_publish_diagnostics(
        types.PublishDiagnosticsParams(uri=document.uri, diagnostics=found, version=document.version)
    )


server.start_io()
