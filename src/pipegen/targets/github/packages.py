"""Packages of code for functions: zips that come out alike from alike files, and are uploaded under a unique key."""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote

from pipegen.pipeline import Package, Publication
from pipegen.targets.github import bundle
from pipegen.targets.github.bundle import Bundle
from pipegen.targets.github.workflow import RunStep, Step

_ZIP = """\
pack() {
  (
    cd "$2"
    chmod --recursive u=rwX,go=rX .
    find . -exec touch --no-dereference --date=1980-01-01T00:00:00Z {} +
    find . -type f -not -path './.git/*' -not -path '*/__pycache__/*' | LC_ALL=C sort |
      zip --quiet -X --names-stdin "$RUNNER_TEMP/zips/$1.zip"
  )
}
"""
# A link would be followed when the zip is uploaded, to a file of the runner.
_NO_LINKS = """\
if [[ -n "$(find "$RUNNER_TEMP/packages" ! -type f ! -type d)" ]]; then
  echo "::error title=Nothing was published::The archive holds what is not a file."
  exit 1
fi
"""
_PUT = """\
version=git-$GITHUB_SHA-$GITHUB_RUN_NUMBER-$GITHUB_RUN_ATTEMPT
rows=
while read -r name; do
  file=$RUNNER_TEMP/packages/$name.zip
  sum=$(sha256sum "$file" | cut --delimiter=' ' --fields=1)
  aws s3api put-object --bucket "$BUCKET" --key "$PREFIX/$name/$version.zip" --body "$file" \\
    --checksum-algorithm SHA256 --if-none-match '*'
  rows+="| $name | \\`s3://$BUCKET/$PREFIX/$name/$version.zip\\` | \\`$sum\\` |"$'\\n'
done <<< "$PACKAGES"
{
  echo "## Published to $ENVIRONMENT"
  echo
  echo "| Package | Object | SHA-256 |"
  echo "| --- | --- | --- |"
  echo "$rows"
} >> "$GITHUB_STEP_SUMMARY"
"""


class PackagesBundle(Bundle, kw_only=True):
    """The zips of all packages of a component."""

    id: str = "packages"
    noun: str = "packages"
    packages: tuple[Package, ...]

    def build(self) -> Iterator[Step]:
        """Build each package, and pack all of them into one archive."""
        for package in self.packages:
            if package.build:
                yield RunStep(name=f"Build {package.id}", id=f"package-{package.id}", run=package.build)
        yield _pack(self.packages, self.archive)
        yield bundle.take_digest_of_tar(self)
        yield bundle.keep(self)

    def fetch(self) -> Iterator[Step]:
        """Fetch the archive, check and unpack it."""
        yield bundle.fetch(self)
        yield bundle.check_tar(self, then=_NO_LINKS)

    def move(self, publication: Publication) -> Step:
        """Upload each zip under a key that no other run uses; an object that is there is never replaced."""
        target = publication.packages
        assert target, "a component with packages has a place for them in every environment"
        env = {
            "BUCKET": target.bucket,
            "ENVIRONMENT": publication.environment.name,
            "PACKAGES": "\n".join(package.id for package in self.packages),
            "PREFIX": target.prefix,
        }
        return RunStep(name="Publish the packages", id="publish-packages", env=env, run=_PUT)


def _pack(packages: tuple[Package, ...], archive: str) -> Step:
    lines = ['mkdir "$RUNNER_TEMP/zips"\n']
    if any(package.output is None for package in packages):
        lines.append(_ZIP)
    for package in packages:
        if package.output:
            lines.append(f'cp {quote(package.output)} "$RUNNER_TEMP/zips/{package.id}.zip"\n')
        else:
            lines.append(f"pack {package.id} {quote(package.source)}\n")
    lines.append(
        f'tar --create --file "$RUNNER_TEMP/{archive}" --directory "$RUNNER_TEMP/zips" \\\n  {bundle.PACK} .\n'
    )
    return RunStep(name="Pack the packages", id="pack-packages", env={"TZ": "UTC"}, run="".join(lines))
