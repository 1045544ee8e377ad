"""What each shock does to the cells: plain arithmetic on parts, so that a hand can follow it.

A scenario is the picture with the shock, against the same picture without it. Shares are of what is not yet struck:
a fifth of the principal not over 30 days late, not a fifth of the whole book. What is missing stays missing.
"""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from metrics import measures
from metrics.stress import money
from metrics.stress.cells import WHOLE, Array, Cells

Frame = pd.DataFrame
Change = Callable[[Frame], Mapping[str, Array]]
LATE = {
    "late_from_1": 1, "late_over_7": 8, "late_over_30": 31, "late_from_30": 30, "late_over_90": 91, "late_from_90": 90,
    "late_over_180": 181, "late_from_180": 180,
}  # fmt: skip
RENEGOTIATED = {
    "renegotiated_not_late": 31, "renegotiated_not_late_from_30": 30, "renegotiated_not_late_90": 91,
    "renegotiated_not_late_from_90": 90, "renegotiated_not_late_180": 181, "renegotiated_not_late_from_180": 180,
}  # fmt: skip
BUCKETS = {
    "bucket_current": 0, "bucket_1_30": 30, "bucket_31_60": 60, "bucket_61_90": 90, "bucket_91_180": 180,
    "bucket_over_180": 10**6,
}  # fmt: skip
LOANS_OF = (
    "active_loans", "active_borrowers", "borrowers_", "women_", "men_", "rural_", "young_", "burden_", "lenders_",
)  # fmt: skip
DUE, RECEIVED = ("due_15", "due_30", "due_60"), "received"
CLOSED = {"closed_in_15": 15, "closed_in_30": 30, "closed_in_60": 60}
OPEN = {"open_over_15": 15, "open_over_30": 30, "open_over_60": 60}
YEAR = 365.0


def apply(cells: Cells) -> None:
    """Change the cells by all shocks of every variant, in the order in which they bear on each other."""
    before = _book(cells, "late_over_30")
    _each(cells, "portfolio", ("late",), lambda frame: late(frame, cells.size(frame, "late"), _days(cells, frame)))
    money.lost(cells, _book(cells, "late_over_30") - before)
    _each(cells, "rolls", ("late",), lambda frame: rolled(frame, cells.size(frame, "late")), twin=False)
    _each(cells, "collections", ("late", "standstill"), lambda frame: collected(frame, cells), twin=False)
    _each(cells, "portfolio", ("income",), lambda frame: indebted(frame, cells.size(frame, "income")))
    _each(cells, "portfolio", ("lending",), lambda frame: not_lent(frame, cells.size(frame, "lending")))
    _each(cells, "portfolio", ("leave",), lambda frame: left(frame, cells.size(frame, "leave")))
    _each(cells, "clientele", ("leave",), lambda frame: gone(frame, cells.size(frame, "leave")))
    _each(cells, "membership", ("leave",), lambda frame: scaled(frame, 1 - cells.size(frame, "leave"), ("clients_",)))
    money.earned(cells)
    money.called(cells)
    _open(cells)
    _each(cells, "grievances", ("complaints", "slower"), lambda frame: complained(frame, cells))
    _each(cells, "portfolio", ("staff",), lambda frame: carried(frame, cells.size(frame, "staff")))
    _each(cells, "workforce", ("staff",), lambda frame: resigned(frame, cells.size(frame, "staff")))


def _each(cells: Cells, name: str, shocks: tuple[str, ...], change: Change, twin: bool = True) -> None:
    """Change a measure and its twin by the same arithmetic; parts that they lack, and cells not struck, are left."""
    for relation in (name, name + "_12m") if twin else (name,):
        frame = cells.frames.get(relation)
        if frame is None or not len(frame):
            continue
        struck = np.any([cells.size(frame, shock) != 0 for shock in shocks], axis=0)
        for part, after in change(_whole(frame, name)).items():
            if part in frame:
                cells.put(name, relation, part, np.where(struck, after, frame[part].to_numpy()))


def _whole(frame: Frame, name: str) -> Frame:
    """A frame with every part that the arithmetic reads; those of the month's flows alone are missing."""
    lacking = [part for part in measures.catalogue()[name].parts if part not in frame]
    return frame.assign(**dict.fromkeys(lacking, np.nan)) if lacking else frame


def _days(cells: Cells, frame: Frame) -> Array:
    days: Array = np.array([variant.days for variant in cells.variants], dtype=float)
    return np.asarray(days[frame["variant"].to_numpy()], dtype=float)


def _book(cells: Cells, part: str) -> pd.Series:
    """A part of the whole book by variant and branch."""
    frame = cells.frames["portfolio"]
    whole = frame[frame["cut"].isin(WHOLE)]
    return whole.groupby(["variant", "branch_id"], dropna=False)[part].sum(min_count=1)


def _named(frame: Frame, *starts: str) -> list[str]:
    """The parts whose names begin so."""
    return [str(part) for part in frame if str(part).startswith(starts)]


def late(frame: Frame, size: Array, days: Array) -> dict[str, Array]:
    """A share of what is not so late becomes so; of the not late renegotiated loans the same share.

    Overdue amounts grow as they stand to late principal in the same picture.
    """
    glp = frame["glp"].to_numpy()
    grows = {part: size * (days >= least) for part, least in LATE.items()}
    found = {part: frame[part].to_numpy() + grow * (glp - frame[part].to_numpy()) for part, grow in grows.items()}
    for part, least in RENEGOTIATED.items():
        found[part] = frame[part].to_numpy() * (1 - size * (days >= least))
    found |= _buckets(frame, size, days)
    newly = found["late_over_30"] - frame["late_over_30"].to_numpy()
    for part in ("overdue_principal", "overdue_over_30"):
        found[part] = np.where(newly > 0, frame[part].to_numpy() + newly * _overdue(frame), frame[part].to_numpy())
    young, its_late = frame["vintage6_glp"].to_numpy(), frame["vintage6_late"].to_numpy()
    found["vintage6_late"] = its_late + size * (days > 30) * (young - its_late)
    return found


def _buckets(frame: Frame, size: Array, days: Array) -> dict[str, Array]:
    """What lies in the buckets below moves into the one that the days fall in."""
    found, moved, least = {}, np.zeros(len(frame)), -1
    for bucket, most in BUCKETS.items():
        held = frame[bucket].to_numpy()
        here, below = (days > least) & (days <= most), days > most
        found[bucket] = np.where(here, held + moved, np.where(below, held * (1 - size), held))
        moved, least = moved + np.where(below, held * size, 0.0), most
    return found


def _overdue(frame: Frame) -> Array:
    """Overdue amount over late principal, of the institution before the shock; NaN where nothing is late."""
    whole = frame[frame["cut"].isin(WHOLE) & (frame["variant"] == 0)]
    late_now = float(whole["late_over_30"].sum())
    ratio = float(whole["overdue_over_30"].sum(min_count=1)) / late_now if late_now else np.nan
    return np.full(len(frame), ratio)


def rolled(frame: Frame, size: Array) -> dict[str, Array]:
    """The same share of what was on time a month before is now over 30 days late."""
    gone_late = frame["rolled_over_30"].to_numpy()
    return {"rolled_over_30": gone_late + size * (frame["principal_current_before"].to_numpy() - gone_late)}


def collected(frame: Frame, cells: Cells) -> dict[str, Array]:
    """Who falls behind does not pay on time; in a month without collections nobody does."""
    stop = np.minimum(cells.size(frame, "standstill"), 1.0)
    return {"paid_on_time": frame["paid_on_time"].to_numpy() * (1 - cells.size(frame, "late")) * (1 - stop)}


def indebted(frame: Frame, size: Array) -> dict[str, Array]:
    """A share of the clients loses its income: their burden stands above every line."""
    known = frame["burden_known"].to_numpy()
    lines = _named(frame, "burden_over_")
    return {part: frame[part].to_numpy() + size * (known - frame[part].to_numpy()) for part in lines}


def not_lent(frame: Frame, months: Array) -> dict[str, Array]:
    """Loans of so many months are not made: the book that is on time runs off by as much, with its borrowers."""
    on_time = _on_time(frame)
    off = _share(months * frame["recent_amount"].to_numpy() / 3, on_time)
    found = smaller(frame, off, _share(months * frame["recent_loans"].to_numpy() / 3, frame["active_loans"].to_numpy()))
    stopped = 1 - np.minimum(months / 3, 1.0)
    found |= {part: frame[part].to_numpy() * stopped for part in _named(frame, "recent_")}
    flows = ("new_borrowers", "new_women_borrowers", "new_men_borrowers")
    found |= {part: frame[part].to_numpy() * (1 - np.minimum(months / 12, 1.0)) for part in flows}
    return found


def _share(part: Array, whole: Array) -> Array:
    """A part of a whole, at most all of it; without a whole nothing, and without a part (None) missing."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(part == 0, 0.0, np.where(whole > 0, np.minimum(part / whole, 1.0), part * 0))


def left(frame: Frame, size: Array) -> dict[str, Array]:
    """A share of the borrowers leaves, once their loans are repaid: the late ones stay in the book."""
    return smaller(frame, size, size)


def smaller(frame: Frame, off: Array, fewer: Array) -> dict[str, Array]:
    """A book from which a share of the principal on time, and a share of the borrowers, is gone."""
    glp = frame["glp"].to_numpy()
    after = glp - off * _on_time(frame)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(glp > 0, after / glp, 1.0)
    found = {part: frame[part].to_numpy() * ratio for part in _named(frame, "glp")}
    found["bucket_current"] = frame["bucket_current"].to_numpy() * (1 - off)
    for part in RENEGOTIATED:
        found[part] = frame[part].to_numpy() * (1 - off)
    gone_too = frame["renegotiated_not_late"].to_numpy() * off
    found["renegotiated"] = frame["renegotiated"].to_numpy() - gone_too
    return found | scaled(frame, 1 - fewer, LOANS_OF)


def _on_time(frame: Frame) -> Array:
    """Principal that is not late; where days are not known so exactly, that not over 30 days late."""
    held = frame["late_from_1"].fillna(frame["late_over_30"])
    return (frame["glp"] - held).to_numpy(dtype=float)


def scaled(frame: Frame, by: Array, starts: tuple[str, ...]) -> dict[str, Array]:
    """The parts whose names begin so, times a number."""
    return {part: frame[part].to_numpy() * by for part in _named(frame, *starts)}


def gone(frame: Frame, size: Array) -> dict[str, Array]:
    """Clients by name who leave: fewer are there, and as many more have left in the year."""
    found = scaled(frame, 1 - size, ("named_", "clients_heard"))
    found["clients_left"] = frame["clients_left"].to_numpy() + size * frame["named_clients"].to_numpy()
    return found


def complained(frame: Frame, cells: Cells) -> dict[str, Array]:
    """More complaints than now; as many are closed in time as now, less those that a slower answer costs."""
    more, slower = 1 + cells.size(frame, "complaints"), 1 - cells.size(frame, "slower")
    found = scaled(frame, more, (RECEIVED, *DUE))
    return found | {part: frame[part].to_numpy() * slower for part in CLOSED}


def resigned(frame: Frame, size: Array) -> dict[str, Array]:
    """Staff who leave: fewer are there, and as many more have left in the year."""
    here = frame["personnel"].to_numpy(), frame["loan_officers"].to_numpy()
    found = scaled(frame, 1 - size, ("personnel", "loan_officers", "managers", "paid_", "hourly_pay_"))
    found["exits"] = frame["exits"].to_numpy() + size * here[0]
    found["exits_loan_officers"] = frame["exits_loan_officers"].to_numpy() + size * here[1]
    return found


def carried(frame: Frame, size: Array) -> dict[str, Array]:
    """The officers who stay carry the borrowers of those who left."""
    apart = (frame["cut"] == "officer_id").to_numpy()
    return {"active_borrowers": frame["active_borrowers"].to_numpy() / np.where(apart, 1 - size, 1.0)}


def _open(cells: Cells) -> None:
    """What comes in beyond the answers given stays open; of a year's additional ones those older than N days."""
    there, year = cells.frames.get("open_complaints"), cells.frames.get("grievances_12m")
    if there is None or year is None or not len(there):
        return
    keys = ["variant", "branch_id", "cut"]
    more = year.assign(more=year["received"] * cells.size(year, "complaints"))
    added = there[keys].merge(more.groupby(keys, dropna=False)["more"].sum(min_count=1).reset_index(), "left", keys)
    extra = added["more"].fillna(0.0).to_numpy(dtype=float)  # a branch without a complaint in the year has no more
    there["open_complaints"] = there["open_complaints"] + extra
    for part, days in OPEN.items():
        there[part] = there[part] + extra * (1 - days / YEAR)
