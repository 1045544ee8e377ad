"""Whether those who speak are answered, counted by hand on a small institution; who stays silent, and who does not."""

import random
from collections.abc import Callable
from datetime import date

import pytest

from metrics import records, voices
from metrics.actions import ACTION
from metrics.policy import SETTINGS
from metrics.store import Scope, Store
from metrics.values import values
from metrics.voices.loop import Figure, Loop, loop
from metrics.voices.silence import FAR, Segment, judged, segments, silent
from metrics.voices.span import cells, clients, year_before
from tests import fresh
from tests.records import DAY, Row, opened

MONTH = date(2026, 9, 1)


def client(client_id: str, **other: object) -> Row:
    return {"client_id": client_id, "branch_id": "north", "gender": "F", "location": "rural", **other}


def complaint(complaint_id: str, **other: object) -> Row:
    given = {"received_on": MONTH, "branch_id": "north", "description": "They shouted at me.", "severity": 2}
    return {"complaint_id": complaint_id, **given, **other}


def statement(number: int, **other: object) -> Row:
    given = {"held_on": MONTH, "stakeholder": "community", "branch_id": "north", "statement": "So it is."}
    return {"event_id": "m1", "statement_no": number, **given, **other}


# 20 clients of north: 12 women, 8 men; one more who left and one who is still to come.
PEOPLE = [
    *(client(f"f{number}") for number in range(12)),
    *(client(f"m{number}", gender="M", location="urban", branch_id="south") for number in range(8)),
    client("left", exited_on=date(2026, 8, 1)),
    client("later", joined_on=date(2026, 10, 1)),
]
COMPLAINTS = [
    complaint("open", client_id="f1", severity=3),
    complaint("closed", client_id="f2", closed_on=date(2026, 9, 11), satisfied=True),
    complaint("untold", client_id="m1", branch_id="south", closed_on=date(2026, 9, 5), severity=4),
    complaint("afterwards", closed_on=date(2026, 10, 2), satisfied=True),  # after the day that is shown
    complaint("old", received_on=date(2025, 9, 30), closed_on=date(2025, 10, 20), satisfied=False),
    complaint("to come", received_on=date(2026, 10, 5)),
    # Closed in time to come again: the first did, within 90 days and by the same client.
    complaint("first", client_id="f3", received_on=date(2026, 3, 1), closed_on=date(2026, 3, 10), category="pricing"),
    complaint("again", client_id="f3", received_on=date(2026, 6, 8), closed_on=date(2026, 6, 20), category="pricing"),
    complaint("on the 90th day", received_on=date(2026, 6, 8), closed_on=None, category="pricing"),
]
STATEMENTS = [
    statement(1, answered_on=date(2026, 9, 20)), statement(2), statement(3, answered_on=date(2026, 10, 1)),
    statement(4, held_on=date(2025, 9, 30), answered_on=date(2025, 10, 2)),
]  # fmt: skip
SURVEYS = [
    {"survey_id": "s", "response_id": "1", "question_key": "nps", "answer_num": 9, "client_id": "f5",
     "answered_on": MONTH},
    {"survey_id": "s", "response_id": "2", "question_key": "suggestion", "answer_text": "Open early.",
     "client_id": "left", "answered_on": date(2026, 7, 1)},
]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("loop")
    made = opened(
        folder, clients=PEOPLE, complaints=COMPLAINTS, stakeholder_consultations=STATEMENTS, client_surveys=SURVEYS,
        branches=[{"branch_id": name, "branch_name": name} for name in ("north", "south")],
    )  # fmt: skip
    act = {"source": "client", "owner": "Head of operations", "action": "Retrain", "branch_id": "north",
           "due_on": "2026-09-20", "raised_on": "2026-09-02"}  # fmt: skip
    for name, more in {
        "told": {"done_on": "2026-09-10", "answered_on": "2026-09-12"},
        "waits": {"voices": ["complaints/open"]},
        "audit": {"source": "audit"},
    }.items():
        records.save(made, ACTION, name, act | more, "Ana")
    return made


@pytest.fixture(scope="module")
def found(store: Store) -> Loop:
    return loop(store.cursor(), DAY)


@pytest.mark.parametrize(
    ("name", "value", "n"),
    [
        ("heard_share", 5 / 20, 20),  # f1, f2, f3, m1 complained, f5 answered; who left is no client
        ("per_1000", 1000 * 8 / 20, 20),  # seven complaints of the year and one suggestion
        ("days_to_close", 10, 5),  # 4 9 10 12 20: closed in the year, whenever received
        ("closed", 4 / 7, 7),
        ("answered_complaints", 1 / 7, 7),  # told what was done: closed and asked
        ("answered_statements", 1 / 3, 3),
        ("answered_actions", 1 / 2, 2),  # nobody who spoke waits for an audit's action
        ("again_client", 1 / 2, 2),
        ("again_branch", 1 / 3, 3),
        ("acted", 1 / 2, 2),
        ("coded", 7 / 11, 11),
        ("linked", 7 / 11, 11),
    ],
)
def test_each_measure_of_the_loop_is_its_count_by_hand(name: str, value: float, n: int, found: Loop) -> None:
    figure = found.figure(name)
    assert (figure.value, figure.n) == (pytest.approx(value), n)


def test_a_part_with_fewer_than_ten_cases_or_clients_is_not_shown(found: Loop) -> None:
    shown = {(one.by, one.segment): one.status for one in found.figures if one.name == "heard_share"}
    assert shown["gender", "F"] == "ok"
    assert shown["gender", "M"] == shown["branch", "south"] == "too_few"
    assert found.figure("closed", "gender", "F") == Figure("closed", "gender", "F", None, 4, "too_few")


def test_a_share_of_nothing_is_missing_and_not_zero(tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = opened(tmp_path_factory.mktemp("empty"))
    figures = loop(empty.cursor(), DAY).figures
    assert {one.status for one in figures} == {"not_available"}
    assert {one.value for one in figures} == {None}


def test_each_scope_counts_its_own_branch(store: Store) -> None:
    own = loop(store.cursor(Scope(branches=("south",))), DAY)
    assert (own.figure("heard_share").n, own.figure("closed").n, own.figure("closed").value) == (8, 1, 1.0)


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 9, 30), date(2025, 10, 1)),
        (date(2025, 2, 28), date(2024, 3, 1)),
        (date(2024, 2, 29), date(2023, 3, 1)),
        (date(2026, 9, 14), date(2025, 9, 15)),
    ],
)
def test_twelve_months_end_with_the_day(day: date, first: date) -> None:
    assert year_before(day) == first


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return fresh.open_copy(tmp_path_factory.mktemp("sample"))


def test_the_measures_agree_with_the_indicators_of_the_same_name(sample: Store) -> None:
    named = {"feedback_coverage": "heard_share", "complaint_resolution_days": "days_to_close"}
    frame = values(sample.cursor(), SETTINGS, "institution", [DAY], indicators=list(named))
    ours = loop(sample.cursor(), DAY)
    theirs = dict(zip(frame["indicator"], frame["value"], strict=True))
    assert {name: ours.figure(own).value for name, own in named.items()} == pytest.approx(theirs)


def test_the_parts_of_a_kind_of_segment_are_counted_once_each(sample: Store) -> None:
    sizes, _ = clients(sample.cursor(), DAY)
    assert sum(n for (by, _), n in sizes.items() if by == "branch") == sizes["institution", ""]


def test_a_voice_belongs_to_the_segments_that_are_known_of_it(store: Store) -> None:
    voice = next(one for one in voices.listed(store.cursor()) if one.ref == "complaints/afterwards")
    assert cells(voice) == [("institution", ""), ("branch", "north")]


# Silence


def society(folder: object, spoke: Callable[[int], bool]) -> Store:
    """400 women and 400 men of two branches and two places; `spoke` says who of them complained."""
    people = [
        client(
            f"c{number}", gender="FM"[number % 2], branch_id=f"b{number % 4 // 2}",
            location=("rural", "urban")[number // 400],
        )
        for number in range(800)
    ]  # fmt: skip
    said = [complaint(f"k{n}", client_id=f"c{n}", branch_id=None) for n in range(800) if spoke(n)]
    return opened(folder, clients=people, complaints=said)


def test_a_segment_that_hardly_speaks_is_found_silent(tmp_path_factory: pytest.TempPathFactory) -> None:
    store = society(tmp_path_factory.mktemp("a"), lambda n: n % 2 == 1 and n % 5 == 0 or n % 50 == 0)
    found = silent(store.cursor(), DAY)
    assert [(one.by, one.name, one.n, one.of, one.clients) for one in found] == [("gender", "F", 16, 96, 400)]
    assert found[0].high < FAR * found[0].expected


def test_where_all_speak_alike_nobody_is_silent(tmp_path_factory: pytest.TempPathFactory) -> None:
    store = society(tmp_path_factory.mktemp("b"), lambda n: n // 4 % 5 == 0)
    assert silent(store.cursor(), DAY) == []


def test_a_client_who_complains_often_counts_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    people = [client(f"f{n}") for n in range(10)] + [client(f"m{n}", gender="M") for n in range(10)]
    said = [complaint(f"k{n}", client_id="f1") for n in range(9)] + [complaint("k9", client_id="m1")]
    store = opened(tmp_path_factory.mktemp("c"), clients=people, complaints=said)
    shares = {one.name: one.share for one in segments(store.cursor(), DAY) if one.by == "gender"}
    assert shares == {"F": 0.5, "M": 0.5}


def test_a_segment_of_fewer_than_ten_clients_is_not_looked_at(store: Store) -> None:
    assert {one.name for one in segments(store.cursor(), DAY)} == {"F", "rural", "north"}


def test_the_interval_of_each_segment_widens_with_the_number_of_segments_looked_at() -> None:
    sizes = {("gender", "F"): 50, ("gender", "M"): 50}
    more = {("branch", f"b{number}"): 25 for number in range(4)}
    spoke = {("gender", "FM"[person % 2], f"p{person}") for person in range(40)}
    spoke_more = {("branch", f"b{person % 4}", f"p{person}") for person in range(40)}
    alone, among = judged(sizes, spoke)[0], judged(sizes | more, spoke | spoke_more)
    same = next(one for one in among if (one.by, one.name) == (alone.by, alone.name))
    # Wilson with z = 2.2414 for two looks and z = 2.6383 for six, a half of 40 persons.
    assert (alone.low, alone.high) == pytest.approx((0.3330, 0.6670), abs=1e-4)
    assert (same.low, same.high) == pytest.approx((0.3075, 0.6925), abs=1e-4)


def test_segments_that_speak_alike_are_wrongly_found_silent_in_hardly_any_of_200_draws() -> None:
    wrong = sum(bool(drawn(random.Random(seed), 600)) for seed in range(200))
    assert wrong <= 200 * 0.05


def drawn(dice: random.Random, heard: int) -> list[Segment]:
    """What is found silent among `heard` persons who speak whatever their segment, 4 kinds of five segments."""
    sizes = {(by, f"{by}{number}"): 200 for by in ("branch", "gender", "location", "age_band") for number in range(5)}
    spoke = {
        (by, f"{by}{dice.randrange(5)}", f"p{person}")
        for person in range(heard)
        for by in ("branch", "gender", "location", "age_band")
    }
    return [one for one in judged(sizes, spoke) if one.silent]
