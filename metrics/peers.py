"""Figures of peers beside a value: the user's own table first, published ones second, with their years.

Peers put a value in its place on a page that shows one indicator. No headline, score, rank or colour reads them:
their definitions, currencies and years differ from the reader's, and published percentiles grow old.
"""

import csv
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

import duckdb
import numpy as np

from metrics.catalogue import indicators
from metrics.errors import nearest
from metrics.words import LANGUAGES, say

Cursor = duckdb.DuckDBPyConnection
Group = tuple[str, str]

FOLDER = Path(__file__).parent / "published"
KINDS = ("peer_group", "region", "size", "legal_form")
SHARES = (0.1, 0.25, 0.5, 0.75, 0.9)
HIGHEST_SHARE = 5.0  # no share is 500 %: above it stands a percentage that was written without its sign
# Fewest peers from which a percentile says more than a name.
FEWEST_INNER, FEWEST_OUTER = 4, 10
# Definitions under which MIX published: a value computed otherwise has no place among its percentiles.
MIX_DEFINITIONS: Mapping[str, Mapping[str, object]] = {
    "par30": {"renegotiated_at_risk": True, "par_from_30": False, "par_overdue_amount": False},
    "par90": {"renegotiated_at_risk": True, "par_from_30": False, "par_overdue_amount": False},
    "risk_coverage": {"renegotiated_at_risk": True, "par_from_30": False, "par_overdue_amount": False},
    "retention_rate": {"retention": "mix"},
}


@dataclass(frozen=True)
class Peers:
    """The figures of one group of peers for one indicator, in the indicator's unit (shares as fractions).

    `source` is own or published; `publisher` own, mix or sixty_decibels. `years` are the first and last year.
    `group` is (kind, name), or None for all. `n` counts institutions. A percentile is None where it is not
    known or too few peers stand behind it. `average` is a published mean without percentiles. `values` are the
    peers' own, sorted, of the user's table only. `doubt` is "", conflict or rounded. `definitions` are the
    settings under which the figures were computed.
    """

    indicator: str
    source: str
    publisher: str
    years: tuple[int, int]
    group: Group | None
    n: int
    p10: float | None = None
    p25: float | None = None
    p50: float | None = None
    p75: float | None = None
    p90: float | None = None
    average: float | None = None
    clients: int | None = None
    values: tuple[float, ...] = ()
    sources: tuple[str, ...] = ()
    doubt: str = ""
    definitions: Mapping[str, object] = field(default_factory=dict)

    @property
    def hollow(self) -> bool:
        """Whether it is drawn hollow, as published figures of other years are."""
        return self.source == "published"

    def label(self, language: str) -> str:
        """Who the peers are and of which years: "Africa, 48 institutions, 2012-18"."""
        first, last = self.years
        years = str(first) if first == last else f"{first}–{last % 100:02d}"
        return say(language, "peers.label", n=self.n, group=group_name(language, self.group), years=years)

    def cite(self, language: str) -> str:
        """Where the figures are from, with what is doubtful about them."""
        first, last = self.years
        years = f"{first}–{last % 100:02d}"
        listed = ", ".join(self.sources) or say(language, "peers.own_table")
        text = say(language, f"peers.cite_{self.publisher}", years=years, year=str(first), sources=listed)
        return text + (" " + say(language, f"peers.doubt_{self.doubt}") if self.doubt else "")


def group_name(language: str, group: Group | None) -> str:
    """A group as readers know it; a name that the user's own table gives stays as it is."""
    if group is None:
        return say(language, "peers.group_all")
    kind, name = group
    known = {*_published_groups(), *(("size", size) for size in ("small", "medium", "large"))}
    known |= {("among", row["among"]) for row in _rows("sixty_decibels")}
    return say(language, f"peers.group_{name}") if group in known else say(language, f"peers.kind_{kind}", name=name)


def percentiles(
    cursor: Cursor, indicator_id: str, group: Group | None = None, settings: Mapping[str, object] | None = None
) -> list[Peers]:
    """Peers of an indicator: the user's own first, published ones second; empty where there are none.

    Args:
        cursor: scoped; reads `v_peer_values`.
        indicator_id: as in the catalogue.
        group: (kind, name) as `groups` gives them; None for all peers.
        settings: the definitions in force; published figures that were computed otherwise are left out.
    """
    found = [*_own(cursor, indicator_id, group), *_mix(indicator_id, group)]
    if group is None:
        found += _sixty_decibels(indicator_id)
    return [peers for peers in found if settings is None or comparable(peers, settings)]


def comparable(peers: Peers, settings: Mapping[str, object]) -> bool:
    """Whether the peers' figures were computed by the definitions in force, as far as that is known."""
    return all(settings.get(name, value) == value for name, value in peers.definitions.items())


def groups(cursor: Cursor, indicator_id: str | None = None) -> list[Group]:
    """The groups that can be asked for, those of the user's own table first: (kind, name)."""
    own = cursor.execute(
        """SELECT DISTINCT u.kind, u.name FROM (
            SELECT indicator_id, unnest(['peer_group', 'region', 'size', 'legal_form']) AS kind,
                unnest([peer_group, region, size::VARCHAR, legal_form]) AS name FROM v_peer_values) AS u
        WHERE u.name IS NOT NULL AND (? IS NULL OR list_contains(?::VARCHAR[], u.indicator_id))
        ORDER BY u.kind, u.name""",
        [indicator_id, _written(cursor, indicator_id)],
    ).fetchall()
    mine = [(str(kind), str(name)) for kind, name in own]
    return mine + [group for group in _published_groups(indicator_id) if group not in mine]


def place(peers: Peers, value: float | None) -> float | None:
    """The value's percentile among the peers, 0..1; None where it cannot be told.

    Own peers: the share of them below the value, ties counted half. Published ones: a straight line between
    percentiles; None outside p10..p90 (`beyond` says on which side) and for an average without percentiles.
    """
    if value is None or value != value:
        return None
    if peers.values:
        below, not_above = bisect_left(peers.values, value), bisect_right(peers.values, value)
        return (below + not_above) / 2 / len(peers.values)
    known = _known(peers)
    if not known or beyond(peers, value):
        return None
    shares, levels = (list(side) for side in zip(*known, strict=True))
    equal = [share for share, level in known if level == value]
    # Where several percentiles are the same figure, the value stands in their middle.
    return (equal[0] + equal[-1]) / 2 if equal else float(np.interp(value, levels, shares))


def beyond(peers: Peers, value: float | None) -> str | None:
    """below_p10 or above_p90 where a published group's percentiles end before the value; else None."""
    known = _known(peers)
    if value is None or peers.values or not known:
        return None
    return "below_p10" if value < known[0][1] else "above_p90" if value > known[-1][1] else None


def place_text(language: str, peers: Peers, value: float | None) -> str:
    """The place as a reader sees it: "63rd of 100", "below the 10th percentile"; empty where it cannot be told."""
    side = beyond(peers, value)
    if side:
        return say(language, f"peers.{side}")
    found = place(peers, value)
    return "" if found is None else say(language, "peers.place", n=round(found * 100))


def _known(peers: Peers) -> list[tuple[float, float]]:
    levels = (peers.p10, peers.p25, peers.p50, peers.p75, peers.p90)
    return [(share, level) for share, level in zip(SHARES, levels, strict=True) if level is not None]


def _own(cursor: Cursor, indicator_id: str, group: Group | None) -> list[Peers]:
    """The user's own peers, each in its latest year."""
    kind, name = group or ("", "")
    if not (written := _written(cursor, indicator_id)):
        return []
    rows = cursor.execute(
        """WITH latest AS (
            SELECT * FROM v_peer_values WHERE list_contains(?::VARCHAR[], indicator_id)
            QUALIFY row_number() OVER (PARTITION BY peer ORDER BY year DESC, institution_id) = 1)
        SELECT value, year, source FROM latest
        WHERE CASE ? WHEN '' THEN true WHEN 'peer_group' THEN peer_group = ? WHEN 'region' THEN region = ?
            WHEN 'size' THEN size::VARCHAR = ? WHEN 'legal_form' THEN legal_form = ? END ORDER BY value""",
        [written, kind, name, name, name, name],
    ).fetchall()
    if not rows:
        return []
    levels, years = [float(row[0]) for row in rows], [int(row[1]) for row in rows]
    sources = tuple(dict.fromkeys(str(row[2]) for row in rows if row[2]))
    at = [_level(levels, share) for share in SHARES]
    span = (min(years), max(years))
    own = Peers(indicator_id, "own", "own", span, group, len(levels), values=tuple(levels), sources=sources)
    return [replace(own, p10=at[0], p25=at[1], p50=at[2], p75=at[3], p90=at[4])]


def meant(name: str) -> str | None:
    """The indicator that a name in the user's own table means: its id or its name, however it is written."""
    return _names().get(_plain(name))


def unknown(cursor: Cursor) -> list[tuple[str, int, str]]:
    """Names of the user's own table that mean no indicator: name, rows, and the nearest id (empty where none is)."""
    rows = cursor.execute("SELECT indicator_id, count(*) FROM v_peer_values GROUP BY 1 ORDER BY 1").fetchall()
    known = indicators()
    return [(name, int(n), nearest(name.casefold(), known) or "") for name, n in rows if meant(name) is None]


def oversized(cursor: Cursor) -> list[tuple[str, int]]:
    """Shares and points with peers above 500 %: a percentage was written as a plain number. Indicator and rows."""
    rows = cursor.execute(
        "SELECT indicator_id, count(*) FROM v_peer_values WHERE abs(value) > ? GROUP BY 1 ORDER BY 1", [HIGHEST_SHARE]
    ).fetchall()
    shares = [name for written, n in rows for name in [meant(written)] * int(n) if name]
    return [(name, n) for name, n in Counter(shares).items() if indicators()[name].unit in ("%", "points")]


def _written(cursor: Cursor, indicator_id: str | None) -> list[str]:
    """The ways in which the user's own table writes an indicator."""
    rows = cursor.execute("SELECT DISTINCT indicator_id FROM v_peer_values").fetchall()
    return [str(row[0]) for row in rows if indicator_id is not None and meant(str(row[0])) == indicator_id]


@cache
def _names() -> dict[str, str]:
    """Every way of writing an indicator -> its id; an id goes before a name."""
    found = {_plain(name): name for name in indicators()}
    for indicator in indicators().values():
        for language in LANGUAGES:
            for form in ("title", "short", "plain"):
                found.setdefault(_plain(indicator.text(language, form)), indicator.id)
    return found


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _level(levels: list[float], share: float) -> float | None:
    fewest = 1 if share == 0.5 else FEWEST_INNER if share in (0.25, 0.75) else FEWEST_OUTER
    return float(np.quantile(levels, share)) if len(levels) >= fewest else None


def home(cursor: Cursor) -> list[Group]:
    """The published groups that the institutions in scope belong to, by their region and legal form."""
    rows = cursor.execute("SELECT DISTINCT region, legal_status FROM v_institutions").fetchall()
    named = [("region", row[0]) for row in rows] + [("legal_form", row[1]) for row in rows]
    found = [(kind, code(kind, str(name))) for kind, name in dict.fromkeys(named) if name]
    return [(kind, code) for kind, code in found if code]


def code(kind: str, name: str) -> str | None:
    """The published group that a name means: its code, or its name in a language, singular or plural."""
    for group in (group for known, group in _published_groups() if known == kind):
        names = [say(language, f"peers.group_{group}").casefold() for language in LANGUAGES]
        if name == group or name.casefold() in names or name.casefold() + "s" in names:
            return group
    return None


def _mix(indicator_id: str, group: Group | None) -> list[Peers]:
    kind, name = (group[0], code(*group)) if group else ("all", "")
    return [
        Peers(
            indicator_id, "published", "mix", (int(row["first_year"]), int(row["last_year"])), group, int(row["n"]),
            float(row["p10"]), float(row["p25"]), float(row["p50"]), float(row["p75"]), float(row["p90"]),
            definitions=MIX_DEFINITIONS.get(indicator_id, {}),
        )
        for row in _rows("mix_percentiles")
        if (row["indicator_id"], row["group_kind"], row["group_name"]) == (indicator_id, kind, name)
    ]  # fmt: skip


def _sixty_decibels(indicator_id: str) -> list[Peers]:
    return [
        Peers(
            indicator_id, "published", "sixty_decibels", (int(row["year"]), int(row["year"])),
            None if row["among"] == "all" else ("among", row["among"]), int(row["institutions"]),
            average=float(row["value"]), clients=int(row["clients"]), doubt=row["doubt"],
        )
        for row in _rows("sixty_decibels")
        if row["indicator_id"] == indicator_id
    ]  # fmt: skip


def _published_groups(indicator_id: str | None = None) -> list[Group]:
    rows = [row for row in _rows("mix_percentiles") if indicator_id in (None, row["indicator_id"])]
    return sorted({(row["group_kind"], row["group_name"]) for row in rows if row["group_kind"] != "all"})


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a published table."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
