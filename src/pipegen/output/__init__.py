"""The files that pipegen owns in a repository: what must change there (`ownership`), and the writing of it (`writing`).

Both look names up in folders that are held open (`folders`), so that a symbolic link leads neither of them elsewhere.
"""

from pipegen.output.lock import BusyError, Lock, locked
from pipegen.output.mark import with_header
from pipegen.output.ownership import Change, Difference, FileTree, differences
from pipegen.output.writing import write

__all__ = ["BusyError", "Change", "Difference", "FileTree", "Lock", "differences", "locked", "with_header", "write"]
