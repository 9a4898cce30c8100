"""PG1xx: one value of the manifest is not what the language says. Reported by `pipegen.validate`."""

from pipegen.diagnostics import Rule


class WrongType(Rule):
    """A value has another shape than its key wants.

    Bad:

    ```yaml
    environments:
      production: "123456789012"
    ```

    Good:

    ```yaml
    environments:
      production: {account: "123456789012"}
    ```

    Fix: write the value as the example in the message.
    """

    code = "PG101"
    name = "wrong-type"


class UnknownKey(Rule):
    """A key that the language does not know.

    It is an error at every depth, because a misspelt `aproval:` must never drop a gate silently.

    Bad:

    ```yaml
    environments:
      production: {account: "123456789012", aproval: {reviewers: [team/deployers]}}
    ```

    Good:

    ```yaml
    environments:
      production: {account: "123456789012", approval: {reviewers: [team/deployers]}}
    ```

    Fix: use the key that the message suggests, or delete the key.
    """

    code = "PG102"
    name = "unknown-key"


class MissingKey(Rule):
    """A key that the language requires is absent.

    Bad:

    ```yaml
    environments:
      production: {approval: {reviewers: [team/deployers]}}
    ```

    Good:

    ```yaml
    environments:
      production: {account: "123456789012", approval: {reviewers: [team/deployers]}}
    ```

    Fix: add the key, as the example in the message.
    """

    code = "PG103"
    name = "missing-key"


class AmbiguousScalar(Rule):
    """An unquoted text that YAML readers would take for something else.

    `account: 012345678901` is a number to one reader and another number to the next, `python: 3.10` is 3.1, and
    `no` is a text or false. pipegen wants a text there and does not guess.

    Bad:

    ```yaml
    environments:
      production: {account: 012345678901}
    ```

    Good:

    ```yaml
    environments:
      production: {account: "012345678901"}
    ```

    Fix: quote the value.
    """

    code = "PG104"
    name = "ambiguous-scalar"


class InvalidValue(Rule):
    """A value is of the right type, but not one that can be used.

    Names go into AWS names and GitHub ids, paths must stay inside the repository, and lists of choices are
    closed. What AWS or GitHub would refuse later is refused here.

    Bad:

    ```yaml
    name: Collection_Task
    ```

    Good:

    ```yaml
    name: collection-task
    ```

    Fix: the message says what is expected, with an example.
    """

    code = "PG105"
    name = "invalid-value"


class UnsupportedVersion(Rule):
    """The manifest is written for another version of the language.

    Bad:

    ```yaml
    version: 2
    ```

    Good:

    ```yaml
    version: 1
    ```

    Fix: state a version that the message lists, or upgrade pipegen.
    """

    code = "PG107"
    name = "unsupported-version"


class ExpressionInText(Rule):
    """A text holds `${{` or `{{resolve:`.

    GitHub evaluates `${{ … }}` in every string of a workflow and knows no escape for it; CloudFormation does the
    same with `{{resolve:`. Either would run in a place that nobody reviewed.

    Bad:

    ```yaml
    description: Built from ${{ github.ref }}
    ```

    Good:

    ```yaml
    description: Built from the branch that is checked out
    ```

    Fix: in a command, use the environment variables that GitHub sets, such as `$GITHUB_REF`.
    """

    code = "PG108"
    name = "expression-in-text"


class SecretInText(Rule):
    """A text looks like a password or an access key.

    The manifest is committed and compiled files are public to every reader of the repository.

    Fix: take the value out, and make a new one at its issuer: this one must be taken for known.
    """

    code = "PG109"
    name = "secret-in-text"


class ReservedVariable(Rule):
    """An environment variable that belongs to GitHub, AWS, the shell or the loader.

    Setting `PATH`, `LD_PRELOAD`, `NODE_OPTIONS` or `GITHUB_TOKEN` changes what the tools of a job run, or which
    authority they use.

    Bad:

    ```yaml
    test:
      suites: {lint: make lint, unit: make unit, integration: make integration, acceptance: make acceptance}
      env: {PYTHONPATH: src}
    ```

    Good:

    ```yaml
    test:
      suites:
        lint: make lint
        unit: PYTHONPATH=src make unit
        integration: make integration
        acceptance: make acceptance
    ```

    Fix: use another name, or set the variable in the command that needs it.
    """

    code = "PG110"
    name = "reserved-variable"


RULES: tuple[type[Rule], ...] = (
    WrongType,
    UnknownKey,
    MissingKey,
    AmbiguousScalar,
    InvalidValue,
    UnsupportedVersion,
    ExpressionInText,
    SecretInText,
    ReservedVariable,
)
