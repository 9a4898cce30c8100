"""What a build hands to the jobs that publish: one archive as an artefact, and its digest as an output.

A publish job runs nothing of the repository. It fetches the archive by the number that the build's job put out (a
second attempt leaves two artefacts of one name), recomputes the digest and compares it, before any credential exists.
The digest of an image is that of its manifest, which names every layer by digest: the copy refuses any other layer.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator

from pipegen.frozen import Frozen
from pipegen.pipeline import Publication
from pipegen.targets.github import actions
from pipegen.targets.github.expressions import TEMPORARY, output, output_of
from pipegen.targets.github.workflow import RunStep, Step, UsesStep

# An approval may take 30 days: https://docs.github.com/en/actions/reference/limits.
KEPT_DAYS = 31

_REFUSE = """\
if [[ "$found" != "$DIGEST" ]]; then
  echo "::error title=Nothing was published::The build made $DIGEST, but its archive is $found."
  exit 1
fi
"""
# The digest of a tar that is packed alike wherever it is packed.
_SHA256 = "sha256:$(sha256sum \"$RUNNER_TEMP/{archive}\" | cut --delimiter=' ' --fields=1)"
PACK = "--sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX"


class Archive(Frozen, kw_only=True):
    """A file that the job named builds. `environment` is empty where every environment gets the same one."""

    id: str
    noun: str
    job: str
    environment: str = ""

    @property
    def archive(self) -> str:
        """Its file below the runner's temporary folder, in the job that builds it."""
        return f"{self.id}.tar"

    @property
    def artifact(self) -> str:
        """Its artefact; artefacts of tests have no underscore in their names."""
        return ".".join(filter(None, [f"published_{self.id}", self.environment]))


class Bundle(Archive, ABC):
    """An archive that is published to environments."""

    @abstractmethod
    def build(self) -> Iterator[Step]:
        """Build it, put out its digest and keep it: steps of the job that builds."""

    @abstractmethod
    def fetch(self) -> Iterator[Step]:
        """Fetch it and compare its digest: steps of a job that publishes, before it has credentials."""

    @abstractmethod
    def move(self, publication: Publication) -> Step:
        """Publish it to an environment."""


def outputs(archive: Archive) -> dict[str, str]:
    """What the job that builds it puts out."""
    return {
        f"artifact-{archive.id}": output(f"keep-{archive.id}", "artifact-id"),
        f"digest-{archive.id}": output(f"digest-{archive.id}", "digest"),
    }


def digest(archive: Archive) -> str:
    """The digest that the build computed, for a job that needs it."""
    return output_of(archive.job, f"digest-{archive.id}")


def take_digest(archive: Archive, found: str) -> Step:
    """Put out the digest that the command substitution `found` computes, and show it."""
    of = f" for {archive.environment}" if archive.environment else ""
    run = (
        f"digest={found}\n"
        'echo "digest=$digest" >> "$GITHUB_OUTPUT"\n'
        f'echo "Built the {archive.noun} \\`$digest\\`{of} from \\`$GITHUB_SHA\\`." >> "$GITHUB_STEP_SUMMARY"\n'
    )
    return RunStep(name=f"Take the digest of the {archive.noun}", id=f"digest-{archive.id}", run=run)


def take_digest_of_tar(archive: Archive) -> Step:
    """Put out the digest of the archive itself."""
    return take_digest(archive, _SHA256.format(archive=archive.archive))


def keep(archive: Archive) -> Step:
    """Keep the archive for as long as an approval may take."""
    return UsesStep(
        name=f"Keep the {archive.noun}",
        id=f"keep-{archive.id}",
        uses=actions.UPLOAD_ARTIFACT,
        with_={
            "name": archive.artifact,
            "path": f"{TEMPORARY}/{archive.archive}",
            "if-no-files-found": "error",
            "compression-level": 0,
            "retention-days": KEPT_DAYS,
            "overwrite": True,
        },
    )


def fetch(archive: Archive) -> Step:
    """Fetch the archive into a folder of its own, in a job that publishes."""
    return UsesStep(
        name=f"Fetch the {archive.noun}",
        id=f"fetch-{archive.id}",
        uses=actions.DOWNLOAD_ARTIFACT,
        with_={
            "artifact-ids": output_of(archive.job, f"artifact-{archive.id}"),
            "path": f"{TEMPORARY}/fetched/{archive.id}",
        },
    )


def check(archive: Archive, found: str, then: str = "") -> Step:
    """Stop unless the command substitution `found` computes the digest of the build; otherwise go on with `then`."""
    return RunStep(
        name=f"Check the {archive.noun} against what was built",
        id=f"check-{archive.id}",
        env={"DIGEST": digest(archive)},
        run=f"found={found} || found=unreadable\n{_REFUSE}{then}",
    )


def check_tar(archive: Archive, *, touch: bool = False, then: str = "") -> Step:
    """Check the archive itself, unpack it, and go on with `then`. `touch`: its files are as old as this moment."""
    extract = (
        f'mkdir "$RUNNER_TEMP/{archive.id}"\n'
        f'tar --extract {"--touch " if touch else ""}--file "$RUNNER_TEMP/fetched/{archive.id}/{archive.archive}" \\\n'
        f'  --directory "$RUNNER_TEMP/{archive.id}"\n'
    )
    return check(archive, _SHA256.format(archive=f"fetched/{archive.id}/{archive.archive}"), extract + then)
