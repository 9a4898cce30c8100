"""A container image: built into an OCI archive without credentials, and copied from it unchanged.

The provenance that BuildKit would add is off, because it makes an index of one platform, which lambda refuses. The
copy keeps every platform and every byte: `--all --preserve-digests`.
"""

from __future__ import annotations

from collections.abc import Iterator
from shlex import quote

from pipegen.pipeline import Image, Known, Publication
from pipegen.targets.github import actions, bundle
from pipegen.targets.github.bundle import Bundle
from pipegen.targets.github.expressions import COMMIT
from pipegen.targets.github.steps import run_each
from pipegen.targets.github.workflow import RunStep, Step

_DIGEST_OF = "sha256:$(skopeo inspect --raw \"oci-archive:{archive}\" | sha256sum | cut --delimiter=' ' --fields=1)"

_LOGIN = {
    False: 'aws ecr get-login-password | skopeo login --username AWS --password-stdin "$REGISTRY"\n',
    # The public registry is signed in to in one region only, and gives every account a name of its own.
    True: """\
aws ecr-public get-login-password --region us-east-1 | skopeo login --username AWS --password-stdin public.ecr.aws
REGISTRY=$(aws ecr-public describe-registries --region us-east-1 --query 'registries[0].registryUri' --output text)
""",
}
_COPY = """\
tag=git-$GITHUB_SHA-$GITHUB_RUN_NUMBER-$GITHUB_RUN_ATTEMPT
copy() {{
  skopeo copy --all --preserve-digests --retry-times 3 --digestfile "$RUNNER_TEMP/digest" \\
    "oci-archive:$RUNNER_TEMP/fetched/image/image.tar" "docker://$REGISTRY/$REPOSITORY:$1"
  [[ "$(cat "$RUNNER_TEMP/digest")" == "$DIGEST" ]]
}}
{copies}
{{
  echo "## Published to $ENVIRONMENT"
  echo
  echo "| | |"
  echo "| --- | --- |"
  echo "| Repository | \\`$REGISTRY/$REPOSITORY\\` |"
  echo "| Digest | \\`$DIGEST\\` |"
  echo "| Tags | {shown} |"
  echo "| Commit | $GITHUB_SERVER_URL/$GITHUB_REPOSITORY/commit/$GITHUB_SHA |"
  echo
}} >> "$GITHUB_STEP_SUMMARY"
"""


class ImageBundle(Bundle, kw_only=True):
    """An image as an OCI archive: https://github.com/opencontainers/image-spec/blob/main/image-layout.md."""

    id: str = "image"
    noun: str = "image"
    image: Image
    runner: str

    def build(self) -> Iterator[Step]:
        """Build the image into an archive, and take the digest of its manifest or index."""
        yield from run_each("Run what comes before the build", "before", self.image.before)
        yield _start_builder(self.image, "linux/arm64" if self.runner.endswith("-arm") else "linux/amd64")
        yield _build(self.image)
        yield bundle.take_digest(self, _DIGEST_OF.format(archive="$RUNNER_TEMP/image.tar"))
        yield bundle.keep(self)

    def fetch(self) -> Iterator[Step]:
        """Fetch the archive, and check what is in it."""
        yield bundle.fetch(self)
        yield bundle.check(self, _DIGEST_OF.format(archive="$RUNNER_TEMP/fetched/image/image.tar"))

    def move(self, publication: Publication) -> Step:
        """Copy the image to the environment: the unique tag first, the moving one after it."""
        environment, repository = publication.environment, publication.image
        assert repository, "a component with an image has a repository in every environment"
        registry = f"{environment.account}.dkr.ecr.{environment.region}.amazonaws.com"
        env = {"DIGEST": bundle.digest(self), "ENVIRONMENT": environment.name}
        env |= {} if repository.public else {"REGISTRY": registry}
        env |= {"REPOSITORY": repository.name}
        copies, shown = ['copy "$tag"'], ["\\`$tag\\`"]
        if repository.moving_tag:
            env |= {"MOVING_TAG": repository.moving_tag}
            copies.append('copy "$MOVING_TAG"')
            shown.append("\\`$MOVING_TAG\\`")
        run = _LOGIN[repository.public] + _COPY.format(copies="\n".join(copies), shown=", ".join(shown))
        return RunStep(name="Publish the image", id="publish-image", env=dict(sorted(env.items())), run=run)


def _start_builder(image: Image, native: str) -> Step:
    create = 'docker buildx create --name pipegen --driver docker-container --driver-opt "image=$BUILDKIT"'
    env = {"BUILDKIT": actions.BUILDKIT}
    foreign = ",".join(platform.partition("/")[2] for platform in image.platforms if platform != native)
    if foreign:
        env |= {"BINFMT": actions.BINFMT}
        create = f'docker run --rm --privileged "$BINFMT" --install {foreign}\n{create}\n'
    return RunStep(name="Start the builder", id="builder", env=env, run=create)


def _build(image: Image) -> Step:
    stated = {name: value for name, value in image.build_args.items() if not isinstance(value, Known)}
    commit = {name: COMMIT for name, value in image.build_args.items() if value is Known.COMMIT}
    times = [name for name, value in image.build_args.items() if value is Known.TIME]
    lines = ["SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)"]
    lines += [f'{name}=$(date --utc --date="@$SOURCE_DATE_EPOCH" +%Y-%m-%dT%H:%M:%SZ)' for name in times]
    lines.append(" ".join(["export SOURCE_DATE_EPOCH", *times]))
    options = [
        "--builder pipegen",
        f"--file {quote(image.dockerfile)}",
        *([f"--target {quote(image.target)}"] if image.target else []),
        f"--platform {','.join(image.platforms)}",
        *(f"--build-arg {name}" for name in image.build_args),
        '--label "org.opencontainers.image.revision=$GITHUB_SHA"',
        '--label "org.opencontainers.image.source=$GITHUB_SERVER_URL/$GITHUB_REPOSITORY"',
        "--provenance=false",
        "--sbom=false",
        '--output "type=oci,dest=$RUNNER_TEMP/image.tar,rewrite-timestamp=true"',
        quote(image.context),
    ]
    lines.append(" \\\n  ".join(["docker buildx build", *options]))
    env = dict(sorted({**stated, **commit}.items()))
    return RunStep(name="Build the image", id="build", env=env or None, run="\n".join(lines) + "\n")
