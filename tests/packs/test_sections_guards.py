"""What a section must not say, on data where it could: answers to one alone, names in answers, meaningless figures."""

import datetime
from dataclasses import replace

import pytest

from metrics.actions import Action
from metrics.appetite.breaches import Breach
from metrics.catalogue import indicators
from metrics.packs.asked import Asked
from metrics.packs.description import Part
from metrics.packs.model import Chart, Number
from metrics.packs.refs import parsed, ref
from metrics.packs.sections import chart, live, weights
from metrics.packs.sections.breaches import Broken
from metrics.voices import listed
from metrics.voices.span import year_before
from metrics.words import say
from tests import packing
from tests.packs.two import asked, made, numbers, section, tables, texts

DAY, MAY = datetime.date(2026, 9, 30), datetime.date(2026, 5, 4)


def acted(*known: Action) -> Asked:
    """The sample with other actions than its own."""
    own = packing.asked()
    own.once("actions", lambda: list(known))
    return own


def told(answer: str, **more: object) -> Action:
    given = {"raised_on": MAY, "done_on": MAY, "answered_on": MAY, "branch_id": "kolo", **more}
    return Action(answer, answer=answer, action="Do it", **given)  # type: ignore[arg-type]


def test_an_answer_to_one_alone_is_theirs_and_names_and_numbers_in_others_are_hidden() -> None:
    one = told("We paid you back on the spot", voices=("complaints/C-1",))
    many = told("Ask at the desk of Kolo, call +226 70 11 22 33", voices=("complaints/C-1", "complaints/C-2"))
    said = texts(made("voices", acted(one, many)))
    assert "on the spot" not in said
    assert "Ask at the desk" in said and "70 11 22 33" not in said


def test_a_voice_of_the_first_day_of_the_year_counts_in_this_year_alone() -> None:
    own = packing.asked()
    since = year_before(own.day)
    first = next(one for one in listed(own.cursor) if one.kind == "complaint")
    own.once("voices", lambda: [replace(first, day=since), replace(first, day=since - datetime.timedelta(days=1))])
    shown = tables(made("voices", replace(own, threshold=0)))["voices"].rows[0]
    assert [cell.value for cell in shown[1:3] if isinstance(cell, Number)] == [1, 1]


def test_what_is_done_after_the_packs_day_is_not_done_yet() -> None:
    later = DAY + datetime.timedelta(days=3)
    known = [told(name, done_on=day) for name, day in (("a", DAY), ("b", later))]
    found = {parsed(one.ref)[0]: one.value for one in numbers(made("breaches", acted(*known))) if one.ref}
    assert found["actions_done"] == 1


def test_a_breach_that_began_on_the_day_of_the_meeting_is_not_new() -> None:
    begun = [
        Breach("par30", "branch", "kolo", "Kolo", "red", 0.2, 0.1, False, since, DAY, 2, None, 90, False)
        for since in (MAY, MAY + datetime.timedelta(days=1))
    ]
    assert Broken((), begun, (), MAY).new(begun) == begun[1:]


def test_the_weights_of_a_pillar_make_up_its_share_of_the_balance() -> None:
    own = packing.asked()
    own = replace(own, picture=replace(own.picture, social=30.0))
    (table,) = weights.weights(own)
    sums = {"financial": 0.0, "social": 0.0}
    for row in table.rows:
        pillar = next(name for name in sums if say("en", f"documents.side_{name}") == row[0])
        assert isinstance(row[3], Number)
        sums[pillar] += row[3].value or 0.0
    assert sums == pytest.approx({"financial": 0.7, "social": 0.3})


def test_the_figures_of_staff_stand_beside_those_of_the_meeting_before() -> None:
    own = asked()
    before = own.picture.before_period
    assert before is not None
    then, seen = own.whole(before), 0
    for row in tables(section("staff"))["staff"].rows:
        earlier = row[2]
        assert isinstance(earlier, Number)
        if earlier.value is not None:
            assert earlier.value == then[parsed(earlier.ref)[0]].value
            seen += 1
    assert seen > 4


def test_who_stays_of_a_cycle_is_told_nowhere() -> None:
    staying = [one for one in numbers(section("segments")) if one.ref.startswith("retention_rate|")]
    of_cycles = [one for one in staying if "cycle=" in one.ref]
    assert of_cycles and all(one.value is None for one in of_cycles)
    assert any(one.value is not None for one in staying)


@pytest.mark.parametrize("name", ["par30", "nps"])
def test_the_bars_of_a_chart_begin_with_the_worst_unit(name: str) -> None:
    found = chart.section(asked(), Part("chart", "chart", {"indicator": name, "chart": "units"}))
    assert found is not None
    (drawn,) = found.blocks
    assert isinstance(drawn, Chart)
    shown = [value for value in drawn.series[0].values if value is not None]
    assert len(shown) > 5 and shown == sorted(shown, reverse=indicators()[name].better == "lower")


def test_the_live_balance_names_no_cap_by_a_figure_that_is_kept_back() -> None:
    own = packing.asked()
    first, second, *rest = (replace(unit, capped="par30") for unit in own.picture.units)
    own = replace(own, picture=replace(own.picture, units=(first, second, *rest)))
    kept = replace(own, hidden=frozenset({ref("par30", DAY, branch=first.id)}))
    said = {one["id"]: one["capped"] for one in live.live(kept).data["units"]}
    assert (said[first.id], said[second.id]) == ("", "PAR30")
