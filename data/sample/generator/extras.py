"""Tables that are drawn from the others once these are made: what an MFI knows beside loans, staff and ledger."""

from collections.abc import Mapping
from typing import Protocol

import pyarrow as pa

from generator import debts, outcomes, poverty, society
from generator.tables import Table


class Part(Protocol):
    """A module that adds tables."""

    def tables(self, seen: Mapping[str, pa.Table]) -> dict[str, Table]:
        """New tables by name, from those made before."""


PARTS: tuple[Part, ...] = (society, debts, outcomes, poverty)
