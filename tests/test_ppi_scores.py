"""Survey answers -> points -> likelihoods -> poverty rates: matched, weighted, of active clients, by line and round."""

import datetime
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from metrics import measures, ppi
from metrics.errors import OpenQuestion
from metrics.intervals import wilson
from metrics.policy import SETTINGS
from metrics.ppi.answers import in_use, unmatched
from metrics.store import Store
from metrics.values import values
from tests.records import DAY, Row, land, loan, opened
from tests.scorecards import LINES, QUESTIONS, Book, save

NATIONAL, DOLLAR = LINES
ROUND = datetime.date(2026, 9, 5)
BEFORE = datetime.date(2025, 9, 5)


def answered(client: str, *texts: str, on: datetime.date = ROUND, **other: object) -> list[Row]:
    """One respondent's answers to question 1, 2 ..., of a named client."""
    given = {"survey_id": str(on.year), "response_id": client, "client_id": client, "survey_type": "ppi", **other}
    return [
        {**given, "answered_on": on, "question_key": f"ppi_{no}", "answer_text": text}
        for no, text in enumerate(texts, start=1)
    ]


def likelihood(score: int, line: str = NATIONAL) -> float:
    """The likelihood that the test's own look-up table gives."""
    return 0.8 - score / 125 if line == NATIONAL else 0.5 - score / 200


def started(folder: Path, book: Book | None = None, **tables: list[Row]) -> Store:
    """A store with a scorecard, a branch north in Zou with loans of some clients, and these rows."""
    rows = {"loans": [loan(str(no)) for no in range(1, 13)], **tables}
    branches: list[Row] = [{"branch_id": "north", "branch_name": "North", "region": "ZOU"}]
    clients = rows.pop("clients", [{"client_id": f"c{no}", "branch_id": "north"} for no in range(1, 13)])
    store = opened(folder / "data", branches=branches, clients=clients, **rows)
    ppi.land(store, ppi.read(save(folder / "utopia.xlsx", book or Book())), "test")
    return store


def figures(store: Store, indicator: str, line: str = "", by: str = "institution") -> Mapping[str, object]:
    """The newest row of an indicator's values."""
    frame = values(store.cursor(), {**SETTINGS, "poverty_line": line}, by, indicators=[indicator])
    return dict(frame[frame["period"] == frame["period"].max()].iloc[0])


def rate(store: Store, line: str = "") -> object:
    return figures(store, "poverty_rate_clients", line)["value"]


SAME = ("B. Zou", "b. zou", "Zou", "ZOÚ", "B", "b.", " zou. ")


@pytest.mark.many
@pytest.mark.parametrize("text", SAME)
def test_case_accents_and_the_letter_of_a_response_are_forgiven(tmp_path: Path, text: str) -> None:
    store = started(tmp_path, client_surveys=answered("c1", text, "A. Yes"))
    assert rate(store) == pytest.approx(likelihood(80))


@pytest.mark.many
@pytest.mark.parametrize("text", ["Ou?m?", "A. Ou?m?", "Ou\ufffdm\ufffd", "Oueme"])
def test_a_letter_lost_on_the_way_is_forgiven_where_one_response_fits(tmp_path: Path, text: str) -> None:
    store = started(tmp_path, client_surveys=answered("c1", text, "Yes"))
    assert rate(store) == pytest.approx(likelihood(60))


def test_points_are_added_for_each_line_apart(tmp_path: Path) -> None:
    store = started(tmp_path, client_surveys=answered("c1", "Zou", "Yes"))
    assert rate(store, NATIONAL) == pytest.approx(likelihood(20 + 60))
    assert rate(store, DOLLAR) == pytest.approx(likelihood(30 + 50, DOLLAR))
    assert pd.isna(rate(store, "$3.65/day 2017 PPP"))


def test_trap_a_poverty_rate_is_the_mean_of_likelihoods_not_the_likelihood_of_the_mean_score(tmp_path: Path) -> None:
    curve = tuple((0.9 if score < 50 else 0.1, 0.4) for score in range(101))
    surveys = [*answered("c1", "Ouémé", "No"), *answered("c2", "Ouémé", "Yes"), *answered("c3", "Mono", "Yes")]
    store = started(tmp_path, Book(table=curve), client_surveys=surveys)
    assert rate(store) == pytest.approx((0.9 + 0.1 + 0.1) / 3)


@pytest.mark.many
@pytest.mark.parametrize("texts", [("Paris", "Yes"), ("?", "Yes"), ("Zou",), ("Zou", "Yes", "Yes"), ("ou", "Yes")])
def test_answers_that_fit_no_version_are_set_aside_counted_and_named(tmp_path: Path, texts: tuple[str, ...]) -> None:
    store = started(tmp_path, client_surveys=[*answered("c1", *texts), *answered("c2", "Zou", "Yes")])
    assert rate(store) == pytest.approx(likelihood(80))
    kept = store.cursor().execute("SELECT sum(ppi_unscored) FROM measures.poverty").fetchall()
    assert kept == [(1.0,)]
    named = unmatched(store.cursor())
    wrong = [text for no, text in enumerate(texts) if no > 1 or text in ("Paris", "?", "ou")]
    assert list(named["answer"]) == wrong


def test_a_letter_that_stands_before_two_responses_matches_neither(tmp_path: Path) -> None:
    twice = (*QUESTIONS[:2], (1, "Where?", "B. Borgou", (40, 50)), *QUESTIONS[3:])
    store = started(tmp_path, Book(responses=twice), client_surveys=answered("c1", "B", "Yes"))
    assert pd.isna(rate(store))
    assert list(unmatched(store.cursor())["answer"]) == ["B"]


def test_a_version_is_known_by_the_number_of_its_questions(tmp_path: Path) -> None:
    short = Book(card_sheet="Card 1Q", lookup_sheet="Table 1Q", responses=QUESTIONS[:3],
                 table=tuple((0.3, 0.2) for _ in range(101)))  # fmt: skip
    long = Book(card_sheet="Card 2Q", lookup_sheet="Table 2Q")
    store = opened(tmp_path / "data", client_surveys=[*answered("c1", "Zou"), *answered("c2", "Zou", "Yes")])
    ppi.land(store, ppi.read(save(tmp_path / "two.xlsx", long, short)), "test")
    assert rate(store) == pytest.approx((0.3 + likelihood(80)) / 2)


def score(client: str, points: float) -> Row:
    return {**answered(client, "")[0], "question_key": "ppi_score", "answer_num": points, "answer_text": None}


def test_a_ready_score_is_used_only_where_all_lines_share_their_points(tmp_path: Path) -> None:
    shared = tuple((no, question, response, (points[0],) * 2) for no, question, response, points in QUESTIONS)
    assert pd.isna(rate(started(tmp_path / "apart", client_surveys=[score("c1", 40)])))
    store = started(tmp_path / "shared", Book(responses=shared), client_surveys=[score("c1", 40)])
    assert rate(store) == pytest.approx(likelihood(40))


def test_only_active_clients_count_each_by_the_newest_answers_of_three_years(tmp_path: Path) -> None:
    surveys = [
        *answered("c1", "Ouémé", "No", on=BEFORE), *answered("c1", "Zou", "Yes"),
        *answered("c2", "Ouémé", "No", on=datetime.date(2023, 9, 30)),
        *answered("c9", "Ouémé", "No"),
    ]  # fmt: skip
    loans = [loan("1"), loan("2"), loan("9", 0.0, status="closed")]
    store = started(tmp_path, loans=loans, client_surveys=surveys)
    assert rate(store) == pytest.approx(likelihood(80))
    found = figures(store, "ppi_coverage")
    assert (found["value"], found["n"]) == (0.5, 2)


def test_survey_weights_move_the_rate_and_widen_the_interval(tmp_path: Path) -> None:
    def store(folder: str, weight: float) -> Store:
        surveys = [*answered("c1", "Ouémé", "No", weight=weight), *answered("c2", "Mono", "Yes")]
        return started(tmp_path / folder, client_surveys=surveys)

    even, uneven = (figures(store(name, w), "poverty_rate_clients") for name, w in (("even", 1.0), ("uneven", 3.0)))
    assert even["value"] == pytest.approx(0.4) and uneven["value"] == pytest.approx(0.6)
    assert float(str(even["high"])) - float(str(even["low"])) > 0.8
    low, high = wilson(pd.Series([0.6]).to_numpy(), pd.Series([4.0**2 / 10]).to_numpy())
    assert (uneven["low"], uneven["high"]) == (pytest.approx(low[0]), pytest.approx(high[0]))


def test_concentration_compares_with_the_region_else_the_country_and_says_nothing_without_either(
    tmp_path: Path,
) -> None:
    rates = (
        ("Household", "National", 0.2, 0.1),
        ("Headcount", "Zou", 0.5, 0.4),
        ("Household", "Region 2 - Zou", 0.32, 0.05),
    )
    surveys = answered("c1", "Zou", "Yes")
    here = started(tmp_path / "here", Book(rates=rates), client_surveys=surveys)
    assert figures(here, "poverty_concentration")["value"] == pytest.approx(likelihood(80) / 0.32)
    away = [{"client_id": "c1", "branch_id": "south"}]
    there = started(tmp_path / "away", Book(rates=rates), clients=away, client_surveys=surveys)
    assert figures(there, "poverty_concentration")["value"] == pytest.approx(likelihood(80) / 0.2)
    none = started(tmp_path / "none", client_surveys=surveys)
    assert figures(none, "poverty_concentration")["status"] == "not_available: needs ppi_rates.rate"


def test_new_clients_are_those_who_joined_in_the_last_twelve_months(tmp_path: Path) -> None:
    joined = {"c1": datetime.date(2026, 3, 1), "c2": datetime.date(2025, 9, 30)}
    clients = [{"client_id": c, "branch_id": "north", "joined_on": on} for c, on in joined.items()]
    surveys = [*answered("c1", "Zou", "Yes"), *answered("c2", "Ouémé", "No")]
    found = figures(started(tmp_path, clients=clients, client_surveys=surveys), "poverty_rate_new_clients")
    assert (found["value"], found["n"]) == (pytest.approx(likelihood(80)), 1)


def test_change_is_between_the_two_newest_rounds_with_the_interval_of_a_difference(tmp_path: Path) -> None:
    surveys = [
        row
        for no in range(1, 13)
        for row in (*answered(f"c{no}", "Zou", "No", on=BEFORE), *answered(f"c{no}", "Mono", "No"))
    ]
    surveys += answered("c1", "Ouémé", "No", on=datetime.date(2024, 1, 5))
    found = figures(started(tmp_path, client_surveys=surveys), "poverty_change")
    newest, earlier = likelihood(40), likelihood(20)
    assert found["value"] == pytest.approx(newest - earlier)
    half = 1.959964 * ((newest * (1 - newest) + earlier * (1 - earlier)) / 12) ** 0.5
    assert found["high"] == pytest.approx(newest - earlier + half, abs=1e-6)
    assert found["n"] == 12


def test_one_round_has_no_change(tmp_path: Path) -> None:
    store = started(tmp_path, client_surveys=answered("c1", "Zou", "Yes"))
    assert str(figures(store, "poverty_change")["status"]).startswith("not_available")


def test_a_scorecard_lands_once_the_last_landed_is_in_use_and_an_undone_one_is_gone(tmp_path: Path) -> None:
    store = started(tmp_path, client_surveys=answered("c1", "Zou", "Yes"))
    first = ppi.read(tmp_path / "utopia.xlsx")
    batch, repeated = ppi.land(store, first, "test")
    assert repeated
    newer = ppi.read(save(tmp_path / "newer.xlsx", Book(title="Utopia 2030 PPI", table=((0.9, 0.9),) * 101)))
    second, repeated = ppi.land(store, newer, "test")
    assert not repeated and second > batch
    assert rate(store) == pytest.approx(0.9)
    assert [(card.scorecard, card.lines, card.others) for card in in_use(store.cursor())] == [
        ("Utopia 2030 PPI", LINES, ("Utopia 2025 PPI",))
    ]
    store.rollback(second, after=measures.build)
    assert rate(store) == pytest.approx(likelihood(80))


def test_a_scorecard_without_an_institution_makes_one_and_several_are_asked_for(tmp_path: Path) -> None:
    workbook = ppi.read(save(tmp_path / "utopia.xlsx", Book()))
    alone = Store.open(tmp_path / "alone")
    ppi.land(alone, workbook, "test")
    assert alone.cursor().execute("SELECT institution_id FROM institutions").fetchall() == [("own",)]
    both = opened(tmp_path / "both")
    land(both, institution="other", institutions=[{"institution_name": "Other", "currency": "XOF"}])
    with pytest.raises(OpenQuestion):
        ppi.land(both, workbook, "test")
    ppi.land(both, workbook, "test", "other")
    assert both.cursor().execute("SELECT DISTINCT institution_id FROM ppi_lookups").fetchall() == [("other",)]


def test_clients_without_a_loan_book_count_until_they_leave(tmp_path: Path) -> None:
    clients = [
        {"client_id": "c1", "branch_id": "north"},
        {"client_id": "c2", "branch_id": "north", "exited_on": datetime.date(2026, 9, 20)},
    ]
    surveys = [*answered("c1", "Zou", "Yes"), *answered("c2", "Ouémé", "No")]
    store = opened(tmp_path / "data", clients=clients, client_surveys=surveys)
    ppi.land(store, ppi.read(save(tmp_path / "utopia.xlsx", Book())), "test")
    assert rate(store) == pytest.approx(likelihood(80))
    assert DAY.month == ROUND.month
