"""The page of every rule: `pipegen explain` prints one, `docs/rules.md` holds all."""

from __future__ import annotations

import inspect

from pipegen.diagnostics import Rule
from pipegen.rules import (
    after,
    image_without_digest,
    linter_cannot_fail,
    missing_file,
    missing_suite,
    missing_test,
    names_collide,
    needless_waiver,
    publish_not_stated,
    reading,
    shape,
    version_stated_twice,
    writing,
)

RULES: tuple[type[Rule], ...] = (
    reading.NotUtf8,
    reading.ForbiddenCharacter,
    reading.YamlSyntax,
    reading.YamlFeature,
    reading.DuplicateKey,
    reading.TooLarge,
    reading.EmptyManifest,
    shape.WrongType,
    shape.UnknownKey,
    shape.MissingKey,
    shape.AmbiguousScalar,
    shape.InvalidValue,
    shape.NotInThisVersion,
    shape.UnsupportedVersion,
    shape.ExpressionInText,
    shape.SecretInText,
    shape.ReservedVariable,
    missing_suite.MissingSuite,
    needless_waiver.NeedlessWaiver,
    missing_test.MissingTest,
    missing_test.UnusedTest,
    missing_file.MissingFile,
    image_without_digest.ImageWithoutDigest,
    names_collide.NamesCollide,
    after.UnknownEnvironment,
    after.EnvironmentsInCircle,
    after.AfterManual,
    publish_not_stated.PublishNotStated,
    version_stated_twice.VersionStatedTwice,
    linter_cannot_fail.LinterCannotFail,
    writing.MissingOutput,
    writing.StaleOutput,
    writing.OrphanedOutput,
    writing.HandEdited,
    writing.FileInTheWay,
)
"""Every rule, by code."""


def page(rule: type[Rule]) -> str:
    """A rule's page, as Markdown."""
    return f"# {rule.name} ({rule.code}, {rule.severity})\n\n{inspect.cleandoc(rule.__doc__ or '')}\n"
