"""The merge: mappings by key, everything else replaced, nothing appended or unset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipegen.kinds.shared.environments import lower_environments
from pipegen.manifest import test
from pipegen.manifest.environment import ApplicationEnvironment
from pipegen.manifest.overrides import overridden
from pipegen.manifest.root import Application, Repository
from pipegen.manifest.section import Section


class Inner(Section):
    size: int = 1
    colour: str = "red"


class Outer(Section):
    inner: Inner = Inner()
    items: tuple[str, ...] = ()
    variables: Mapping[str, str] = {}
    word: str = "a"


class Wider(Outer):
    further: str = "not part of what is merged"


VALUES = {
    "inner": st.builds(dict, size=st.integers()) | st.builds(dict, colour=st.text()) | st.just({}),
    "items": st.lists(st.text()).map(tuple),
    "variables": st.dictionaries(st.text(), st.text()),
    "word": st.text(),
}


def outer(stated: dict[str, Any]) -> Outer:
    values: dict[str, Any] = {key: Inner(**value) if key == "inner" else value for key, value in stated.items()}
    return Outer(**values)


STATED = st.fixed_dictionaries({}, optional=VALUES)


def test_each_way_of_merging() -> None:
    base = Outer(inner=Inner(size=2, colour="blue"), items=("a", "b"), variables={"A": "1", "B": "2"}, word="base")
    override = Outer(inner=Inner(size=3), items=("c",), variables={"B": "3", "C": "4"})
    expected = Outer(
        inner=Inner(size=3, colour="blue"), items=("c",), variables={"A": "1", "B": "3", "C": "4"}, word="base"
    )
    assert overridden(base, override) == expected


def test_a_default_that_is_stated_overrides() -> None:
    assert overridden(Outer(word="base"), Outer(word="a")).word == "a"
    assert overridden(Outer(word="base"), Outer()).word == "base"


def test_an_override_may_be_of_a_wider_class() -> None:
    assert overridden(Outer(), Wider(word="b", further="x")) == Outer(word="b")


@given(STATED, STATED)
def test_nothing_stated_changes_nothing_and_twice_is_once(base: dict[str, object], override: dict[str, object]) -> None:
    first, second = outer(base), outer(override)
    assert overridden(first, Outer()) == first
    once = overridden(first, second)
    assert overridden(once, second) == once
    assert first == outer(base)  # neither argument is changed
    assert second == outer(override)


def test_an_environment_states_otherwise_what_the_repository_states() -> None:
    manifest = Application(
        version=1,
        kind="application",
        name="widget",
        repository=Repository(name="acme/widget"),
        region="eu-west-1",
        test=test.Test(suites={"unit": test.Suite(run="make")}),
        environments={
            "staging": ApplicationEnvironment(account="111111111111"),
            "development": ApplicationEnvironment(
                account="222222222222", region="eu-west-2", credentials="access-keys"
            ),
        },
    )
    development, staging = (named.environment for named in lower_environments(manifest))
    assert (development.region, development.credentials, development.trigger) == ("eu-west-2", "access-keys", "manual")
    assert (staging.region, staging.credentials, staging.trigger) == ("eu-west-1", "oidc", "on-merge")


def test_only_what_is_a_field_can_be_changed() -> None:
    assert Outer().but(word="b") == Outer(word="b")
    with pytest.raises(TypeError, match="Outer has inner, items, variables, word; to be changed were"):
        Outer().but(wrod="b")
