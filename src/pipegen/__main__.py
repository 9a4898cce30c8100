"""The program `pipegen`."""

import sys

from pipegen import __version__


def main() -> None:
    """Run the command line. `--version` and an unchanged lint are answered before anything else is loaded."""
    arguments = sys.argv[1:]
    if arguments == ["--version"]:
        print(f"pipegen {__version__}")
        return
    if "lint" in arguments:
        from pipegen.unchanged import is_unchanged

        if is_unchanged(arguments):
            return
    from pipegen.program import run

    run()


if __name__ == "__main__":
    main()
