"""The scenarios that come with the tool, read from `scenarios.toml`; each is a list of shocks that can be edited."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from metrics.errors import DefinitionError, EvenkeelError, UsageError, nearest
from metrics.stress.kinds import SHOCKS
from metrics.words import LANGUAGES

FILE = Path(__file__).parent / "scenarios.toml"
MOST_DAYS = 365


@dataclass(frozen=True)
class Scenario:
    """Shocks that come together. `texts` has title, what and source by language.

    `days` is how late the late loans become. `branches` are those it strikes; empty for all of them. `district`
    marks one that strikes a district: where no branch is named, that of the largest branch.
    """

    name: str
    texts: Mapping[str, Mapping[str, str]] = field(hash=False)
    sizes: Mapping[str, float] = field(hash=False)
    days: int = 60
    branches: tuple[str, ...] = ()
    district: bool = False

    def text(self, language: str, part: str) -> str:
        """The title, what happens (`what`) or where the sizes come from (`source`)."""
        return self.texts.get(language, self.texts["en"])[part]

    def sized(self, sizes: Mapping[str, float]) -> "Scenario":
        """The same with other sizes of some shocks.

        Raises:
            UsageError: no such shock.
            EvenkeelError: a size that no such shock can have.
        """
        for name, size in sizes.items():
            checked(name, size)
        return replace(self, sizes={**self.sizes, **sizes})


def checked(name: str, size: float) -> float:
    """The size of a shock, if it can have it; see `Scenario.sized`."""
    if name not in SHOCKS:
        raise UsageError("stress.unknown_shock", name=name, known=", ".join(SHOCKS), nearest=nearest(name, SHOCKS))
    shock = SHOCKS[name]
    if not shock.neutral <= size <= shock.high:
        raise EvenkeelError("stress.bad_size", name=name, size=f"{size:g}", low=shock.neutral, high=shock.high)
    return size


@cache
def scenarios() -> dict[str, Scenario]:
    """All scenarios by name, in the order of the file.

    Raises:
        DefinitionError: a scenario with a shock or a size that there is not.
    """
    return {name: _read(name, given) for name, given in tomllib.loads(FILE.read_text(encoding="utf-8")).items()}


def scenario(name: str) -> Scenario:
    """One scenario; raises UsageError with the nearest name where there is none."""
    known = scenarios()
    if name not in known:
        raise UsageError("stress.unknown_scenario", name=name, known=", ".join(known), nearest=nearest(name, known))
    return known[name]


def _read(name: str, given: Mapping[str, object]) -> Scenario:
    parts = ("title", "what", "source")
    told = {language: given if language == "en" else given.get(language) for language in LANGUAGES}
    sizes = given["sizes"]
    texts = {
        language: {part: str(said[part]) for part in parts}
        for language, said in told.items()
        if isinstance(said, Mapping)
    }
    if texts.keys() != told.keys() or not isinstance(sizes, dict):
        raise DefinitionError("stress.bad_file", name=name)
    found = {str(shock): checked(str(shock), float(size)) for shock, size in sizes.items()}
    return Scenario(name, texts, found, int(str(given.get("days", 60))), (), bool(given.get("district", False)))
