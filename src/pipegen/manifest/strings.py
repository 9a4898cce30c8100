"""The string classes of the language: what a text may be, by what it is used for.

Each is one `Text` with one pattern, which must match the whole of the value. Patterns are spelt in ASCII
classes, because ``\\d`` accepts Arabic digits and ``$`` a trailing newline.
"""

from __future__ import annotations

import re
from typing import Annotated

from pipegen.frozen import Frozen


class Text(Frozen):
    """A class of strings. `expected` and `example` are what a message says to somebody who wrote another one."""

    pattern: str
    expected: str
    example: str
    max_length: int
    reserved: str = ""
    """A pattern of values that belong to somebody else, refused under the rule `reserved-variable`."""

    def problem(self, value: str) -> str | None:
        """Why the value is not of the class, or None."""
        if len(value) > self.max_length:
            return f"has {len(value):,} characters, more than {self.max_length}"
        if re.fullmatch(self.pattern, value) is None:
            return f"is not {self.expected}"
        return None

    def is_reserved(self, value: str) -> bool:
        """Whether the value belongs to somebody else."""
        return bool(self.reserved) and re.fullmatch(self.reserved, value) is not None


_WORD = "[a-z][a-z0-9]*(-[a-z0-9]+)*"
_WORDS = "lower-case words joined by single hyphens"
# Names that the tools of a job obey: GitHub's, AWS's and pipegen's own, the shell's, the loader's, the interpreters'.
_RESERVED_VARIABLE = (
    "(?i:(GITHUB|RUNNER|ACTIONS|AWS|LD|DYLD|PIPEGEN)_.*"
    "|CI|PATH|HOME|SHELL|IFS|BASH_ENV|BASHOPTS|SHELLOPTS|PS4|PROMPT_COMMAND|CDPATH"
    "|NODE_OPTIONS|NODE_PATH|PYTHON(PATH|HOME|STARTUP|INSPECT|USERBASE)|PERL5(LIB|OPT)|RUBY(LIB|OPT)"
    "|_?JAVA(_TOOL)?_OPTIONS|DOCKER_(HOST|CONFIG|CONTEXT)|GIT_(DIR|EXEC_PATH|SSH.*|CONFIG.*))"
)
_DEVICE = "(con|prn|aux|nul|com[0-9]|lpt[0-9])"
# Relative, normalised, inside the repository: no `..`, `~`, backslash, scheme, leading `-`, `.git`.
_SEGMENT = rf"(?!\.{{1,2}}(/|\Z))(?!(?i:\.git)(/|\Z))(?!(?i:{_DEVICE})(\.|/|\Z))"
_WORD_OF_PATH = "[A-Za-z0-9._+@%,=-]+( +[A-Za-z0-9._+@%,=-]+)*"
_PATH = rf"(?!-){_SEGMENT}{_WORD_OF_PATH}(/{_SEGMENT}{_WORD_OF_PATH})*"
_GLOB = rf"(?!-){_SEGMENT}[A-Za-z0-9._+@%,=*?-]+(/{_SEGMENT}[A-Za-z0-9._+@%,=*?-]+)*"
# To GitHub's filters `?` and `+` say how often what stands before may be there; what ends in a slash matches nothing.
_FILTER = rf"(?!-){_SEGMENT}[A-Za-z0-9._@%,=*-]+(/{_SEGMENT}[A-Za-z0-9._@%,=*-]+)*"
_PRINTABLE = r"[^\x00-\x1f\x7f]"

# Identifiers: they become AWS names, job ids, names of artefacts
Name = Annotated[str, Text(_WORD, _WORDS, "data-val-fe", 50)]
EnvironmentName = Annotated[
    str, Text(rf"(?!{_DEVICE}\Z){_WORD}", f"{_WORDS}, and no device of Windows", "production", 20)
]
ComponentName = Annotated[str, Text(_WORD, _WORDS, "api", 30)]
SuiteName = Annotated[str, Text(_WORD, _WORDS, "accessibility", 30)]
ServiceName = Annotated[str, Text(_WORD, _WORDS, "postgres", 30)]
ArtifactName = Annotated[str, Text(_WORD, _WORDS, "playwright", 50)]
_OWNER = "[A-Za-z0-9]+([_-][A-Za-z0-9]+)*"
RepositoryName = Annotated[
    str, Text(rf"{_OWNER}/(?!\.{{1,2}}\Z)[A-Za-z0-9._-]+", "OWNER/NAME on GitHub", "acme/data-val-fe", 140)
]
Account = Annotated[str, Text("[0-9]{12}", "an AWS account id of twelve digits", "012345678901", 12)]
Region = Annotated[
    str, Text("(?!cn-|us-gov-|us-iso)[a-z]{2}(-[a-z]+)+-[0-9]", "an AWS region of the partition `aws`", "eu-west-2", 20)
]
Reviewer = Annotated[
    str, Text("(team/)?[A-Za-z0-9]+([_-][A-Za-z0-9]+)*", "a user, or team/ and a team's slug", "team/deployers", 80)
]
PythonVersion = Annotated[str, Text(r"3\.[0-9]{1,2}(\.[0-9]{1,2})?", "a version of Python", "3.12", 8)]
NodeVersion = Annotated[str, Text(r"[0-9]{1,3}(\.[0-9]{1,3}){0,2}", "a version of Node", "22", 12)]
PackageName = Annotated[str, Text("[a-z0-9][a-z0-9+.-]*[a-z0-9+]", "a Debian package", "gdal-bin", 80)]
VariableName = Annotated[
    str,
    Text("[A-Za-z_][A-Za-z0-9_]*", "a variable: letters, digits and underscores", "LOG_LEVEL", 80, _RESERVED_VARIABLE),
]

# Paths and branches
_INSIDE = "a path inside the repository, relative to its root"
Path = Annotated[str, Text(f"{_PATH}/?", _INSIDE, "docker/Dockerfile", 200)]
Folder = Annotated[str, Text(rf"\.|{_PATH}/?", _INSIDE, "api", 200)]
Glob = Annotated[str, Text(f"{_GLOB}/?", "a pattern of paths inside the repository", ".junitxml/*.xml", 200)]
PathFilter = Annotated[
    str,
    Text(
        _FILTER,
        "a pattern of paths inside the repository, without `?`, `+` and a slash at its end",
        "application/**",
        200,
    ),
]
Branch = Annotated[
    str,
    Text(
        r"(?!refs/)(?!.*(//|\.\.|\.(lock)?(/|\Z)|/\.))[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*",
        "the name of one branch",
        "main",
        100,
    ),
]

# Containers
Image = Annotated[
    str,
    Text(
        r"([a-z0-9][a-z0-9.-]*(:[0-9]+)?/)?[a-z0-9]+([._/-]+[a-z0-9]+)*(:[A-Za-z0-9_][A-Za-z0-9_.-]*)?(@sha256:[0-9a-f]{64})?",
        "an image, with its digest",
        "postgres:16",
        300,
    ),
]
# Stands between double quotes in the options of a service, where these two characters have a meaning.
HealthCommand = Annotated[str, Text(r"[ !#-\[\]-~]+", 'one line of ASCII without `"` and `\\`', "pg_isready", 200)]
Url = Annotated[
    str,
    Text(
        r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/?&=%+-]*)?", "a URL", "http://localhost:8085/health", 300
    ),
]

BuildTarget = Annotated[str, Text("[A-Za-z0-9][A-Za-z0-9_.-]*", "a stage of a Dockerfile", "production", 100)]
ImageTag = Annotated[str, Text("[A-Za-z0-9_][A-Za-z0-9_.-]*", "a tag of an image", "latest", 100)]
TagFormat = Annotated[
    str,
    Text(r"([A-Za-z0-9][A-Za-z0-9_.-]*)?\{version\}", "a tag that ends in `{version}`", "v{version}", 50),
]

# Names in AWS, with placeholders that are filled in for each environment
_FILLED = "<(environment|name|account|region)>"
_ONLY = "with no other placeholder than `<environment>`, `<name>`, `<account>` and `<region>`"
BucketName = Annotated[str, Text(f"([a-z0-9.-]|{_FILLED})+", f"a bucket, {_ONLY}", "<environment>-airflow-dags", 100)]
FunctionName = Annotated[str, Text(f"([A-Za-z0-9_-]|{_FILLED})+", f"a function, {_ONLY}", "<environment>-<name>", 100)]
# Without `*`, which a policy would take for any folder.
_FOLDER_OF_BUCKET = rf"(?!\.{{1,2}}(/|\Z))([A-Za-z0-9!_.'()-]|{_FILLED})+"
Prefix = Annotated[
    str,
    Text(rf"{_FOLDER_OF_BUCKET}(/{_FOLDER_OF_BUCKET})*", f"a folder of a bucket, {_ONLY}", "dags", 200),
]
PackageId = Annotated[str, Text(_WORD, _WORDS, "notifier", 50)]
Exclusion = Annotated[str, Text(r"(?!-)[A-Za-z0-9._+@%,=*?\[\]!/-]+", "a pattern of files", "*/__pycache__/*", 200)]
# GitHub's own names, those that keep access keys, and what Terraform lets no variable be called.
_NOT_A_SECRET = "GITHUB_.*|DEPLOY_AWS_.*|COUNT|DEPENDS_ON|FOR_EACH|LIFECYCLE|LOCALS|PROVIDERS|SOURCE|VERSION"
SecretName = Annotated[
    str,
    Text(
        rf"(?!({_NOT_A_SECRET})\Z)[A-Z_][A-Z0-9_]*",
        "a secret of its own: capitals, digits and underscores",
        "DAGS_S3_BUCKET",
        100,
    ),
]

FamilyName = Annotated[
    str, Text(f"([A-Za-z0-9_-]|{_FILLED})+", f"a task definition's family, {_ONLY}", "<environment>-<name>-task", 200)
]
ContainerName = Annotated[
    str, Text(f"([A-Za-z0-9_-]|{_FILLED})+", f"a container, {_ONLY}", "<environment>-<name>", 200)
]
PlatformName = Annotated[
    str, Text(f"([A-Za-z0-9._-]|{_FILLED})+", f"a name in AWS, {_ONLY}", "<environment>-cluster", 200)
]
AlarmName = Annotated[str, Text(f"([A-Za-z0-9._-]|{_FILLED})+", f"an alarm, {_ONLY}", "http-5xx", 200)]

# How a service is reached, and whom it tells
Host = Annotated[
    str,
    Text(
        r"(\*\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+",
        "the name of a host",
        "check.example.gov.uk",
        128,
    ),
]
UrlPath = Annotated[str, Text("/[A-Za-z0-9._~/-]*", "a path of a URL", "/health", 200)]
PathPattern = Annotated[str, Text(r"/[A-Za-z0-9._~$/@:&+*?-]*", "a pattern of paths of a URL", "/api/*", 128)]
_CODE = "[2-4][0-9]{2}"
# The placeholder that runs until something is deployed answers with 200.
StatusCodes = Annotated[
    str, Text(f"200((,{_CODE})*|-{_CODE})", "codes of answers from 200 to 499, 200 among them and first", "200-399", 80)
]
SlackWorkspace = Annotated[str, Text("T[A-Z0-9]{6,20}", "the id of a Slack workspace", "T0123456", 21)]
SlackChannel = Annotated[str, Text("[CG][A-Z0-9]{6,20}", "the id of a Slack channel", "C0123456", 21)]
RuntimeSecretName = Annotated[
    str,
    Text("[A-Z_][A-Z0-9_]*", "a secret: capitals, digits and underscores", "SENTRY_DSN", 100, _RESERVED_VARIABLE),
]

# Free text
Line = Annotated[str, Text(rf"(?! ){_PRINTABLE}+(?<! )", "one line of text", "no user interface yet", 500)]
Value = Annotated[str, Text(r"[^\x00-\x08\x0b-\x1f\x7f]*", "a text", "info", 4000)]
# `???` is what a draft says of what it does not know.
Command = Annotated[
    str,
    Text(r"(?!\?\?\?\Z)(?=[\s\S]*\S)[^\x00-\x08\x0b-\x1f\x7f]+", "a command for the shell", "make test-unit", 20_000),
]
