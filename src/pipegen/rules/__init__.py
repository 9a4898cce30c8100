"""The rules: one class for each thing that pipegen complains of, its page in the docstring.

Rules on the text (PG0xx), on single values (PG1xx) and on the files written (PG3xx) are reported by the stage that
meets them; `reading`, `shape` and `writing` hold their classes. A rule that looks at several values together (PG2xx)
has a module of its own with its `check`, and a line in `registry`.
"""
