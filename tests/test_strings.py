"""The string classes of the language, at the edges of each: what is barely in, and what is barely out."""

from __future__ import annotations

from typing import get_args

import pytest

from pipegen.manifest import strings
from pipegen.manifest.strings import Text

WORDS = (["a", "a1", "a-b", "abc-1-de", "ab-cd"], ["", "1a", "A", "a-", "-a", "a--b", "a_b", "a.b", "a\n", "é"])
FILLED = ["<environment>", "<name>", "<account>", "<region>", "a<name>b", "a-b", "a"]
NOT_FILLED = ["", "<other>", "<>", "<name", "name>", "<name>>", "a b", "a/b"]
OUTSIDE = [".git", "a/.git", ".GIT/x", "../a", "a/..", "a/../b", "./a", "a/./b", "a/.", "/a", "~", "-a", "a//b", "a\\b"]
DEVICES = ["con", "CON", "nul.txt", "a/aux", "prn/b", "com1", "lpt9.x"]
NOT_DEVICES = ["cona", "con1", "com", "comx", "a/auxiliary", "lpt", "console.log"]

EDGES: dict[str, tuple[list[str], list[str]]] = {
    "Name": WORDS,
    "EnvironmentName": (
        [*WORDS[0], "cons", "prn-a", "com", "com10", "nuls"],
        [*WORDS[1], "con", "prn", "aux", "nul", "com0", "com9", "lpt1"],
    ),
    "ComponentName": WORDS,
    "SuiteName": WORDS,
    "ServiceName": WORDS,
    "ArtifactName": WORDS,
    "PackageId": WORDS,
    "RepositoryName": (
        ["a/b", "A1/B.c_d-e", "a-b/c", "a_b-c/.github", "a/...", "a/.a"],
        ["a", "a/", "/a", "a/b/c", "-a/b", "a-/b", "a--b/c", "a/.", "a/..", "a.b/c", "a/b c"],
    ),
    "Account": (["000000000000", "123456789012"], ["12345678901", "12345678901a", "١٢٣٤٥٦٧٨٩٠١٢"]),
    "Region": (
        ["eu-west-2", "us-east-1", "ap-southeast-4", "me-central-1", "cn-a-1".replace("cn", "ca")],
        [
            "cn-north-1",
            "us-gov-west-1",
            "us-iso-east-1",
            "eu-west",
            "eu-2",
            "e-west-1",
            "eu-west-22",
            "EU-west-1",
            "eu--1",
        ],
    ),
    "Reviewer": (
        ["a", "team/a", "a-b_c1", "A1", "team/a-b"],
        ["", "team/", "team/a/b", "a/b", "-a", "a-", "a--b", "Team/a", "a b"],
    ),
    "PythonVersion": (
        ["3.9", "3.12", "3.12.1", "3.12.10"],
        ["3", "3.", "2.7", "3.123", "3.12.123", "3.12.", "3x12", "3.12.1.1", "3.12x1"],
    ),
    "NodeVersion": (["22", "8", "122", "22.1", "22.1.0"], ["", "1234", "22.", "22.1.0.1", "22.1234", "22x1", "v22"]),
    "PackageName": (["ab", "g++", "lib-a.b+c", "0ad"], ["a", "-ab", "+ab", "ab-", "ab.", "Ab", "a_b"]),
    "VariableName": (["A", "_", "a_B9", "_9"], ["", "9A", "A-B", "A B", "A.B"]),
    "RuntimeSecretName": (["A", "_", "A_B9", "_9"], ["", "9A", "a", "A-B", "Ab"]),
    "SecretName": (
        ["A", "_", "A_B9", "GITHUB", "COUNTS", "A_COUNT", "VERSIONS", "DEPLOY_AWS", "SOURCE_", "FOR"],
        [
            "",
            "9A",
            "a",
            "GITHUB_",
            "GITHUB_A",
            "DEPLOY_AWS_",
            "DEPLOY_AWS_ROLE",
            "COUNT",
            "DEPENDS_ON",
            "FOR_EACH",
            "LIFECYCLE",
            "LOCALS",
            "PROVIDERS",
            "SOURCE",
            "VERSION",
            "A-B",
        ],
    ),
    "Path": (
        [
            "a",
            "a/b",
            "a/",
            "a/b/",
            ".a",
            "...",
            "..a",
            ".github",
            ".gitignore",
            "a b/c  d",
            "a%b,c=d@e+f-",
            *NOT_DEVICES,
        ],
        ["", ".", "..", "a ", " a", "a/ b", "a /b", "*", "a?b", *OUTSIDE, *DEVICES],
    ),
    "Folder": (
        [".", "a", "a/b", "a/b/", ".a", "...", "a b", *NOT_DEVICES],
        ["", "..", "./", "a ", "*", *OUTSIDE, *DEVICES],
    ),
    "Glob": (
        ["*", "**/a", "a?", "a/", "a/*.b", "...", "a+b@c%d,e=f", *NOT_DEVICES],
        ["", ".", "..", "a b", "[a]", "{a,b}", *OUTSIDE, *DEVICES],
    ),
    "PathFilter": (
        ["*", "**/a", "a/*.b", "...", "a@b%c,d=e-", *NOT_DEVICES],
        ["", ".", "..", "a/", "a?", "a+", "a/b+", "a/b?", "a b", *OUTSIDE, *DEVICES],
    ),
    "Branch": (
        ["main", "a/b", "_a", "a/_b", "a.b", "a-", "a.locks", "refs", "a/refs/b", "a/b.c-d_", "9"],
        [
            "",
            "refs/a",
            "a//b",
            "a..b",
            "a.",
            "a./b",
            "a.lock",
            "a.lock/b",
            "a/.b",
            ".a",
            "-a",
            "a/",
            "/a",
            "a/-b",
            "a b",
            "a*",
            "a@{b",
            "a:b",
        ],
    ),
    "Image": (
        [
            "a",
            "a:1",
            "a/b",
            "a.b/c:v1.2-3",
            "a:5000/b",
            "a-b/c_d/e--f",
            "a9:_x",
            f"a@sha256:{'0af' * 21}9",
            f"a:1@sha256:{'f' * 64}",
            "0/1",
            "9.a-b/c",
        ],
        [
            "",
            ":1",
            "a:",
            "a:-b",
            "a@sha256:0",
            f"a@sha256:{'0' * 65}",
            f"a@sha256:{'g' * 64}",
            "A",
            "a/",
            "/a",
            "a/B",
            "a:1:2",
            "-a",
            "a b",
            "a-",
            "a:b:c/d",
            "a:/b",
        ],
    ),
    "HealthCommand": (["a", " ", "!", "#", "a [b] ~", "%'$&"], ["", '"', "\\", "a\n", "\x7f", "é", "\t"]),
    "Url": (
        ["http://a", "https://a-B.9:80/", "http://a:12345/b?c=d&e=f%20~_.+-/", "http://a/"],
        [
            "",
            "ftp://a",
            "http://",
            "http:///a",
            "http://a:",
            "http://a:123456",
            "http://a?b",
            "http://a/#b",
            "http://a b",
            "http://u@a",
            "httpss://a",
            "http://a/ ",
        ],
    ),
    "BuildTarget": (["a", "9", "A_b.c-"], ["", "_a", ".a", "-a", "a b", "a/b"]),
    "ImageTag": (["a", "9", "_a", "A_b.c-"], ["", ".a", "-a", "a b", "a/b", "a:b"]),
    "TagFormat": (
        ["{version}", "v{version}", "a_b.c-{version}", "9{version}"],
        ["", "v", "{version}v", "-{version}", "_{version}", "{Version}", "{version}{version}", "v {version}"],
    ),
    "BucketName": ([*FILLED, "a.b", "-"], [*NOT_FILLED, "A", "a_b"]),
    "FunctionName": ([*FILLED, "A_b"], [*NOT_FILLED, "a.b"]),
    "FamilyName": ([*FILLED, "A_b"], [*NOT_FILLED, "a.b"]),
    "ContainerName": ([*FILLED, "A_b"], [*NOT_FILLED, "a.b"]),
    "PlatformName": ([*FILLED, "A_b.c"], NOT_FILLED),
    "AlarmName": ([*FILLED, "A_b.c"], NOT_FILLED),
    "Prefix": (
        [*FILLED, "a/b", "a/<name>/c", "A!_.'()-", "...", ".a", "a/..b"],
        ["", "<other>", "a b", "/a", "a/", "a//b", ".", "..", "a/.", "a/..", "a/../b", "./a", "a*", "a%b"],
    ),
    "Exclusion": (["a", "*", "a-b", "*/[!a]?/b+c@d%e,f=", "_."], ["", "-a", "a b", "{a}", "a\\b", "a'"]),
    "Host": (
        ["a.b", "*.a.b", "a-b.c9.d", "0.1", "a.b.c.d"],
        ["a", "", "*.a", "a.*.b", "**.a.b", "-a.b", "a-.b", "a.-b", "a.b-", "A.b", "a..b", "a.b.", ".a.b", "a_b.c"],
    ),
    "UrlPath": (["/", "/a", "/A.b_c~d/-9"], ["", "a", "/a?b", "/a*", "/a b"]),
    "PathPattern": (["/", "/*", "/a?b$c@d:e&f+g-h~/"], ["", "a", "/a b", "/a#b", "/a%20", "*"]),
    "StatusCodes": (
        ["200", "200,201", "200,201,404", "200-299", "200-499"],
        [
            "201",
            "404",
            "200,",
            "200,20",
            "200,2000",
            "200,500",
            "200-500",
            "200-199",
            "200-299,301",
            "200-299-300",
            "-200",
        ],
    ),
    "SlackWorkspace": (["T012345", "TABCDEF", f"T{'A' * 20}"], ["T01234", "t012345", "C012345", "T01234a", ""]),
    "SlackChannel": (["C012345", "G012345", f"C{'A' * 20}"], ["C01234", "D012345", "T012345", "C01234a", ""]),
    "Line": (["a", "a b", "é", "`$"], ["", " ", " a", "a ", "a\n", "a\tb", "\x00", "\x1f", "\x7f"]),
    "Value": (["", "a", " ", "a\n\tb\n", "é"], ["\x00", "\x08", "\x0b", "\r", "\x1f", "\x7f"]),
    "Command": (["a", " a\n", "\n\ta", "é"], ["", " ", "\n\t", "a\x00", "a\x08", "a\x0b", "a\r", "a\x1f", "a\x7f"]),
}


def _class(name: str) -> Text:
    (text,) = (one for one in get_args(vars(strings)[name]) if isinstance(one, Text))
    return text


def test_every_class_has_its_edges() -> None:
    assert set(EDGES) == {
        name for name, one in vars(strings).items() if any(isinstance(x, Text) for x in get_args(one))
    }


@pytest.mark.parametrize("name", EDGES)
def test_what_is_barely_in_a_class_and_what_is_barely_out(name: str) -> None:
    text = _class(name)
    inside, outside = EDGES[name]
    assert {value: text.problem(value) for value in inside} == dict.fromkeys(inside)
    assert {value: text.problem(value) for value in outside} == dict.fromkeys(outside, f"is not {text.expected}")


LENGTHS = {
    "Name": 50,
    "EnvironmentName": 20,
    "ComponentName": 30,
    "SuiteName": 30,
    "ServiceName": 30,
    "ArtifactName": 50,
    "PackageId": 50,
    "RepositoryName": 140,
    "Account": 12,
    "Region": 20,
    "Reviewer": 80,
    "PythonVersion": 8,
    "NodeVersion": 12,
    "PackageName": 80,
    "VariableName": 80,
    "RuntimeSecretName": 100,
    "SecretName": 100,
    "Path": 200,
    "Folder": 200,
    "Glob": 200,
    "PathFilter": 200,
    "Branch": 100,
    "Image": 300,
    "HealthCommand": 200,
    "Url": 300,
    "BuildTarget": 100,
    "ImageTag": 100,
    "TagFormat": 50,
    "BucketName": 100,
    "FunctionName": 100,
    "FamilyName": 200,
    "ContainerName": 200,
    "PlatformName": 200,
    "AlarmName": 200,
    "Prefix": 200,
    "Exclusion": 200,
    "Host": 128,
    "UrlPath": 200,
    "PathPattern": 128,
    "StatusCodes": 80,
    "SlackWorkspace": 21,
    "SlackChannel": 21,
    "Line": 500,
    "Value": 4000,
    "Command": 20_000,
}


@pytest.mark.parametrize("name", EDGES)
def test_how_long_a_text_of_a_class_may_be(name: str) -> None:
    limit = LENGTHS[name]
    too_long = _class(name).problem("a" * (limit + 1))
    assert too_long == f"has {limit + 1:,} characters, more than {limit}"
    assert "characters" not in (_class(name).problem("a" * limit) or "")


RESERVED = [
    *("GITHUB_", "GITHUB_A", "github_a", "RUNNER_A", "ACTIONS_A", "AWS_A", "LD_PRELOAD", "DYLD_A", "PIPEGEN_A", "CI"),
    *("PATH", "Path", "HOME", "SHELL", "IFS", "BASH_ENV", "BASHOPTS", "SHELLOPTS", "PS4", "PROMPT_COMMAND", "CDPATH"),
    *("NODE_OPTIONS", "NODE_PATH", "PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONINSPECT", "PYTHONUSERBASE"),
    *("PERL5LIB", "PERL5OPT", "RUBYLIB", "RUBYOPT", "JAVA_OPTIONS", "_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS"),
    *("DOCKER_HOST", "DOCKER_CONFIG", "DOCKER_CONTEXT", "GIT_DIR", "GIT_EXEC_PATH", "GIT_SSH", "GIT_SSH_COMMAND"),
    *("GIT_CONFIG", "GIT_CONFIG_COUNT"),
]
NOT_RESERVED = [
    "GITHUB",
    "MY_GITHUB_A",
    "CIS",
    "A_PATH",
    "PATHS",
    "PYTHON",
    "PYTHONS",
    "PERL5",
    "RUBY",
    "DOCKER",
    "GIT",
]
NOT_RESERVED += ["JAVA", "DOCKER_HOSTS", "GIT_DIRS", "PS5", "NODE_ENV", "GIT_AUTHOR", "LDS", "__JAVA_OPTIONS"]


@pytest.mark.parametrize("name", ["VariableName", "RuntimeSecretName"])
def test_which_variables_belong_to_somebody_else(name: str) -> None:
    text = _class(name)
    assert [value for value in RESERVED if not text.is_reserved(value)] == []
    assert [value for value in NOT_RESERVED if text.is_reserved(value)] == []
    assert not _class("Name").is_reserved("")
