"""What the catalogue holds: one indicator with its definition."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from metrics import measures, own
from metrics.own import Own
from metrics.words import LANGUAGES, say

TEXTS = ("title", "short", "plain", "summary", "source", "limits_source")
REPORTED = "reported_values.value"


@dataclass(frozen=True)
class Indicator:
    """One indicator. Shares are fractions; `limits` maps amber and red to one value, or two for a band.

    `goalposts` are (scores 0, scores 100), four numbers for a band, none where it is never scored.
    `texts` maps each language to its `TEXTS`. `parts` maps each measure that the SQL reads to the parts that it uses;
    `settings` are the definitions.
    `own` is the institution's own definition: no SQL and no parts, its values come as reported.
    """

    id: str
    pillar: str
    theme: str
    unit: str
    better: str
    goalposts: tuple[float, ...]
    limits: Mapping[str, Any]
    units: tuple[str, ...]
    people: str
    risk: tuple[str, ...]
    standard: tuple[str, ...]
    texts: Mapping[str, Mapping[str, str]]
    example: Mapping[str, Any]
    sql: str
    parts: Mapping[str, tuple[str, ...]]
    settings: tuple[str, ...]
    own: Own | None = None

    @property
    def path(self) -> str:
        """Its place in a policy's tree: pillar/theme/id."""
        return f"{self.pillar}/{self.theme}/{self.id}"

    def text(self, language: str, name: str) -> str:
        """One of its `TEXTS` in a language."""
        return self.texts[language][name]

    def needs(self) -> list[str]:
        """The columns whose data enable it, as table.column."""
        if self.own:
            return [REPORTED]
        found = [measures.needed(relation, part) for relation, parts in self.parts.items() for part in parts]
        return sorted({need for need in found if need})


def of_own(one: Own) -> Indicator:
    """An indicator of one's own, as the catalogue shows it; its title stays as its author wrote it."""
    texts = {language: _texts(one, language) for language in LANGUAGES}
    shown = ("institution", *one.units) if one.unit not in own.SUMMED else one.units
    return Indicator(
        id=one.id, pillar=one.pillar, theme=own.THEME, unit=one.unit, better=one.better, goalposts=one.goalposts,
        limits={}, units=tuple(kind for kind in own.KINDS if kind in shown), people="none", risk=(), standard=(),
        texts=texts, example={}, sql="", parts={}, settings=(), own=one,
    )  # fmt: skip


def _texts(one: Own, language: str) -> dict[str, str]:
    columns = ", ".join(f'"{heading}"' for heading in one.headings)
    said = {name: say(language, f"own.{name}", file=one.file, columns=columns) for name in ("summary", "source")}
    return {"title": one.title, "short": one.title, "plain": one.title, "limits_source": "", **said}
