"""What every noun of the library is made of."""

from __future__ import annotations

from typing import Any, Self

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """A noun: frozen, and strict about what it is given."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    def but(self, **changes: Any) -> Self:
        """A copy with some fields changed. Nothing that was worked out from the old fields is carried over."""
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_construct(**{**fields, **changes})
