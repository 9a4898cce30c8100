"""Mutants that mean the same as the module does, by module, function and mistake, and why."""

EQUIVALENT: dict[str, dict[tuple[str, str], str]] = {
    "files": {("WorkTree.holds_folder", "'folder' → 'folderX'"): "whatever is no `file` is looked for as a folder"},
    "output.lock": {("_lock", "Gt → GtE"): "no clock shows the very nanosecond"},
    "targets.aws.hcl": {
        ("Value", "'Value' → 'ValueX'"): "the name of a type, which nothing looks up when it runs",
        ("Value", "'Value' → 'ValueX' #2"): "the name of a type, which nothing looks up when it runs",
        ("_aligned", "0 → 1"): "the width of no keys, which no line is printed with",
    },
    "targets.github.printer": {("_is_literal", "' ' → ' X'"): "only whether it is printable is asked, which both are"},
    "seen": {("_look", "0 → 1 #2"): "of the mode only the type of the file is used, which is none in 1 as in 0"},
}
