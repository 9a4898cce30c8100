"""Immutable values with named fields.

They behave as `@dataclass(frozen=True)`, and type checkers take them for such. Making a dataclass generates and
compiles code, which for all the classes of pipegen took longer than compiling a small manifest; making one of these
does not.
"""

from __future__ import annotations

from typing import Any, ClassVar, Self, dataclass_transform


@dataclass_transform(frozen_default=True)
class Frozen:
    """A class whose annotations are its fields, in their order, those of base classes first.

    A field that was not given stands in no instance: its default is found in the class. With `kw_only` no field can
    be given by position.
    """

    __match_args__: ClassVar[tuple[str, ...]] = ()
    _fields: ClassVar[tuple[str, ...]] = ()
    _known: ClassVar[frozenset[str]] = frozenset()
    _required: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls, *, kw_only: bool = False) -> None:
        own = [name for name, annotation in cls.__annotations__.items() if "ClassVar[" not in str(annotation)]
        bases = [base for base in cls.__mro__[:0:-1] if issubclass(base, Frozen)]
        cls._fields = tuple(dict.fromkeys([*(name for base in bases for name in base._fields), *own]))
        cls._known = frozenset(cls._fields)
        inherited = frozenset[str]().union(*(base._required for base in bases))
        cls._required = (inherited - cls.__dict__.keys()) | {name for name in own if name not in cls.__dict__}
        cls.__match_args__ = () if kw_only else cls._fields  # type: ignore[misc]

    def __init__(self, *values: Any, **named: Any) -> None:
        state = self.__dict__
        if values:
            state.update(zip(self.__match_args__, values, strict=False))
        if named:
            state.update(named)
        given = len(values) + len(named)
        is_complete = given == len(self._fields) or self._required.issubset(state)
        if given != len(state) or not is_complete or (named and not self._known.issuperset(named)):
            raise TypeError(f"{type(self).__name__} takes {', '.join(self._fields)}; given were {values} and {named}")

    def but(self, **changes: Any) -> Self:
        """The same, with these fields changed."""
        if not self._known >= changes.keys():
            raise TypeError(f"{type(self).__name__} has {', '.join(self._fields)}; to be changed were {[*changes]}")
        other = object.__new__(type(self))
        other.__dict__.update((name, self.__dict__[name]) for name in self._fields if name in self.__dict__)
        other.__dict__.update(changes)
        return other

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable, and so is its {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is immutable, and so is its {name}")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Frozen) and type(self) is type(other) and _values(self) == _values(other)

    def __hash__(self) -> int:
        return hash(_values(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self._fields)})"


def fields(of: Frozen | type[Frozen]) -> tuple[str, ...]:
    """The names of the fields, in their order."""
    return of._fields


def is_required(of: type[Frozen], name: str) -> bool:
    """Whether the field has no default."""
    return name in of._required


def stated(value: Frozen) -> frozenset[str]:
    """The names of the fields that were given, be it what they are by default."""
    return frozenset(value._fields) & value.__dict__.keys()


def _values(value: Frozen) -> tuple[Any, ...]:
    return tuple([getattr(value, name) for name in value._fields])
