"""The cells of measures at one date, once for each variant of a scenario, changed there and read by the same SQL.

A variant stands in the place of an institution, so that one statement answers for all of them. The changed cells are
temporary tables of one connection that bear the names of the measures' views: no other reader sees them, nothing
waits for them, and they are gone when it closes.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

import duckdb
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics import asking, measures
from metrics.catalogue import KEPT, Indicator
from metrics.errors import EvenkeelError
from metrics.measure import CUTS
from metrics.schema import quote
from metrics.stress.kinds import SHOCKS, Need

Cursor = duckdb.DuckDBPyConnection
Array = NDArray[np.float64]
DIMS = ("branch_id", "officer_id", "sector")
WHOLE = ("main", "reported")
LISTS = ("v_m_periods", "v_m_splits", "v_reported_values")
BESIDE = ("portfolio", "portfolio_12m", "ledger", "ledger_12m", "grievances_12m")  # what a shock on another needs


@dataclass(frozen=True)
class Variant:
    """Sizes of shocks, how late the late loans become, and the branches struck (empty: all)."""

    sizes: Mapping[str, float] = field(hash=False)
    days: int = 60
    branches: tuple[str, ...] = ()


@dataclass(eq=False)
class Cells:
    """The frames of relations, each row with its `variant` (place in `variants`; 0 is without any shock)."""

    variants: Sequence[Variant]
    frames: dict[str, pd.DataFrame]
    ends: dict[str, int]

    def has(self, need: Need) -> bool:
        """Whether a part has any figure."""
        frame = self.frames.get(need[0])
        return frame is not None and need[1] in frame and bool(frame[need[1]].notna().any())

    def size(self, frame: pd.DataFrame, shock: str) -> Array:
        """How far a shock goes beyond its neutral size in each cell; a cell of no branch has its variant's share.

        The share is that of the branches struck in the portfolio.
        """
        neutral = SHOCKS[shock].neutral
        sizes = np.array([variant.sizes.get(shock, neutral) - neutral for variant in self.variants])
        return np.asarray(sizes[frame["variant"].to_numpy()] * self._struck(frame), dtype=float)

    def _struck(self, frame: pd.DataFrame) -> Array:
        branches = [set(variant.branches) for variant in self.variants]
        if not any(branches):
            return np.ones(len(frame))
        part = self.shares()[frame["variant"].to_numpy()]
        known = frame["branch_id"].notna().to_numpy()
        inside = [
            not branches[at] or branch in branches[at] for at, branch in zip(frame["variant"], frame["branch_id"],
                                                                              strict=True)
        ]  # fmt: skip
        return np.where(known, np.array(inside, dtype=float), part)

    def shares(self) -> Array:
        """The share of the branches struck in the portfolio, by variant."""
        book = self.frames["portfolio"]
        book = book[book["cut"].isin(WHOLE) & (book["variant"] == 0)]
        by_branch = book.groupby("branch_id", dropna=False)["glp"].sum()
        total = float(by_branch.sum())
        held = [float(by_branch[by_branch.index.isin(one.branches)].sum()) if one.branches else total
                for one in self.variants]  # fmt: skip
        shares = [
            1.0 if not variant.branches else part / total if total else np.nan
            for variant, part in zip(self.variants, held, strict=True)
        ]
        return np.array(shares, dtype=float)

    def total(self, need: Need, variant: int) -> float | None:
        """A part summed over the institution; None where no cell has it."""
        if not self.has(need):
            return None
        frame = self.frames[need[0]]
        return _or_none(frame.loc[(frame["variant"] == variant) & frame["cut"].isin(WHOLE), need[1]].sum(min_count=1))

    def put(self, name: str, relation: str, part: str, after: Array) -> None:
        """Set a part of a measure or twin; its average over month-ends moves with the last of them."""
        frame = self.frames[relation]
        average = f"average_{part}"
        if average in frame and relation.endswith("_12m"):
            frame[average] = frame[average] + (after - frame[part].to_numpy()) / self.ends.get(name, 1)
        frame[part] = after


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def key(variant: int) -> str:
    """The name that a variant has in the place of an institution."""
    return f"{variant:05d}"


def needed(indicators: Sequence[Indicator], more: Sequence[Need]) -> set[str]:
    """The measures and twins that some indicators and shocks read."""
    read: set[str] = {relation for indicator in indicators for relation in indicator.parts} | {
        relation for relation, _ in more
    }
    return read | {"portfolio"} | set(BESIDE)


@dataclass(frozen=True, eq=False)
class Base:
    """The cells of relations as they are, without any shock: read once, however many variants are tried."""

    frames: Mapping[str, pd.DataFrame]
    ends: Mapping[str, int]

    def of(self, variants: Sequence[Variant]) -> Cells:
        """The cells once for each variant."""
        return Cells(variants, {name: _tiled(frame, len(variants)) for name, frame in self.frames.items()},
                     dict(self.ends))  # fmt: skip


def base(cursor: Cursor, day: datetime.date, relations: set[str]) -> Base:
    """The cells of relations at a date, as they are.

    Raises:
        EvenkeelError: no institution, or more than one in scope.
    """
    known = cursor.execute("SELECT DISTINCT institution_id FROM v_m_periods").fetchall()
    if len(known) != 1:
        raise EvenkeelError("stress.one_institution", n=len(known))
    asked = asking.parse("institution", (), [day])
    catalogue = measures.catalogue()
    names = [name for name in [*catalogue, *(f"{name}_12m" for name in catalogue)] if name in relations]
    # Officers and sectors are counted apart: cells that nobody asks for are not carried through every variant.
    cuts = [*WHOLE, *(KEPT[name] for name in sorted(relations & KEPT.keys()) if KEPT[name] in CUTS)]
    frames = {name: _cells(cursor, name, cuts, asked.first, asked.last) for name in names}
    bases = {name.removesuffix("_12m") for name in names if name.endswith("_12m")}
    return Base(frames, {name: _ends(cursor, name, day) for name in sorted(bases)})


def read(cursor: Cursor, day: datetime.date, variants: Sequence[Variant], relations: set[str]) -> Cells:
    """The cells of relations at a date, as they are, for each variant; see `base`."""
    return base(cursor, day, relations).of(variants)


def _cells(
    cursor: Cursor, relation: str, cuts: Sequence[str], first: datetime.date, last: datetime.date
) -> pd.DataFrame:
    parts = parts_of(relation)
    sums = ", ".join(f"sum({quote(part)}) AS {quote(part)}" for part in parts)
    months = ", max(months) AS months" if relation.endswith("_12m") else ""
    dims = ", ".join(quote(dim) for dim in DIMS)
    frame = cursor.execute(
        f"SELECT period, cut, {dims}, {sums}{months} FROM {quote('v_m_' + relation)} "
        "WHERE list_contains(?, cut) AND period BETWEEN ? AND ? GROUP BY ALL ORDER BY ALL",
        [list(cuts), first, last],
    ).df()
    frame["period"] = pd.to_datetime(frame["period"]).dt.date
    return frame.astype(dict.fromkeys(parts, float))


def _ends(cursor: Cursor, name: str, day: datetime.date) -> int:
    """Month-ends that a measure has in the 13 up to a date: what its averages divide by."""
    sql = (
        f"SELECT count(DISTINCT last_day(period)) FROM {quote('v_m_' + name)} WHERE cut <> 'reported' "
        "AND last_day(period) BETWEEN last_day(last_day(?::DATE) - INTERVAL 12 MONTH) AND last_day(?::DATE)"
    )
    return max(1, int(cursor.execute(sql, [day, day]).fetchall()[0][0]))


def _tiled(frame: pd.DataFrame, count: int) -> pd.DataFrame:
    tiled = frame.loc[np.tile(np.arange(len(frame)), count)].reset_index(drop=True)
    variant = pd.Series(np.repeat(np.arange(count), len(frame)), name="variant", dtype=int)
    return pd.concat([variant, tiled], axis=1)


def used(indicators: Iterable[Indicator]) -> dict[str, set[str]]:
    """The parts that indicators read, by relation; what keeps branches or officers apart is read of the portfolio."""
    found: dict[str, set[str]] = {}
    for relation, parts in (pair for one in indicators for pair in one.parts.items()):
        found.setdefault("portfolio" if relation in KEPT else relation, set()).update(parts)
    return found


@contextmanager
def landed(cursor: Cursor, cells: Cells, parts: Mapping[str, set[str]] | None = None) -> Iterator[Cursor]:
    """A connection of its own that reads the changed cells wherever the measures are read.

    Args:
        parts: by relation the only parts that will be read; None: all.
    """
    scope = "SELECT getvariable('branches')"
    branches = cursor.execute(scope).fetchall()[0][0]
    keys = [key(at) for at in range(len(cells.variants))]
    beside = {name: cursor.execute(f"SELECT * EXCLUDE institution_id FROM {quote(name)}").df() for name in LISTS}
    with closing(cursor.cursor()) as own:
        # What only one connection sees is asked by that one alone.
        own.execute("SET VARIABLE trial = true")
        own.execute("SET VARIABLE branches = ?::VARCHAR[]", [branches])
        own.execute("SET VARIABLE institutions = ?::VARCHAR[]", [keys])
        own.register("s_variants", pd.DataFrame({"variant": range(len(keys)), "institution_id": keys}))
        for name, frame in cells.frames.items():
            if parts is not None and name not in parts and name != "portfolio":  # every unit stands in the portfolio
                continue
            unread = [] if parts is None else [part for part in parts_of(name) if part not in parts.get(name, ())]
            _land(own, "v_m_" + name, *_parted(frame.drop(columns=unread, errors="ignore"), len(keys)))
        for name, frame in beside.items():
            _land(own, name, frame, None)
        own.unregister("s_variants")
        yield own


def parts_of(relation: str) -> list[str]:
    """The parts of a measure or its twin."""
    measure = measures.catalogue()[relation.removesuffix("_12m")]
    return [*measure.twin_parts()[:-1]] if relation.endswith("_12m") else [*measure.parts]


def _parted(frame: pd.DataFrame, count: int) -> tuple[pd.DataFrame, pd.DataFrame | None]:
    """What all variants have in common, once; and the columns in which some differ, with variant and row."""
    rows = len(frame) // count
    first, apart = frame.iloc[:rows].drop(columns="variant"), {}
    for column in first.select_dtypes("float").columns:
        cells = frame[column].to_numpy()
        if not np.array_equal(cells.reshape(count, rows), np.broadcast_to(cells[:rows], (count, rows)), equal_nan=True):
            apart[column] = cells
    first = first.drop(columns=list(apart)).copy()
    if not apart:
        return first, None
    row = np.tile(np.arange(rows), count)
    return first, pd.DataFrame({"variant": frame["variant"].to_numpy(), "row": row, **apart})


def _land(own: Cursor, name: str, first: pd.DataFrame, apart: pd.DataFrame | None) -> None:
    """A temporary table that stands before the view of the same name; only what differs is handed over apart."""
    own.register("s_first", first.assign(row=np.arange(len(first))))
    joined = "s_first AS f CROSS JOIN s_variants AS v"
    if apart is not None:
        own.register("s_apart", apart)
        joined = "s_apart AS a JOIN s_first AS f USING (row) JOIN s_variants AS v USING (variant)"
    changed = set() if apart is None else set(apart.columns)
    columns = own.execute(f"DESCRIBE SELECT * FROM {quote(name)}").fetchall()
    there = ", ".join(
        f"{cell}::{quote(kind)} AS {quote(column)}" if "(" not in kind and "[" not in kind
        else f"{cell} AS {quote(column)}"
        for column, kind, *_ in columns if column in first or column in changed
        for cell in [f"{'a' if column in changed else 'f'}.{quote(column)}"]
    )  # fmt: skip
    own.execute(f"CREATE OR REPLACE TEMP TABLE {quote(name)} AS SELECT v.institution_id, {there} FROM {joined}")
    own.unregister("s_first")
    if apart is not None:
        own.unregister("s_apart")
