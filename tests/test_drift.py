"""Mission drift: who counts as new, when a gap is drift, what is said of it, and how often it is wrong."""

import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import drift
from metrics.__main__ import main
from metrics.drift import cohorts, telling
from metrics.drift.gaps import Drift, drifts
from metrics.policy import SETTINGS
from metrics.values import values
from tests import drifting, fresh
from tests.prove.drift import PLANTED, rates
from tests.records import DAY, loan, opened

Row = Mapping[str, object]
YEAR_AGO = date(2025, 9, 30)


def shares(trait: str, **roles: tuple[int, int]) -> pd.DataFrame:
    """Counts of one trait: (people, those who have it) of new, existing and before."""
    rows = [{"role": role, "trait": trait, "n": n, "total": hits} for role, (n, hits) in roles.items()]
    return pd.DataFrame(rows).reindex(columns=[*cohorts.COLUMNS, "unit"]).assign(unit="u")


def compared(frame: pd.DataFrame) -> Drift:
    """The comparison of one unit."""
    return drifts(frame, {"u": "North"}, "branch", DAY)[0]


def client(name: str, joined: date | None, **other: object) -> Row:
    """A client of branch north."""
    return {"client_id": name, "branch_id": "north", "joined_on": joined, **other}


def counted(folder: Path, **tables: list[Row]) -> dict[str, int]:
    """How many are new, existing and before in a store with some rows."""
    store = opened(folder, branches=[{"branch_id": "north", "branch_name": "North"}], **tables)
    frame = cohorts.traits(store.cursor(), DAY)
    everyone = frame[frame["trait"] == "everyone"]
    return dict(zip(everyone["role"], everyone["n"].astype(int), strict=True))


def test_a_gap_is_said_in_one_sentence_with_all_its_figures() -> None:
    gap = compared(shares("women", new=(812, 309), existing=(4310, 1983))).gaps[0]
    assert telling.sentence(gap, "en").replace("\u202f", " ") == (
        "New clients are less often women: 38 % against 46 % of those who were here before, gap −8 points, "
        "95 % interval −12 to −4, n 812 and 4,310; that is drift."
    )


def test_the_same_sentence_in_french() -> None:
    gap = compared(shares("women", new=(812, 309), existing=(4310, 1983))).gaps[0]
    assert "moins souvent des femmes : 38 % contre 46 %" in telling.sentence(gap, "fr").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("new", "existing", "verdict"),
    [
        ((1000, 300), (1000, 500), "drift"),
        ((1000, 500), (1000, 300), "away"),
        ((40, 18), (40, 20), "chance"),
        ((90000, 44100), (90000, 45900), "trifle"),  # 2 points, certain, and no alarm
        ((90000, 42300), (90000, 45900), "drift"),  # 4 points
    ],
)
def test_drift_is_certain_to_the_harm_and_no_trifle(
    new: tuple[int, int], existing: tuple[int, int], verdict: str
) -> None:
    assert compared(shares("women", new=new, existing=existing)).gaps[0].verdict == verdict


@pytest.mark.parametrize(("times", "verdict"), [(1.4, "drift"), (0.7, "away")])
def test_larger_first_loans_do_harm_and_smaller_ones_none(times: float, verdict: str) -> None:
    made = drifting.people(np.random.default_rng(5))
    is_new = made["joined_on"] > YEAR_AGO
    made["amount"] = made["amount"].where(~is_new, (made["amount"] * times).round())
    cursor = drifting.views()
    drifting.fill(cursor, drifting.tables(made))
    gaps = drift.found(cursor, {}, DAY)[0].gaps
    assert {gap.verdict for gap in gaps if gap.trait == "size_gni"} == {verdict}


def test_fewer_than_thirty_on_one_side_are_not_compared() -> None:
    found = compared(shares("women", new=(29, 0), existing=(4000, 2000)))
    assert (found.gaps, found.level) == ((), "")
    told = [telling.lacking(lack, "en") for lack in found.missing]
    assert "Women: too few known (29 new, 4,000 others; 30 on each side are needed)." in told


def test_what_is_not_recorded_is_named_with_its_column() -> None:
    found = compared(shares("women", new=(300, 100), existing=(300, 100)))
    told = [telling.lacking(lack, "en") for lack in found.missing]
    assert "Rural: not recorded. It would need clients.location." in told


def test_many_looks_ask_for_a_plainer_gap() -> None:
    one = shares("women", new=(200, 80), existing=(400, 200))
    alone = compared(one).gaps[0].corrected
    many = pd.concat([one.assign(unit=f"u{k}") for k in range(10)])
    together = drifts(many, {f"u{k}": f"{k}" for k in range(10)}, "branch", DAY)
    assert together[0].gaps[0].corrected == pytest.approx(min(10 * alone, 1.0))


@given(st.integers(30, 3000), st.integers(30, 3000), st.data())
def test_drift_is_never_found_where_new_clients_have_no_less(n: int, m: int, data: st.DataObject) -> None:
    y = data.draw(st.integers(0, m))
    x = data.draw(st.integers(min(n, -(-y * n // m)), n))
    assert compared(shares("rural", new=(n, x), existing=(m, y))).level == ""


def test_who_joined_a_year_ago_to_the_day_is_no_longer_new(tmp_path: Path) -> None:
    joined = [client("a", YEAR_AGO), client("b", YEAR_AGO + timedelta(days=1)), client("c", DAY)]
    assert counted(tmp_path, clients=joined, loans=[loan("x")]) == {"new": 2, "existing": 1, "before": 1}


def test_who_has_left_or_comes_later_is_not_here(tmp_path: Path) -> None:
    left = client("a", date(2020, 1, 1), exited_on=date(2026, 9, 30))
    later = client("b", DAY + timedelta(days=1))
    stays = client("c", date(2020, 1, 1), exited_on=DAY + timedelta(days=1))
    assert counted(tmp_path, clients=[left, later, stays], loans=[loan("x", client_id="c")]) == {"existing": 1}


def test_without_a_list_of_clients_the_first_loan_says_when_someone_came(tmp_path: Path) -> None:
    first = loan("x", cycle_no=1, disbursed_on=date(2026, 5, 1), disbursed_amount=100)
    third = loan("y", cycle_no=3, disbursed_on=date(2026, 5, 1), disbursed_amount=100)
    assert counted(tmp_path, loans=[first, third]) == {"new": 1, "existing": 1}


def test_a_group_on_one_row_is_not_a_person(tmp_path: Path) -> None:
    group = loan("g", members=30, disbursed_on=date(2026, 5, 1))
    one = loan("x", disbursed_on=date(2026, 5, 1), cycle_no=1)
    assert counted(tmp_path, loans=[group, one]) == {"new": 1}


def test_a_real_store_says_the_same_as_the_views_of_the_prover(tmp_path: Path) -> None:
    made = drifting.people(np.random.default_rng(3), 400, {"women": -0.3})
    frames = drifting.tables(made)
    cursor = drifting.views()
    drifting.fill(cursor, frames)
    tables = {name: frame.drop(columns="institution_id").to_dict("records") for name, frame in frames.items()}
    store = opened(tmp_path, **{name: rows for name, rows in tables.items() if name != "institutions"})
    seen = telling.frame(drift.found(store.cursor(), {}, DAY)).drop(columns="name")
    pd.testing.assert_frame_equal(seen, telling.frame(drift.found(cursor, {}, DAY)).drop(columns="name"))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample."""
    folder = tmp_path_factory.mktemp("drift")
    fresh.sample(folder)
    return folder


def test_poverty_of_new_clients_is_the_indicators_own_figure(sample: Path, tmp_path: Path) -> None:
    store = fresh.open_copy(tmp_path)
    cursor = store.cursor()
    frame = values(cursor, SETTINGS, "institution", [DAY], indicators=["poverty_rate_new_clients"])
    gaps = drift.found(cursor, SETTINGS, DAY, "institution")[0].gaps
    assert next(gap.new for gap in gaps if gap.trait == "poor") == pytest.approx(float(frame["value"].iloc[0]))


def test_the_sample_drifts_from_its_rural_clients(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["--data", str(sample), "drift", "--by", "institution", "--format", "json"])
    rows = json.loads(capsys.readouterr().out)
    assert code == 0
    assert ("rural", "existing") in {(row["trait"], row["against"]) for row in rows if row["verdict"] == "drift"}


def test_the_command_says_each_drift_as_a_sentence(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--data", str(sample), "drift", "--by", "institution", "--say", "--format", "csv"])
    assert "New clients are less often rural" in capsys.readouterr().err


HEADS: list[tuple[str, Callable[[], list[Drift]]]] = [
    ("cannot be said", list),
    ("No drift found", lambda: [compared(shares("women", new=(90, 45), existing=(90, 45)))]),
    ("drift from the mission in 1 of 1", lambda: [compared(shares("women", new=(900, 300), existing=(900, 600)))]),
    (
        "but in 1 branch: North",
        lambda: [
            compared(shares("women", new=(90, 45), existing=(90, 45))),
            compared(shares("women", new=(900, 300), existing=(900, 600))),
        ],
    ),
]


@pytest.mark.parametrize(("says", "found"), HEADS)
def test_the_headline_is_the_one_finding(says: str, found: Callable[[], list[Drift]]) -> None:
    assert says in telling.headline(found(), "en")


def test_without_drift_nothing_is_found_in_a_dozen_institutions() -> None:
    assert rates(None, 12)[1] <= 1 / 12


@pytest.mark.many(4)
@pytest.mark.parametrize("planted", PLANTED)
def test_a_planted_drift_is_found(planted: str) -> None:
    assert rates(PLANTED[planted], 6)[0] >= 5 / 6
