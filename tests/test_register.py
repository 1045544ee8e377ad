"""The register: both legs of every risk, a suggestion that follows the data, a person's word, a whole history."""

import itertools
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics import catalogue, policy, records
from metrics.errors import EvenkeelError
from metrics.policy import Policy
from metrics.register import RISK, changes, driving, find, next_body, starters, titles
from metrics.register.driving import Push
from metrics.register.reviewing import reviewed
from metrics.register.risk import Risk, risk_of
from metrics.register.scales import Place, Rule, level, likelihood_name
from metrics.register.standing import Standing, register
from metrics.store import Store
from tests import fresh
from tests.records import loan, opened

EQUAL = policy.load("equal")
NUMBERS = itertools.count(1)
KEPT: dict[str, Any] = dict(starters()["conduct"].body)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """An institution of two loans, shared: each test writes risks of its own."""
    made = opened(tmp_path_factory.mktemp("register"), loans=[loan("1", 900), loan("2", 100, days_past_due=45)])
    yield made
    made.close()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample institution."""
    made = fresh.open_copy(tmp_path_factory.mktemp("sample"))
    yield made
    made.close()


def save(store: Store, body: Mapping[str, Any], risk_id: str = "", seen: int = 0, who: str = "Ana") -> records.Record:
    """A risk written down; without an id it gets one that nobody has."""
    return records.save(store, RISK, risk_id or f"own-{next(NUMBERS)}", body, who, "because", seen)


def standing(store: Store, risk_id: str, used: Policy = EQUAL) -> Standing:
    """Where a risk stands now."""
    return next(one for one in register(store.cursor(), used).standings if one.risk.id == risk_id)


# the starter register


def test_there_are_more_than_twenty_risks_and_those_of_the_sample_are_among_them(store: Store) -> None:
    known = titles(store.cursor(), "en")
    assert len(starters()) > 20
    assert {"conduct", "service_fit", "human_resources", "over_indebtedness", "accountability", "credit",
            "data_quality", "legal"} <= known.keys()  # fmt: skip


@pytest.mark.parametrize("name", list(starters()))
def test_a_shipped_risk_has_both_legs_in_both_languages_and_an_indicator_that_can_press(name: str) -> None:
    one = starters()[name]
    begins = {"en": ("The risk of financial losses", "The risk of harm to"),
              "fr": ("Le risque de pertes financières", "Le risque de nuire")}  # fmt: skip
    for language, (money, people) in begins.items():
        assert one.texts[language]["financial"].startswith(money)
        assert one.texts[language]["social"].startswith(people)
    known = catalogue.indicators()
    assert any(known[indicator].limits for indicator in one.body["indicators"])


@pytest.mark.many(4)
@pytest.mark.parametrize("name", list(starters()))
def test_a_shipped_risk_passes_the_check_of_a_written_one(store: Store, name: str) -> None:
    assert save(store, starters()[name].body).version == 1


def test_a_shipped_text_is_read_in_the_readers_language_and_a_written_one_stays(store: Store) -> None:
    one = find(store.cursor(), "climate", "fr")
    assert one is not None
    save(store, next_body(one, {"owner": "Awa"}), "climate")
    read = find(store.cursor(), "climate", "fr")
    assert read is not None
    assert (read.title, read.owner) == (starters()["climate"].texts["fr"]["title"], "Awa")
    assert [change.field for change in changes(store.cursor(), "climate")] == ["owner"]


def test_harm_is_the_share_harmed_by_the_square_of_how_badly() -> None:
    assert Place(0.5, 0.03, 0.2, 2).harm == pytest.approx(100 * 0.2 * 0.25)


def test_the_higher_leg_counts_or_both_by_weight() -> None:
    place = Place(0.5, 0.03, 0.2, 2)
    assert Rule().expected(place) == pytest.approx(2.5)
    assert Rule("weighted", 0.25).expected(place) == pytest.approx(0.5 * (0.75 * 3 + 0.25 * 5))
    assert (Rule().leg(place), Rule("weighted", 0.0).leg(place)) == ("social", "financial")


def test_names_begin_at_their_figures() -> None:
    assert [likelihood_name(x) for x in (0.01, 0.05, 0.2, 0.5, 0.8)] == [
        "rare", "unlikely", "possible", "likely", "almost_certain"
    ]  # fmt: skip
    assert [level(x) for x in (0.49, 0.5, 2.0, 5.0)] == ["low", "moderate", "high", "severe"]


@pytest.mark.parametrize(
    ("better", "value", "amber", "red", "pressure"),
    [
        ("lower", 0.05, 0.05, 0.10, 0.0),
        ("lower", 0.075, 0.05, 0.10, 0.5),
        ("lower", 0.20, 0.05, 0.10, 1.0),
        ("higher", 0.65, 0.70, 0.60, 0.5),
        ("higher", 0.90, 0.70, 0.60, 0.0),
        ("band", 0.55, (0.0, 0.5), (-0.1, 0.6), 0.5),
        ("band", -0.05, (0.0, 0.5), (-0.1, 0.6), 0.5),
        ("band", 2.0, (0.7, 1.3), None, 0.5),
        ("lower", 1.0, 0.0, 0.0, 1.0),
        ("lower", 0.3, 0.2, None, 0.5),
        ("lower", 0.3, None, 0.2, 1.0),
        ("lower", 0.3, None, None, None),
    ],
)
def test_a_value_presses_by_where_it_stands_between_amber_and_red(
    better: str, value: float, amber: Any, red: Any, pressure: float | None
) -> None:
    assert driving.pressing(better, value, amber, red) == (None if pressure is None else pytest.approx(pressure))


def push(pressure: float | None) -> Push:
    """An indicator that presses so much."""
    return Push("par30", 0.1, 10, None, 0.05, 0.1, "", "", pressure, pressure)


def test_the_worst_and_the_average_press_alike_and_who_says_nothing_does_not_count() -> None:
    assert driving.pressure([push(1.0), push(0.0), push(0.5), push(None)]) == pytest.approx((1.0 + 0.5) / 2)
    assert driving.pressure([push(None)]) is None


def test_the_likelihood_goes_from_the_targets_to_the_inherent_ones() -> None:
    inherent, target = Place(0.4, 0, 0, 1), Place(0.1, 0, 0, 1)
    assert [driving.suggested(inherent, target, x) for x in (0.0, 0.5, 1.0)] == pytest.approx([0.1, 0.2, 0.4])


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 1), st.floats(0.01, 1))
def test_more_pressure_never_lowers_the_likelihood(one: float, two: float, low: float, high: float) -> None:
    target, inherent = Place(min(low, high), 0, 0, 1), Place(max(low, high), 0, 0, 1)
    less, more = (driving.suggested(inherent, target, x) for x in sorted((one, two)))
    assert target.likelihood - 1e-9 <= less <= more + 1e-9 <= inherent.likelihood + 2e-9


MONTHS = (date(2026, 3, 31), date(2026, 9, 30))


def of_late(folder: Path, before: float, now: float) -> dict[str, Push]:
    """What drives the risk of credit where so many of 1,000 were late six months ago, and are now."""
    rows = [
        loan(f"{name}{late}", amount, as_of=day, days_past_due=late)
        for day, share in zip(MONTHS, (before, now), strict=True)
        for name, late, amount in (("a", 0, 1000 - share), ("b", 45, share))
    ]
    made = opened(folder, loans=rows)
    try:
        return driving.pushes(made.cursor(), EQUAL, MONTHS[1], starters()["credit"].body["indicators"])
    finally:
        made.close()


def test_the_suggestion_follows_the_data_of_a_small_institution(tmp_path: Path) -> None:
    one = risk_of("credit", starters()["credit"].body)
    found = []
    for before, now in ((20.0, 20.0), (60.0, 60.0), (60.0, 120.0)):
        pressed = driving.pressure(of_late(tmp_path / f"{now}", before, now).values())
        assert pressed is not None
        found.append(driving.suggested(one.inherent, one.target, pressed))
    assert one.target.likelihood <= found[0] < found[1] < found[2] <= one.inherent.likelihood


def test_of_two_with_the_same_figure_the_one_that_worsened_presses_more(tmp_path: Path) -> None:
    par = [of_late(tmp_path / f"{before}", before, 70.0)["par30"] for before in (90.0, 50.0)]
    assert [one.now for one in par] == pytest.approx([0.4, 0.4])
    assert [one.pressure for one in par] == pytest.approx([(0.4 + 0.0) / 2, (0.4 + 0.8) / 2])
    assert [one.trend for one in par] == ["better", "worse"]


def test_what_is_linked_to_nothing_measured_stands_nowhere_and_is_never_at_zero(store: Store) -> None:
    one = standing(store, "staff_safety")
    assert (one.now, one.suggested, one.state) == (None, None, "unknown")
    assert "unknown" in one.needs and not one.above


# a person's word


def test_a_confirmed_likelihood_apart_from_the_suggestion_needs_a_reason(store: Store) -> None:
    one = standing(store, "credit")
    with pytest.raises(EvenkeelError) as raised:
        reviewed(one, Place(0.9, 0.1, 0.1, 2), date(2026, 9, 30), date(2026, 10, 5), "  ")
    assert raised.value.key == "register.no_reason"


def test_what_was_confirmed_stands_until_the_data_move_and_keeps_what_the_person_knew(store: Store) -> None:
    one = standing(store, "credit")
    assert one.suggested
    place = Place(round(one.suggested / 2, 4), 0.1, 0.1, 2)
    body = reviewed(one, place, date(2026, 9, 30), date(2026, 10, 5), "half of it is one client who has paid since")
    save(store, body, "credit")
    kept = standing(store, "credit")
    assert (kept.state, kept.now, kept.before) == ("confirmed", place, None)
    lax = policy.Policy(**{**vars(EQUAL), "limits": {"par30": (0.5, 0.9), "vintage_par": (0.5, 0.9)}})
    moved = standing(store, "credit", lax)
    assert moved.suggested and moved.now
    assert moved.state == "moved"
    assert moved.now.likelihood == pytest.approx(moved.suggested * place.likelihood / (body["suggested"]), rel=1e-3)


def test_a_review_without_a_day_is_refused(store: Store) -> None:
    place = {"residual_likelihood": 0.2, "residual_loss": 0.1, "residual_harmed": 0.1, "residual_severity": 2}
    with pytest.raises(EvenkeelError) as raised:
        save(store, {**KEPT, **place})
    assert raised.value.key == "register.no_review_day"


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"indicators": []}, "records.empty"),
        ({"indicators": "par30"}, "register.linked_to_nothing"),
        ({"indicators": ["par3"]}, "register.unknown_indicator"),
        ({"category": "persons"}, "register.unknown_category"),
        ({"velocity": "day"}, "register.unknown_velocity"),
        ({"target_likelihood": 0.7}, "register.target_beyond"),
        ({"target_loss": 0.5}, "register.target_beyond"),
        ({"inherent_likelihood": 0}, "register.outside_likelihood"),
        ({"inherent_likelihood": 60}, "register.outside_likelihood"),
        ({"inherent_loss": -0.1}, "register.outside_loss"),
        ({"inherent_harmed": 1.5}, "register.outside_harmed"),
        ({"target_severity": 5}, "register.outside_severity"),
        ({"tolerance": 0.5}, "register.bad_tolerance"),
        ({"residual_likelihood": 0.2}, "register.half_a_place"),
        ({"target_likelihood": None}, "records.empty"),
        ({"social": ""}, "records.empty"),
        ({"financial": ""}, "records.empty"),
    ],
)
def test_a_risk_that_cannot_be_is_refused_with_a_sentence(store: Store, change: dict[str, Any], key: str) -> None:
    with pytest.raises(EvenkeelError) as raised:
        save(store, {**KEPT, **change})
    assert raised.value.key == key
    assert raised.value.text("en") != raised.value.text("fr")


def test_an_unknown_indicator_is_refused_with_the_nearest_one(store: Store) -> None:
    with pytest.raises(EvenkeelError, match="par30"):
        save(store, {**KEPT, "indicators": ["par3"]})


# the sample: order, movement, the register of an earlier day


def test_the_most_urgent_stands_first_and_whatever_is_above_its_appetite_before_the_rest(sample: Store) -> None:
    found = register(sample.cursor(), EQUAL)
    above = [one.above for one in found.standings]
    excess = [round(one.excess, 2) for one in found.above]
    assert above == sorted(above, reverse=True)
    assert excess == sorted(excess, reverse=True)
    assert 0 < len(found.above) < len(found.standings)


def test_arrows_begin_at_the_last_review_on_earlier_data(sample: Store) -> None:
    found = {one.risk.id: one for one in register(sample.cursor(), EQUAL).standings}
    twice, once, never = found["conduct"], found["reputation"], found["climate"]
    assert (twice.since, once.since, never.since) == (date(2026, 6, 30), date(2026, 6, 30), None)
    assert (twice.risk.reviewed_on, twice.trend) == (date(2026, 9, 30), "worse")
    assert never.trend == ""


def test_an_earlier_date_shows_the_register_as_it_stood_then(sample: Store) -> None:
    then = register(sample.cursor(), EQUAL, period=date(2026, 6, 30))
    conduct = next(one for one in then.standings if one.risk.id == "conduct")
    assert (conduct.risk.version, conduct.before) == (1, None)
    assert conduct.now == conduct.risk.residual


def test_reviews_that_are_due_are_told_overdue(sample: Store) -> None:
    found = {one.risk.id: one.overdue for one in register(sample.cursor(), EQUAL).standings}
    assert (found["conduct"], found["climate"]) == (False, False)
    later = Risk(**{**vars(standing(sample, "conduct").risk), "reviewed_on": date(2026, 3, 31), "review_months": 3})
    assert later.review_due == date(2026, 6, 30)
