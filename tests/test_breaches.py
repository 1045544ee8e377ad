"""A breach has a life: since when, how often in a row, how fast, by whose limit, who answers for it, what ended it."""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import policy, records
from metrics.appetite import breaches, life
from metrics.appetite.breaches import BREACH, Breach, Closed
from metrics.appetite.life import Run
from metrics.errors import EvenkeelError
from metrics.limits import Held, Limit, Lines, in_force
from metrics.limits import lines as limit_lines
from metrics.picture import picture
from metrics.store import Store
from tests import fresh, quiet
from tests import records as stores

EQUAL = policy.load("equal")
DAYS = [stamp.date() for stamp in pd.date_range("2026-01-31", periods=14, freq="ME")]
EVER = datetime.date(9999, 12, 31)
PAR = Lines("branch", {"par30": Limit(0.05, 0.10, False)}, {})
NAN = float("nan")


def runs(values: Sequence[float], lines: Lines = PAR, indicator: str = "par30", n: float = 100.0) -> list[Run]:
    """The runs of one figure of branch north over as many month-ends."""
    frame = pd.DataFrame(
        {"period": DAYS[: len(values)], "unit": "north", "indicator": indicator, "value": list(values), "n": n}
    )
    return list(life.runs(frame, lines))


def held(amber: float, red: float, part: str = "", first: str = "2000-01-01", last: str = "9999-12-31") -> Held:
    """A limit of PAR30 that the board approved for branches."""
    days = (datetime.date.fromisoformat(text) for text in (first, last))
    return Held("own", "branch", part, Limit(amber, red, True), *days)


def test_a_breach_counts_from_the_first_date_of_its_unbroken_run() -> None:
    last = runs([0.06, 0.04, 0.06, 0.07, 0.08])[-1]
    assert (last.first, len(last.points), last.ended) == (DAYS[2], 3, None)


def test_a_figure_on_its_line_is_within_it() -> None:
    assert runs([0.05, 0.05]) == []


def test_a_date_without_a_figure_neither_ends_a_run_nor_lengthens_it() -> None:
    (found,) = runs([0.04, 0.06, NAN, 0.07])
    assert (found.first, len(found.points), found.ended) == (DAYS[1], 2, None)


@pytest.mark.parametrize(
    ("values", "new"),
    [
        ([0.04, 0.06], True),  # was within
        ([0.06, 0.06], False),  # was so already
        ([0.06, 0.12], True),  # was amber only
        ([0.12, 0.06], False),  # was worse
        ([0.06], True),  # nothing is known from before
    ],
)
def test_new_is_what_was_not_so_grave_at_the_date_before(values: list[float], new: bool) -> None:
    assert runs(values)[-1].new is new


@pytest.mark.parametrize(
    ("values", "n", "warns"),
    [
        ([0.04, 0.12], 100, False),  # red once, and chance alone could have made it
        ([0.04, 0.12, 0.12], 100, True),  # at the second date in a row
        ([0.04, 0.12, 0.12, 0.12], 100, False),  # told already
        ([0.12, 0.06, 0.12], 100, False),  # not in a row
        ([0.04, 0.12], 2000, True),  # its interval lies beyond red
        ([0.04, 0.12, 0.12], 2000, False),  # told already
        ([0.04, 0.06], 2000, False),  # amber never warns in red
    ],
)
def test_a_red_figure_warns_once_when_it_is_sure(values: list[float], n: float, warns: bool) -> None:
    assert runs(values, n=n)[-1].warns(hard=False) is warns


def test_a_hard_cap_and_a_figure_without_people_behind_it_warn_at_once() -> None:
    ledger = Lines("branch", {"oss": Limit(1.1, 1.0, False)}, {})
    assert runs([0.04, 0.12])[-1].warns(hard=True)
    assert runs([1.2, 0.9], ledger, "oss")[-1].warns(hard=False)
    assert not runs([1.2, 0.9, 0.9], ledger, "oss")[-1].warns(hard=False)


def test_a_figure_over_twelve_months_warns_again_in_months_of_their_own_a_year_later() -> None:
    lines = Lines("branch", {"retention_rate": Limit(0.7, 0.6, False)}, {})
    known = [runs([0.55] * count, lines, "retention_rate")[-1].warns(hard=False) for count in range(1, 15)]
    assert [at for at, warns in enumerate(known) if warns] == [12]


@given(st.lists(st.sampled_from([0.04, 0.06, 0.12]), min_size=1, max_size=8), st.sampled_from([20.0, 2000.0]))
def test_of_red_dates_in_a_row_at_most_one_warns_and_of_two_always_one(values: list[float], n: float) -> None:
    known = [[run for run in runs(values[: at + 1], n=n) if run.ended is None] for at in range(len(values))]
    warned = [bool(now) and now[-1].warns(hard=False) for now in known]
    rows = "".join("r" if value > 0.10 else "-" for value in values)
    for found in re.finditer("r+", rows):
        counted = sum(warned[found.start() : found.end()])
        assert counted == 1 if len(found[0]) > 1 or n > 1000 else counted == 0
    assert sum(warned) == sum(warned[at] for at in range(len(values)) if rows[at] == "r")


def test_since_red_is_the_first_of_the_red_dates_in_a_row() -> None:
    assert [one.day for one in runs([0.06, 0.12, 0.06, 0.12, 0.12])[0].red] == [DAYS[3], DAYS[4]]


def test_pace_is_the_change_a_month_and_positive_where_it_grows_worse() -> None:
    rising, falling = runs([0.06, 0.07, 0.08, 0.09])[0], runs([0.09, 0.08, 0.07, 0.06])[0]
    assert life.pace(rising) == pytest.approx(0.01, rel=0.03)
    assert life.pace(falling) == pytest.approx(-0.01, rel=0.03)


def test_where_higher_is_better_a_fall_is_worse() -> None:
    lines = Lines("branch", {"retention_rate": Limit(0.7, 0.6, False)}, {})
    assert (life.pace(runs([0.69, 0.67, 0.65], lines, "retention_rate")[0]) or 0) > 0


def test_below_the_lower_end_of_a_band_a_fall_is_worse() -> None:
    lines = Lines("branch", {"borrowers_per_loan_officer": Limit((150.0, 350.0), (80.0, 600.0), False)}, {})
    low, high = ([140.0, 130.0, 120.0], [360.0, 370.0, 380.0])
    assert all((life.pace(runs(v, lines, "borrowers_per_loan_officer")[0]) or 0) > 0 for v in (low, high))


def test_one_date_has_no_pace() -> None:
    assert life.pace(runs([0.06])[0]) is None


def test_a_figure_that_comes_back_ends_a_breach_from_within() -> None:
    (found,) = runs([0.06, 0.04])
    assert (found.ended is not None, life.ending(found)) == (True, "within")


def test_a_limit_that_is_widened_ends_a_breach_by_the_limit() -> None:
    lines = Lines("branch", PAR.defaults, {"par30": [held(0.08, 0.12, first="2026-02-15")]})
    (found,) = runs([0.06, 0.06], lines)
    assert life.ending(found) == "limit"


def test_a_figure_that_comes_back_under_a_new_limit_too_ends_from_within() -> None:
    lines = Lines("branch", PAR.defaults, {"par30": [held(0.08, 0.12, first="2026-02-15")]})
    (found,) = runs([0.06, 0.04], lines)
    assert life.ending(found) == "within"


def test_a_branch_own_limit_goes_before_the_one_for_all_and_holds_for_it_alone() -> None:
    lines = Lines("branch", PAR.defaults, {"par30": [held(0.02, 0.03, "north"), held(0.04, 0.09)]})
    found = [lines.at("par30", unit, DAYS[0]) for unit in ("north", "south")]
    assert found == [Limit(0.02, 0.03, True), Limit(0.04, 0.09, True)]


@pytest.mark.parametrize(("day", "amber"), [("2026-01-31", 0.05), ("2026-02-28", 0.02), ("2026-03-31", 0.05)])
def test_a_limit_holds_from_its_first_to_its_last_day(day: str, amber: float) -> None:
    lines = Lines("branch", PAR.defaults, {"par30": [held(0.02, 0.03, first="2026-02-01", last="2026-02-28")]})
    found = lines.at("par30", "north", datetime.date.fromisoformat(day))
    assert found is not None and found.amber == amber


def test_a_segment_is_named_with_its_kind() -> None:
    own = Held("own", "segment", "gender/F", Limit(0.01, 0.02, True), datetime.date.min, EVER)
    assert own.covers("gender", "F", DAYS[0])
    assert not own.covers("gender", "M", DAYS[0]) and not own.covers("location", "F", DAYS[0])


def test_a_unit_among_several_institutions_bears_its_own() -> None:
    own = held(0.01, 0.02, "north")
    assert own.covers("branch", "own/north", DAYS[0]) and not own.covers("branch", "other/north", DAYS[0])


def limit(**other: object) -> dict[str, object]:
    """A row of the board's limits for PAR30."""
    given = {"indicator_id": "par30", "scope": "institution", "amber": 0.2, "red": 0.4, "valid_from": "2020-01-01"}
    return {**given, "approved_by": "Board", **other}


def test_the_institution_limit_holds_for_branches_until_they_have_their_own(tmp_path: Path) -> None:
    store = quiet.opened(tmp_path)
    own = limit(scope="branch", scope_id="north", amber=0.01, red=0.02)
    unapproved = limit(scope="branch", scope_id="south", amber=0.03, red=0.04, approved_by=None)
    stores.land(store, targets_limits=[limit(), own, unapproved])
    found = limit_lines(store.cursor(), EQUAL, "branch")
    ambers = [one.amber for unit in ("north", "south") if (one := found.at("par30", unit, quiet.SEPTEMBER))]
    assert ambers == [0.01, 0.2]
    assert in_force(store.cursor(), EQUAL, "branch")["par30"].amber == 0.2


@pytest.fixture(scope="module")
def fallen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Four of twenty loans late now, two a month before; nobody writes to it."""
    store = quiet.opened(tmp_path_factory.mktemp("fallen"), late=4, before=2)
    yield store
    store.close()


def par30(store: Store, **other: object) -> Breach:
    """The breach of PAR30 in branch north."""
    found = breaches.found(store.cursor(), replace(EQUAL, **other))
    return next(one for one in found if (one.indicator, one.unit) == ("par30", "north"))


def test_what_is_found_says_figure_line_name_and_number(fallen: Store) -> None:
    one = par30(fallen)
    assert (one.name, one.level, one.value, one.line, one.n) == ("North", "red", 0.2, 0.1, 20)
    assert (one.since, one.times, one.new) == (quiet.AUGUST, 2, True)
    assert (one.since_red, one.warns) == (quiet.SEPTEMBER, False)


def test_an_earlier_date_knows_nothing_of_later_ones(fallen: Store) -> None:
    found = breaches.found(fallen.cursor(), EQUAL, quiet.AUGUST)
    assert [(one.level, one.value) for one in found if (one.indicator, one.unit) == ("par30", "north")] == [
        ("amber", 0.1)
    ]


def test_a_date_that_is_not_there_is_refused(fallen: Store) -> None:
    with pytest.raises(EvenkeelError, match="2019-01-31"):
        breaches.found(fallen.cursor(), EQUAL, datetime.date(2019, 1, 31))


def test_what_people_wrote_is_found_with_the_breach_also_when_its_first_date_has_moved(tmp_path: Path) -> None:
    store = quiet.opened(tmp_path, late=4, before=4)
    name = breaches.record_id("par30", "branch", "north", quiet.SEPTEMBER)
    records.save(store, BREACH, name, {"owner": "Head of credit", "comment": "Flood"}, "Tester", institution="own")
    one = par30(store)
    assert (one.since, one.owner, one.comment, one.version) == (quiet.AUGUST, "Head of credit", "Flood", 1)


def test_a_cap_of_the_policy_is_hard(fallen: Store) -> None:
    assert [par30(fallen).hard, par30(fallen, caps=("par30",)).hard] == [False, True]


def test_what_ended_says_when_at_which_figure_and_by_what(tmp_path: Path) -> None:
    store = quiet.opened(tmp_path, before=4)
    reasons = [ended(store).reason]
    body = {"origin": f"breach/{ended(store).breach.id}", "done_on": "2026-09-15"}
    kind = records.Kind("action", "signals", dict.fromkeys(body, False))
    records.save(store, kind, "A-001", body, "Tester", institution="own")
    one = ended(store)
    assert [*reasons, one.reason] == ["within", "action"]
    assert (one.ended, one.value, one.breach.level, one.breach.action) == (quiet.SEPTEMBER, 0.0, "red", "A-001")


def ended(store: Store) -> Closed:
    """How the breach of PAR30 in branch north ended."""
    over = breaches.closed(store.cursor(), EQUAL)
    return next(one for one in over if (one.breach.indicator, one.breach.unit) == ("par30", "north"))


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("par3/branch/north/2026-09-30", {"owner": "A"}, "par30"),
        ("par30/branches/north/2026-09-30", {"owner": "A"}, "branch"),
        ("par30/branch", {"owner": "A"}, "names no breach"),
        ("par30/branch/north/2026-09-30", {"acknowledged_by": "A"}, "both who and on which day"),
    ],
)
def test_a_note_on_nothing_is_refused(fallen: Store, name: str, body: dict[str, str], said: str) -> None:
    with pytest.raises(EvenkeelError, match=said):
        records.save(fallen, BREACH, name, body, "Tester", institution="own")


def test_the_breaches_of_the_sample_are_what_its_picture_shows(tmp_path: Path) -> None:
    store = fresh.open_copy(tmp_path)
    shown = picture(store.cursor(), EQUAL)
    broken = {(unit.id, one.indicator, one.level) for unit in shown.units for one in unit.drivers if one.level}
    found = {(one.unit, one.indicator, one.level) for one in breaches.found(store.cursor(), EQUAL)}
    scored = {one.indicator for unit in shown.units for one in unit.drivers}
    assert {one for one in found if one[1] in scored} == broken and len(broken) > 20
