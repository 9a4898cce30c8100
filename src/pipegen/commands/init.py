"""`pipegen init`: a manifest for a person to complete."""

from __future__ import annotations

from pipegen.commands import CLEAN, CannotError
from pipegen.commands.repository import ROOT, keep_others_out, say, write_changes
from pipegen.compiler import MANIFEST, compile_manifest
from pipegen.copies import PLACE, NotACopyError, change_of_copy
from pipegen.draft import UNKNOWN, count_of_unknown, draft
from pipegen.files import WorkTree, repository_above
from pipegen.output import Change, Difference, Lock
from pipegen.survey import survey


def run(only_print: bool = False) -> int:
    """Write what the repository shows of itself as a manifest, with its schema beside it, or print the manifest.

    Never over a file that is there.
    """
    if only_print:
        print(draft(survey(ROOT), schema=PLACE if WorkTree(ROOT).holds_file(PLACE) else ""), end="")
        return CLEAN
    with keep_others_out() as lock:
        text = draft(survey(ROOT), schema=PLACE)
        for change in _written(lock, text):
            say(f"wrote {change.path}")
    _say_what_is_left(text)
    return CLEAN


def _written(lock: Lock, text: str) -> tuple[Difference, ...]:
    """The manifest and its schema, as they were written."""
    if (ROOT / MANIFEST).is_symlink() or (ROOT / MANIFEST).exists():
        advice = "`pipegen init --print` shows what it would be"
        raise CannotError(f"there is a {MANIFEST} already, and nothing was written; {advice}")
    if above := repository_above(ROOT):
        advice = "a manifest stands at the root of its repository"
        raise CannotError(f"the repository is {above}, and nothing was written; {advice}: run this there, or with -C")
    try:
        copy = change_of_copy(WorkTree(ROOT), PLACE)
        changes = (Difference(MANIFEST, Change.CREATE, "", text), *([copy] if copy else ()))
    except NotACopyError as error:
        raise CannotError(f"cannot write {PLACE}: {error}; nothing was written") from None
    except OSError as error:
        raise CannotError(f"cannot read {PLACE}: {error.strerror}; nothing was written") from error
    write_changes(lock, changes)
    return changes


def _say_what_is_left(text: str) -> None:
    """Counted in the draft, because without a kind `lint` cannot say more than that it is missing."""
    unknown = count_of_unknown(text)
    if unknown:
        say(f'Next, complete what is "{UNKNOWN}", {unknown} in all: `pipegen lint` says what each takes.')
    elif compile_manifest(text.encode(), WorkTree(ROOT)).diagnostics:
        say("Next, complete it: `pipegen lint` names what is left.")
    else:
        say("Next, `pipegen compile`.")
