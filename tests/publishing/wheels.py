"""Packages for a workflow's pip, without a network: those that are installed here, made wheels again."""

import zipfile
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement


def wheelhouse(folder: Path, *names: str) -> dict[str, str]:
    """The variables by which pip installs these packages and what they need, and nothing else.

    Raises PackageNotFoundError for one that is not installed, or that is installed as a link to its sources.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted, done = list(names), set[str]()
    while wanted:
        package = distribution(wanted.pop())
        if package.name not in done:
            done.add(package.name)
            _pack(package, folder)
            wanted += [need.name for need in map(Requirement, package.requires or ()) if _applies(need)]
    return {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder)}


def _applies(need: Requirement) -> bool:
    return need.marker is None or need.marker.evaluate({"extra": ""})


def _pack(package: Distribution, folder: Path) -> None:
    """Everything of the package's record that lies with the packages: its programs are made anew by pip."""
    tags = [
        line.partition(": ")[2] for line in (package.read_text("WHEEL") or "").splitlines() if line.startswith("Tag:")
    ]
    name = f"{package.name.replace('-', '_')}-{package.version}-{tags[0]}.whl"
    with zipfile.ZipFile(folder / name, "w") as wheel:
        for file in package.files or ():
            if not str(file).startswith("..") and file.suffix != ".pyc" and file.name not in ("INSTALLER", "REQUESTED"):
                wheel.write(str(file.locate()), str(file))
