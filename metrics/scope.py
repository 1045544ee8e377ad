"""How far a reader sees: institutions, branches, and whether identifiers are shown."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scope:
    """What a reader sees: institutions and branches, each None for all; `masked` shows identifiers as keyed hashes."""

    institutions: tuple[str, ...] | None = None
    branches: tuple[str, ...] | None = None
    masked: bool = False

    def within(self, reach: "Scope") -> "Scope":
        """The part of this scope that lies within a reader's reach."""
        both = [_both(mine, most) for mine, most in zip(self._parts(), reach._parts(), strict=True)]
        return Scope(both[0], both[1], self.masked or reach.masked)

    def _parts(self) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
        return self.institutions, self.branches


EVERYTHING = Scope()
NOTHING = Scope((), (), True)


def _both(mine: tuple[str, ...] | None, most: tuple[str, ...] | None) -> tuple[str, ...] | None:
    if mine is None or most is None:
        return most if mine is None else mine
    return tuple(one for one in mine if one in most)
