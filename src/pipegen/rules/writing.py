"""PG3xx: what stands in the repository is not what its manifest compiles to. Reported by `pipegen.drift`."""

from pipegen.diagnostics import Rule, Severity


class MissingOutput(Rule):
    """A file that the manifest compiles to is not there.

    Bad:

    ```sh
    rm .github/workflows/test.yml
    ```

    Good:

    ```sh
    rm .github/workflows/test.yml
    pipegen compile
    ```

    Fix: run `pipegen compile` and commit what it writes.
    """

    code = "PG301"
    name = "missing-output"


class StaleOutput(Rule):
    """A compiled file is older than the manifest, or was compiled by another version of pipegen.

    What runs on GitHub is then not what the manifest says.

    Bad:

    ```sh
    sed -i.bak 's/make unit/make tests/' deploy.yaml
    ```

    Good:

    ```sh
    sed -i.bak 's/make unit/make tests/' deploy.yaml
    pipegen compile
    ```

    Fix: run `pipegen compile` and commit what it writes.
    """

    code = "PG302"
    name = "stale-output"


class OrphanedOutput(Rule):
    """A compiled file whose source has gone from the manifest.

    Left in place it would go on running, with the authority that it was compiled with.

    Bad:

    ```sh
    cp -r deploy/production before
    sed -i.bak 's/production/staging/' deploy.yaml
    pipegen compile
    cp -r before deploy/production   # as a merge may bring it back
    ```

    Good:

    ```sh
    cp -r deploy/production before
    sed -i.bak 's/production/staging/' deploy.yaml
    pipegen compile
    ```

    Fix: run `pipegen compile`, which removes it, and commit that.
    """

    code = "PG303"
    name = "orphaned-output"


class HandEdited(Rule):
    """A compiled file was changed by hand.

    pipegen does not overwrite it, because the change may be wanted, and does not accept it, because the next
    compile would lose it. A file that was copied from a compiled one and then changed looks the same.

    Bad:

    ```sh
    echo '# mine' >> .github/workflows/test.yml
    ```

    Good:

    ```sh
    echo '# mine' >> .github/workflows/test.yml
    rm .github/workflows/test.yml
    pipegen compile
    ```

    Fix: bring the change into `deploy.yaml`; then delete the file and run `pipegen compile`. A copy that you mean to
    keep is yours without its first two lines.
    """

    code = "PG304"
    name = "hand-edited"


class FileInTheWay(Rule):
    """A file that pipegen did not write stands where a compiled file belongs.

    pipegen touches only files that it wrote, and knows them by their second line. A file is in the way too if that
    line was changed, or if it is a symbolic link.

    Bad:

    ```sh
    echo 'on: push' > .github/workflows/test.yml
    ```

    Good:

    ```sh
    echo 'on: push' > .github/workflows/mine.yml
    ```

    Fix: move it away or delete it (`git rm`), then run `pipegen compile`.
    """

    code = "PG305"
    name = "file-in-the-way"


class SchemaOfAnother(Rule):
    """The schema that editors read is missing, or that of another pipegen.

    An editor then accepts what this pipegen refuses, or underlines what it takes. Which schema an editor reads, the
    modeline says: `# yaml-language-server: $schema=deploy.schema.json`, above the first key. Without one, nothing is
    said. An address that is pinned to a version is looked at, but not what stands there; nor is a path that leads out
    of the repository, nor a schema that pipegen did not write.

    Fix: where it is a file of the repository, run `pipegen schema --write` with its path and commit what that writes;
    `pipegen lint --fix` does it too, unless the file is missing. In an address, write the version of this pipegen;
    `--fix` does that as well.
    """

    code = "PG306"
    name = "schema-of-another"
    severity = Severity.WARNING


RULES: tuple[type[Rule], ...] = (
    MissingOutput,
    StaleOutput,
    OrphanedOutput,
    HandEdited,
    FileInTheWay,
    SchemaOfAnother,
)
