"""PG0xx: the text of the manifest cannot be read safely. Reported by `pipegen.source`."""

from pipegen.diagnostics import Rule


class NotUtf8(Rule):
    r"""The manifest is not UTF-8.

    Another encoding would be read differently on another machine.

    Bad:

    ```sh
    printf 'description: caf\351\n' >> deploy.yaml   # é in Latin-1
    ```

    Good:

    ```sh
    printf 'description: caf\303\251\n' >> deploy.yaml   # é in UTF-8
    pipegen compile
    ```

    Fix: save the file as UTF-8, with or without a byte order mark.
    """

    code = "PG001"
    name = "not-utf8"


class ForbiddenCharacter(Rule):
    r"""The manifest holds a character that a reviewer cannot see.

    Control characters, bidirectional overrides (CVE-2021-42574), zero-width characters and the line ends that
    only some readers know make a file look like something that it is not. Written as an escape they are refused
    as well.

    Bad:

    ```yaml
    description: "Collects\u202E data"
    ```

    Good:

    ```yaml
    description: Collects data
    ```

    Fix: delete the character that the message names.
    """

    code = "PG002"
    name = "forbidden-character"


class YamlSyntax(Rule):
    """The manifest is not YAML, or not a mapping.

    Bad:

    ```yaml
    description: Collects data: every night
    ```

    Good:

    ```yaml
    description: "Collects data: every night"
    ```

    Fix: the caret stands where the parser gave up; the mistake is there or just before. Indent with spaces.
    """

    code = "PG003"
    name = "yaml-syntax"


class YamlFeature(Rule):
    """The manifest uses a part of YAML that the language leaves out.

    Anchors, aliases, merge keys, tags, directives, further documents and keys that are not words let a file mean
    something else than it seems to, and some readers die of them.

    Bad:

    ```yaml
    test:
      python: &python "3.12"
      suites: {lint: make lint, unit: make unit, integration: make integration, acceptance: make acceptance}
      env: {PYTHON_VERSION: *python}
    ```

    Good:

    ```yaml
    test:
      python: "3.12"
      suites: {lint: make lint, unit: make unit, integration: make integration, acceptance: make acceptance}
      env: {PYTHON_VERSION: "3.12"}
    ```

    Fix: write the value out where it is used.
    """

    code = "PG004"
    name = "yaml-feature"


class DuplicateKey(Rule):
    """A key is stated twice in one mapping.

    Most YAML readers keep the last silently; a second `production:` further down could drop a gate unseen.

    Bad:

    ```yaml
    description: Collects data
    description: Collects documents
    ```

    Good:

    ```yaml
    description: Collects data
    ```

    Fix: keep one of the two; `lint --fix` deletes the second where both say the same.
    """

    code = "PG005"
    name = "duplicate-key"


class TooLarge(Rule):
    r"""The manifest is larger or deeper than any real one.

    The limits are 256 KiB, 32 levels, 20,000 nodes and 32 environments; they keep the editor and the hook quick
    on a file that was made to be slow.

    Bad:

    ```sh
    head --bytes 300000 /dev/zero | tr '\0' '#' >> deploy.yaml
    ```

    Good:

    ```sh
    head --bytes 300 /dev/zero | tr '\0' '#' >> deploy.yaml
    ```

    Fix: keep data out of the manifest; it only names things.
    """

    code = "PG006"
    name = "too-large"


class EmptyManifest(Rule):
    r"""The manifest holds nothing.

    Bad:

    ```sh
    : > deploy.yaml
    ```

    Good:

    ```sh
    printf '%s\n' 'version: 1' 'kind: library' 'name: example' 'repository: acme/example' > deploy.yaml
    printf 'test: {suites: {%s}}\n' 'lint: l, unit: u, integration: i, acceptance: a' >> deploy.yaml
    pipegen compile
    ```

    Fix: begin with `version: 1`, `kind:` and `name:`.
    """

    code = "PG007"
    name = "empty-manifest"


RULES: tuple[type[Rule], ...] = (
    NotUtf8,
    ForbiddenCharacter,
    YamlSyntax,
    YamlFeature,
    DuplicateKey,
    TooLarge,
    EmptyManifest,
)
