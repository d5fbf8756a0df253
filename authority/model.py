"""What every noun of the library is made of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A noun: frozen, and strict about what it is given."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    @classmethod
    def made(cls, **fields: Any) -> Self:
        """One made of values that are known to be what the fields take, without looking at them again: for what a stage
        makes by the hundred. Raises TypeError for a field that is missing or not there."""
        template, required, every = _template(cls)
        values = {**template, **fields}
        if len(values) != len(template) or not required <= fields.keys():
            raise TypeError(f"{cls.__name__} is made of {', '.join(template)}, not of {', '.join(fields)}")
        made = cls.__new__(cls)
        _set(made, "__dict__", values)
        _set(made, "__pydantic_fields_set__", every)
        _set(made, "__pydantic_extra__", None)
        _set(made, "__pydantic_private__", None)
        return made

    def but(self, **changes: Any) -> Self:
        """A copy with some fields changed. Nothing that was worked out from the old fields is carried over."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_construct(**{**fields, **changes})


_set = object.__setattr__


@cache
def _template(cls: type[BaseModel]) -> tuple[Mapping[str, Any], frozenset[str], set[str]]:
    """The fields of a model in their order, each with its default; those that have none; and all of them by name."""
    fields = cls.model_fields
    required = frozenset(name for name, field in fields.items() if field.is_required())
    defaults = ((name, field.get_default(call_default_factory=True)) for name, field in fields.items())
    return {n: None if n in required else default for n, default in defaults}, required, set(fields)
