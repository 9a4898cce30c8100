"""The program `pipegen`."""

import sys


def main() -> None:
    """Run the command line. `--version` is answered before anything else is loaded."""
    if sys.argv[1:] == ["--version"]:
        from pipegen import __version__

        print(f"pipegen {__version__}")
        return
    from pipegen.program import run

    run()


if __name__ == "__main__":
    main()
