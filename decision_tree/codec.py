"""Dataclasses to plain JSON values and back, with the standard library alone.

The desk reads YAML with pydantic; the browser rebuilds the very same objects from JSON with this.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints


def to_plain(thing: object) -> Any:
    """A dataclass (or a tuple, a mapping, a scalar) as values that ``json`` can write.

    Fields that hold their default are left out, so that the bundle stays small.
    """
    if is_dataclass(thing) and not isinstance(thing, type):
        plain = {}
        for f in fields(thing):
            value = getattr(thing, f.name)
            default = f.default_factory() if f.default_factory is not MISSING else f.default
            if default is MISSING or value != default:
                plain[f.name] = to_plain(value)
        return plain
    if isinstance(thing, Mapping):
        return {key: to_plain(value) for key, value in thing.items()}
    if isinstance(thing, tuple | list):
        return [to_plain(value) for value in thing]
    return thing


def from_plain[T](kind: type[T], plain: Any) -> T:
    """The reverse of :func:`to_plain`. Input is our own build output and is not validated."""
    return cast(T, _build(kind, plain))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _build(kind: Any, plain: Any) -> Any:
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _build(hints[name], value) for name, value in plain.items()})
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        if plain is None:
            return None
        return _build(next(a for a in arguments if a is not type(None)), plain)
    if origin is tuple:
        return tuple(_build(arguments[0], item) for item in plain)
    if origin is not None and origin is not Literal and issubclass(origin, Mapping):
        return {key: _build(arguments[1], value) for key, value in plain.items()}
    return plain
