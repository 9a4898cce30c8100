"""The Release workflow of a library: by hand, the tests, then the next version as a tag, all in one run.

One run, because a tag that is pushed with a workflow's own token starts no other workflow.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipegen.pipeline import Pipeline, Release, Versions
from pipegen.targets.github import actions, bundle
from pipegen.targets.github.bundle import Archive
from pipegen.targets.github.expressions import (
    CHOSEN_BUMP,
    TEMPORARY,
    TOKEN,
    output,
    output_of,
    releases,
)
from pipegen.targets.github.steps import checkout, set_up_node, set_up_python
from pipegen.targets.github.test import suites
from pipegen.targets.github.workflow import (
    Concurrency,
    Dispatch,
    Environment,
    Input,
    Job,
    Noted,
    RunStep,
    Step,
    UsesStep,
    Workflow,
)

_READ = {"contents": Noted("read", "check out the code")}
_MINUTES = 30
# Trusted publishing wants npm 11.5.1 or later, which this version of Node brings.
_NPM = Versions(("24",))
_BUILD_TOOL = "build==1.3.0"

_CHOOSE = """\
fail() {
  echo "::error title=Nothing was released::$1"
  exit 1
}
[[ "$GITHUB_REF" == "$REQUIRED" ]] || fail "Releases are made from $REQUIRED only, and this run is on $GITHUB_REF."
number='(0|[1-9][0-9]*)'
major=0 minor=0 patch=0
while read -r tag; do
  if [[ "${tag#"$PREFIX"}" =~ ^$number\\.$number\\.$number$ ]]; then
    major=${BASH_REMATCH[1]} minor=${BASH_REMATCH[2]} patch=${BASH_REMATCH[3]}
    [[ "$(git rev-list --max-count=1 "$tag")" != "$GITHUB_SHA" ]] ||
      fail "This commit is released already, as $tag. If its run failed, re-run the failed jobs of that one."
    break
  fi
done < <(git tag --list --sort=-version:refname "$PREFIX*")
case "$BUMP" in
  major) major=$((major + 1)) minor=0 patch=0 ;;
  minor) minor=$((minor + 1)) patch=0 ;;
  patch) patch=$((patch + 1)) ;;
  *) fail "$BUMP is not a part of a version." ;;
esac
echo "tag=$PREFIX$major.$minor.$patch" >> "$GITHUB_OUTPUT"
echo "version=$major.$minor.$patch" >> "$GITHUB_OUTPUT"
"""
_BUILD_PYTHON = f"""\
python -m venv "$RUNNER_TEMP/venv"
"$RUNNER_TEMP/venv/bin/pip" install --quiet {_BUILD_TOOL}
"$RUNNER_TEMP/venv/bin/python" -m build --outdir "$RUNNER_TEMP/built"
for file in "$RUNNER_TEMP"/built/*; do
  if [[ "$file" != *-"$VERSION"-*.whl && "$file" != *-"$VERSION".tar.gz ]]; then
    echo "::error title=Nothing was released::The package was built as ${{file##*/}}, but the release is $VERSION."
    exit 1
  fi
done
"""
_BUILD_NPM = """\
stated=$(node --print "require('./package.json').version")
if [[ "$stated" != "$VERSION" ]]; then
  echo "::error title=Nothing was released::package.json says $stated, but the release is $VERSION."
  exit 1
fi
mkdir "$RUNNER_TEMP/built"
npm pack --pack-destination "$RUNNER_TEMP/built"
"""
# The tag and the release are two calls: with --target, GitHub asks for a permission that this token cannot have.
_TAG = """\
[[ "$GITHUB_REF" == "$REQUIRED" ]]
gh api "repos/$GITHUB_REPOSITORY/git/refs" --silent --field ref="refs/tags/$TAG" --field sha="$GITHUB_SHA" ||
  [[ "$(gh api "repos/$GITHUB_REPOSITORY/git/ref/tags/$TAG" --jq .object.sha)" == "$GITHUB_SHA" ]]
"""
_RELEASE = """\
gh release view "$TAG" --repo "$GITHUB_REPOSITORY" > /dev/null 2>&1 ||
  gh release create "$TAG" --repo "$GITHUB_REPOSITORY" --verify-tag --title "$TAG" --generate-notes{files}
echo "Released [$TAG]($GITHUB_SERVER_URL/$GITHUB_REPOSITORY/releases/tag/$TAG)." >> "$GITHUB_STEP_SUMMARY"
"""
_TAGGED = """\
echo "Tagged [$TAG]($GITHUB_SERVER_URL/$GITHUB_REPOSITORY/tree/$TAG)." >> "$GITHUB_STEP_SUMMARY"
"""
_REDEPLOY = 'echo "Whoever uses this library takes the new version by redeploying." >> "$GITHUB_STEP_SUMMARY"\n'


_PACK = """\
tar --create --file "$RUNNER_TEMP/{archive}" --directory "$RUNNER_TEMP/{folder}" \\
  {options} .
"""

PYTHON = Archive(id="dist", noun="Python package", job="build")
NPM = Archive(id="npm", noun="npm package", job="build")


def workflow(pipeline: Pipeline, release: Release) -> Workflow:
    """The workflow that releases."""
    return _Release(pipeline, release).workflow()


class _Release:
    """The workflow in the making."""

    def __init__(self, pipeline: Pipeline, release: Release) -> None:
        self.pipeline = pipeline
        self.release = release
        self.archives = [*([PYTHON] if release.python_package else []), *([NPM] if release.npm_package else [])]
        self.tests = tuple(job.id for job in pipeline.tests)
        self.built = ("version", *self.tests, *(("build",) if self.archives else ()))

    def workflow(self) -> Workflow:
        bump = Input(description="Part of the version to raise", options=("patch", "minor", "major"))
        runner, condition = self.pipeline.runner, releases(self.pipeline.branch)
        tests = {
            job.id: suites(job, runner, condition, needs=("version",), cached=False) for job in self.pipeline.tests
        }
        return Workflow(
            name="Release",
            run_name=f"Release the next {CHOSEN_BUMP} version",
            on={"workflow_dispatch": Dispatch({"bump": bump})},
            concurrency=Concurrency("release", cancel_in_progress=False),
            jobs={
                "version": self.version(),
                **tests,
                **({"build": self.build()} if self.archives else {}),
                "release": self.tag(),
                **({"publish-python": self.python_index()} if self.release.python_package else {}),
                **({"publish-npm": self.npm_registry()} if self.release.npm_package else {}),
            },
        )

    def version(self) -> Job:
        """The next version. A run from another branch ends here, and says why."""
        history: dict[str, str | int | bool] = {"fetch-depth": 0, "filter": "tree:0", "persist-credentials": False}
        steps = (
            UsesStep(name="Check out the tags", id="checkout", uses=actions.CHECKOUT, with_=history),
            RunStep(
                name="Choose the version",
                id="choose",
                env={"BUMP": CHOSEN_BUMP, "PREFIX": self.release.tag_prefix, "REQUIRED": self.required()},
                run=_CHOOSE,
            ),
        )
        return Job(
            name="Choose the version",
            runs_on=self.pipeline.runner,
            timeout_minutes=5,
            permissions={"contents": Noted("read", "read the tags")},
            outputs={name: output("choose", name) for name in ("tag", "version")},
            steps=steps,
        )

    def required(self) -> str:
        return f"refs/heads/{self.pipeline.branch}"

    def build(self) -> Job:
        """The packages, built without credentials, of that version and no other."""
        return Job(
            name="Build",
            needs=("version", *self.tests),
            runs_on=self.pipeline.runner,
            timeout_minutes=_MINUTES,
            permissions=_READ,
            outputs={key: value for archive in self.archives for key, value in bundle.outputs(archive).items()},
            steps=(checkout(), *self.building()),
        )

    def building(self) -> Iterator[Step]:
        version = output_of("version", "version")
        if self.release.python_package:
            yield set_up_python(self.release.python or Versions(("3.12",)))
            # What setuptools-scm and its like take for the version, as no tag is there yet.
            env = {"SETUPTOOLS_SCM_PRETEND_VERSION": version, "VERSION": version}
            yield RunStep(name="Build the Python package", id="build-python", env=env, run=_BUILD_PYTHON)
            yield from _kept(PYTHON, "built")
        if self.release.npm_package:
            yield set_up_node(_NPM)
            yield RunStep(name="Build the npm package", id="build-npm", env={"VERSION": version}, run=_BUILD_NPM)
            yield from _kept(NPM, "built")

    def tag(self) -> Job:
        """The tag, and the release on GitHub. A second attempt finds what the first one made."""
        files = "".join(f' "$RUNNER_TEMP"/{archive.id}/*' for archive in self.archives)
        shown = _RELEASE.format(files=files) if self.release.github_release else _TAGGED
        step = RunStep(
            name="Create the tag and the release" if self.release.github_release else "Create the tag",
            id="release",
            env={"GH_TOKEN": TOKEN, "REQUIRED": self.required(), "TAG": output_of("version", "tag")},
            run=_TAG + shown + _REDEPLOY,
        )
        fetching = self.archives if self.release.github_release else []
        return self.job(
            "Release",
            self.built,
            {"contents": Noted("write", "create the tag and the release")},
            (*(step for archive in fetching for step in _fetched(archive)), step),
        )

    def python_index(self) -> Job:
        """The Python Package Index, as its trusted publisher: https://docs.pypi.org/trusted-publishers/."""
        publish = UsesStep(
            name="Publish to the Python Package Index",
            id="publish",
            uses=actions.PYPI,
            # A second attempt finds what the first one uploaded.
            with_={"packages-dir": f"{TEMPORARY}/{PYTHON.id}", "skip-existing": True},
        )
        reason = Noted("write", "publish as the trusted publisher of this package")
        return self.job(
            "Publish to the Python Package Index",
            (*self.built, "release"),
            {"id-token": reason},
            (*_fetched(PYTHON), publish),
        )

    def npm_registry(self) -> Job:
        """The npm registry, as its trusted publisher: https://docs.npmjs.com/trusted-publishers."""
        publish = RunStep(
            name="Publish to the npm registry",
            id="publish",
            run=f'npm publish --access public "$RUNNER_TEMP"/{NPM.id}/*.tgz',
        )
        reason = Noted("write", "publish as the trusted publisher of this package")
        return self.job(
            "Publish to the npm registry",
            (*self.built, "release"),
            {"id-token": reason},
            (*_fetched(NPM), set_up_node(_NPM), publish),
        )

    def job(self, name: str, needs: tuple[str, ...], permissions: dict[str, Noted], steps: tuple[Step, ...]) -> Job:
        """A job that makes something public, under the protection of the GitHub environment `release`."""
        return Job(
            name=name,
            needs=needs,
            if_=releases(self.pipeline.branch),
            runs_on=self.pipeline.runner,
            timeout_minutes=10,
            environment=Environment("release"),
            permissions=permissions,
            steps=steps,
        )


def _kept(archive: Archive, folder: str) -> Iterator[Step]:
    run = _PACK.format(archive=archive.archive, folder=folder, options=bundle.PACK)
    yield RunStep(name=f"Pack the {archive.noun}", id=f"pack-{archive.id}", run=run)
    yield bundle.take_digest_of_tar(archive)
    yield bundle.keep(archive)


def _fetched(archive: Archive) -> Iterator[Step]:
    yield bundle.fetch(archive)
    yield bundle.check_tar(archive)
