"""Files that are synchronised to a bucket, first without deleting, so that nothing is missing in between."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote
from typing import Any

from pipegen.pipeline import FileSet, FileTarget, Publication, Secret
from pipegen.targets.github import bundle
from pipegen.targets.github.bundle import Bundle
from pipegen.targets.github.expressions import secret
from pipegen.targets.github.workflow import RunStep, Step

# Of a pattern, `find -path` and the AWS CLI have the same notion: `*` is also what holds a slash.
_EXCLUDE = """\
excludes=() others=()
while read -r pattern; do
  excludes+=(--exclude "$pattern")
  others+=(-not -path "$RUNNER_TEMP/{id}/$pattern")
done <<< "$EXCLUDE"
"""
# Where there is nothing to synchronise, everything would be deleted.
_COUNT = """\
count=$(find "$RUNNER_TEMP/{id}" -type f{others} | wc --lines)
if [[ "$count" == 0 ]]; then
  echo "::error title=Nothing was published::There is no file to publish."
  exit 1
fi
"""
_SHOW = """\
{
  echo "## Published to $ENVIRONMENT"
  echo
  echo "$count files (\\`$DIGEST\\`) from $GITHUB_SERVER_URL/$GITHUB_REPOSITORY/commit/$GITHUB_SHA"
  echo "are in the bucket, under \\`/$PREFIX\\`."
  echo
} >> "$GITHUB_STEP_SUMMARY"
"""


class FilesBundle(Bundle, kw_only=True):
    """The files of one set; of one environment where they are made for each."""

    fileset: FileSet

    def build(self) -> Iterator[Step]:
        """Make the files where they are made, and pack them."""
        if self.fileset.build:
            env = {"ENVIRONMENT": self.environment}
            yield RunStep(name=f"Build the {self.noun}", id=f"build-{self.id}", env=env, run=self.fileset.build)
        run = (
            f'tar --create --file "$RUNNER_TEMP/{self.archive}" --directory {quote(self.fileset.source)} \\\n'
            f"  --exclude=./.git {bundle.PACK} .\n"
        )
        yield RunStep(name=f"Pack the {self.noun}", id=f"pack-{self.id}", run=run)
        yield bundle.take_digest_of_tar(self)
        yield bundle.keep(self)

    def fetch(self) -> Iterator[Step]:
        """Fetch the archive, check and unpack it. S3 replaces a file of the same size only by a newer one."""
        yield bundle.fetch(self)
        yield bundle.check_tar(self, touch=True)

    def move(self, publication: Publication) -> Step:
        """Synchronise the files; what has gone is deleted last, and only where the manifest says so."""
        target = next(target for target in publication.files if target.fileset == self.id)
        env = {
            "BUCKET": secret(target.bucket.name) if isinstance(target.bucket, Secret) else target.bucket,
            "DIGEST": bundle.digest(self),
            "ENVIRONMENT": publication.environment.name,
            "PREFIX": target.prefix,
        }
        return RunStep(name=f"Publish the {self.noun}", id=f"publish-{self.id}", **_synchronise(self.id, target, env))


def _synchronise(id: str, target: FileTarget, env: dict[str, str]) -> dict[str, Any]:
    run = ""
    if isinstance(target.bucket, Secret):
        run += f': "${{BUCKET:?The secret {target.bucket.name} of $ENVIRONMENT is not set}}"\n'
    excludes = others = ""
    if target.exclude:
        env |= {"EXCLUDE": "\n".join(target.exclude)}
        run += _EXCLUDE.format(id=id)
        excludes, others = ' "${excludes[@]}"', ' "${others[@]}"'
    run += _COUNT.format(id=id, others=others)
    sync = f'aws s3 sync "$RUNNER_TEMP/{id}" "s3://$BUCKET/$PREFIX" --no-follow-symlinks --no-progress{excludes}'
    run += f"{sync}\n" + (f"{sync} --delete\n" if target.delete else "") + _SHOW
    return {"env": dict(sorted(env.items())), "run": run}
