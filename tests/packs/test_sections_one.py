"""The pack's sections of figures and of method: every number the engine's, what is kept back told nowhere."""

import datetime
import math
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

import pandas as pd
import pytest

from metrics import values
from metrics.catalogue import indicators
from metrics.packs import cells, compose, description
from metrics.packs.asked import NOTHING, Comment, Found
from metrics.packs.description import Part
from metrics.packs.model import HIDDEN, Chart, Number, Pack, Section, Signature, Table, Text, numbers
from metrics.packs.refs import parsed, ref
from metrics.packs.sections import colours, headline, method, tradeoffs
from metrics.packs.sections.colours import Row
from metrics.score import score_leaves
from metrics.words import LANGUAGES, month, say
from tests import packing

DAY = datetime.date(2026, 9, 30)
One = TypeVar("One")


def section(pack: Pack, kind: str) -> Section:
    return next(one for one in pack.sections if one.kind == kind)


def tables(found: Section) -> list[Table]:
    blocks = (block.table if isinstance(block, Chart) else block for block in found.blocks)
    return [block for block in blocks if isinstance(block, Table)]


def block(found: Section, kind: type[One]) -> One:
    return next(one for one in found.blocks if isinstance(one, kind))


def known(by: str) -> Mapping[tuple[str, str], tuple[float, float]]:
    """Value and n by unit and indicator, straight from the engine."""
    asked = packing.asked()
    rows = values.values(asked.cursor, asked.policy.settings, by=by, periods=[DAY])
    found = rows[["unit", "indicator", "value", "n"]].itertuples(index=False, name=None)
    return {(unit, name): (value, n) for unit, name, value, n in found}


@pytest.mark.parametrize("kind", ["colours", "annex"])
def test_every_figure_is_the_engines_to_the_last_digit(kind: str) -> None:
    whole, parts = {name: pair for (_, name), pair in known("institution").items()}, known("branch")
    seen = 0
    for found, number in numbers(packing.pack("en")):
        name, day, place = parsed(number.ref) if number.ref else ("", "", ())
        if found.kind != kind or name not in indicators() or day != DAY.isoformat() or number.hidden:
            continue
        value, n = parts.get((place[0][1], name), (math.nan, math.nan)) if place else whole[name]
        if number.unit in ("status", "count") and indicators()[name].unit != "count":
            continue
        assert number.value == (None if math.isnan(value) else pytest.approx(value, rel=1e-11))
        assert number.n == (None if math.isnan(n) else int(n))
        seen += 1
    assert seen >= (16 if kind == "colours" else 1000)


def test_a_change_is_the_difference_of_two_dates_in_the_indicators_own_unit() -> None:
    asked = packing.asked()
    before = asked.picture.before_period
    assert before is not None
    rows = values.values(asked.cursor, asked.policy.settings, "institution", [DAY, before], indicators=["par30"])
    then, now = (float(rows[rows["period"] == day]["value"].iloc[0]) for day in (before, DAY))
    (row,) = [row for row in tables(section(packing.pack("en"), "colours"))[0].rows if "PAR30" in str(row[0])]
    moved = row[4]
    assert isinstance(moved, Number)
    assert moved.value == pytest.approx(now - then, rel=1e-11)
    assert (moved.unit, moved.text) == ("points", f"+{(now - then) * 100:.1f} points, worse")


@pytest.mark.parametrize(
    ("better", "now", "then", "word"),
    [
        ("lower", 0.2, 0.1, "worse"),
        ("lower", 0.1, 0.2, "better"),
        ("higher", 0.2, 0.1, "better"),
        ("lower", 0.1, 0.1, "unchanged"),
    ],
)
def test_a_change_says_whether_it_is_better_or_worse(better: str, now: float, then: float, word: str) -> None:
    indicator = replace(indicators()["par30"], better=better)
    pair = (NOTHING._replace(value=now), NOTHING._replace(value=then))
    assert cells.change(packing.asked(), indicator, *pair, DAY).text.endswith(word)


def test_a_change_is_kept_back_with_either_of_its_figures() -> None:
    before = datetime.date(2026, 6, 30)
    pair = (Found(0.2, 80.0, 1.0, "ok"), Found(0.1, 80.0, 1.0, "ok"))
    for day in (DAY, before):
        asked = packing.asked(hidden=frozenset({ref("par30", day)}))
        assert cells.change(asked, indicators()["par30"], *pair, before).hidden == HIDDEN
    few = (pair[0], pair[1]._replace(n=4.0))
    assert cells.change(packing.asked(), indicators()["par30"], *few, before).hidden == HIDDEN
    assert cells.change(packing.asked(), indicators()["par30"], *pair, before).value == 0.2 - 0.1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_comment_stands_in_full_beside_its_figure(language: str) -> None:
    said = "Kolo's team is new: " + "the field visits of July are still to come. " * 8
    notes = {
        "indicator:par30": Comment(said, "Awa", DAY),
        "section:colours": Comment("Seen by the committee", "Ali", datetime.date(2026, 6, 30)),
    }
    asked = packing.asked(language, comments=notes)
    found = section(compose.compose(asked, description.parsed('[[section]]\nkind = "colours"')), "colours")
    (row,) = [row for row in tables(found)[0].rows if "PAR30" in str(row[0])]
    assert said in str(row[-1]) and "Awa" in str(row[-1])
    earlier = block(found, Text)
    assert (earlier.text, earlier.kind) == ("Seen by the committee", "comment")
    assert month(language, datetime.date(2026, 6, 30))[-4:] in earlier.by


def judged(*levels: str) -> list[Row]:
    return [Row(indicators()["par30"], NOTHING, level, None, True) for level in levels]


@pytest.mark.parametrize(
    ("levels", "wanted"),
    [
        (["within"] * 3, "All 3 figures with a limit are within it."),
        (["within"], "The one figure with a limit is within it."),
        (["red"], "0 of 1 figures are within their limits, 1 is critical."),
        (
            ["within", "amber", "red", ""],
            "1 of 3 figures is within its limit, 1 is past its limit, 1 is critical, 1 has no figure or no limit.",
        ),
        (
            ["within"] * 2 + ["amber"] * 2 + ["red"] * 2,
            "2 of 6 figures are within their limits, 2 are past theirs, 2 are critical.",
        ),
        (["", ""], "2 have no figure or no limit."),
    ],
)  # fmt: skip
def test_the_page_of_colours_says_how_many_are_where(levels: list[str], wanted: str) -> None:
    assert colours.message("en", judged(*levels)) == wanted


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_it_in_its_own_words(language: str) -> None:
    many = colours.message(language, judged("within", "within", "amber", "red"))
    one = colours.message(language, judged("within"))
    assert many.endswith(".") and "{" not in many + one
    others = [each for each in LANGUAGES if each != language]
    assert all(colours.message(each, judged("within")) != one for each in others)


def test_a_figure_kept_back_is_counted_nowhere_and_stands_last() -> None:
    asked = packing.asked(hidden=frozenset({ref("par30", DAY)}))
    found = colours.section(asked, Part("colours", "colours"))
    assert found is not None and "3 are past" not in found.message
    row = tables(found)[0].rows[-1]
    assert "PAR30" in str(row[0])
    shown = [cell for cell in row[1:] if isinstance(cell, Number)]
    assert [cell.hidden for cell in shown[:4]] == [HIDDEN] * 4
    assert all(cell.value is None and not cell.level for cell in shown if cell.hidden)


def test_a_sentence_names_no_figure_that_is_kept_back() -> None:
    asked = packing.asked()
    assert asked.picture.mover is not None
    unit, name = asked.picture.mover
    made = headline.section(asked, Part("headline", "headline")).blocks[0]
    kept = replace(asked, hidden=frozenset({ref(name, DAY, branch=unit)}))
    bare = headline.section(kept, Part("headline", "headline")).blocks[0]
    assert isinstance(made, Text) and isinstance(bare, Text)
    assert "Kolo" in made.text and "Kolo" not in bare.text and "68" in bare.text


def test_a_unit_is_critical_by_no_figure_that_is_kept_back() -> None:
    asked = packing.asked()
    unit = replace(asked.picture.units[0], capped="par30", status="critical")
    name = indicators()["par30"].text("en", "short")
    assert name in cells.standing(asked, unit).text
    kept = replace(asked, hidden=frozenset({ref("par30", DAY, branch=unit.id)}))
    assert name not in cells.standing(kept, unit).text and cells.standing(kept, unit).level == "critical"


def test_the_worst_stand_first_inside_a_pillar() -> None:
    for found in tables(section(packing.pack("en"), "colours")):
        levels = [row[3].level for row in found.rows if isinstance(row[3], Number)]
        assert levels == sorted(levels, key=("red", "amber", "within", "").index)


def test_what_is_kept_back_is_kept_back_all_over_the_pack() -> None:
    pack = packing.pack("en")
    hidden = {number.ref for _, number in numbers(pack) if number.hidden and number.ref}
    assert any(name.startswith("staff_turnover|") for name in hidden), "the sample has branches of few staff"
    shown = [number for _, number in numbers(pack) if number.ref in hidden and not number.hidden]
    assert shown == []
    few = [number for _, number in numbers(pack) if number.ref and number.n is not None and 0 < number.n < 10]
    names = {parsed(one.ref)[0] for one in few} & indicators().keys()
    assert names and all(indicators()[name].people == "none" for name in names)


def test_the_lines_are_data_and_their_table_holds_the_same_figures() -> None:
    found = block(section(packing.pack("en"), "balance"), Chart)
    asked = packing.asked()
    for series, row in zip(found.series, found.table.rows, strict=True):
        assert series.name == row[0]
        assert series.values == tuple(cell.value for cell in row[1:] if isinstance(cell, Number))
    at = [unit.name for unit in asked.picture.units].index("Kolo")
    assert found.series[at].values[5] == pytest.approx(asked.picture.units[at].balance)
    assert found.kind == "lines" and found.svg.startswith("<svg") and found.alt


def test_the_rank_of_a_unit_lies_within_the_ranks_that_any_weight_gives_it() -> None:
    _, found, *_ = tables(section(packing.pack("en"), "balance"))
    asked = packing.asked()
    ranks: dict[str, set[int]] = {}
    for share in range(101):
        policy = asked.picture.scores.policy.with_social(float(share))
        scores = score_leaves(asked.picture.scores.z, policy).node("")
        found_at = [scores[asked.picture.scored.index(unit.id)] for unit in asked.picture.units]
        for unit, value in zip(asked.picture.units, found_at, strict=True):
            ranks.setdefault(unit.name, set()).add(1 + sum(other > value + 1e-12 for other in found_at))
    for row in found.rows:
        said = {int(word) for word in str(row[6]).split() if word.isdigit()}
        seen = ranks[str(row[1])] | {int(row[0].value or 0) if isinstance(row[0], Number) else 0}
        assert (min(said), max(said)) == (min(seen), max(seen))


def test_the_weights_are_told_in_full_and_who_moved_them() -> None:
    asked = packing.asked(by_hand=True, own_share=40.0)
    (found,) = [one for one in tables(tradeoffs.section(asked, Part("balance", "balance"))) if one.id == "weights"]
    shares = [row[3].value or 0.0 for row in found.rows if isinstance(row[3], Number)]
    assert sum(shares) == pytest.approx(1.0)
    assert len(found.rows) == len({leaf.path.rpartition("/")[0] for leaf in asked.policy.leaves})
    assert "40" in found.note and say("en", "documents.weights_themes") in found.note


def test_the_annex_has_every_indicator_with_data_and_no_other() -> None:
    whole, parts = known("institution"), known("branch")
    having = {name for (_, name), (value, _) in (*whole.items(), *parts.items()) if not math.isnan(value)}
    found = section(packing.pack("en"), "annex")
    first = [row[1] for one in tables(found) for row in one.rows]
    assert sorted(parsed(cell.ref)[0] for cell in first if isinstance(cell, Number)) == sorted(having)
    assert all(len(one.columns) == 3 + 12 for one in tables(found))


def test_a_pack_asks_for_each_slice_once() -> None:
    asked = packing.asked()
    asked.whole()
    kept = len(asked._frames)
    first = asked.values("institution", [DAY], ["par30"])
    assert len(first) == 1 and asked.values("institution", [DAY], ["par30"]) is first
    assert len(asked._frames) == kept + 1
    straight = values.values(asked.cursor, asked.policy.settings, "institution", [DAY], indicators=["par30"])
    pd.testing.assert_frame_equal(first, straight)


def test_every_figure_is_defined_with_its_people_and_its_source() -> None:
    pack = packing.pack("en")
    used = {parsed(number.ref)[0] for _, number in numbers(pack) if number.ref} & indicators().keys()
    assert used <= {one.id for one in pack.definitions}
    whole = {name: n for (_, name), (_, n) in known("institution").items()}
    for one in pack.definitions:
        assert one.summary and one.source
        assert one.n == (None if math.isnan(whole[one.id]) else int(whole[one.id]))
    assert str(len(pack.definitions)) in section(pack, "definitions").message


def test_the_people_behind_a_hidden_figure_are_not_told_by_its_definition() -> None:
    asked = packing.asked(hidden=frozenset({ref("par30", DAY)}))
    pack = compose.compose(asked, description.parsed('[[section]]\nkind = "colours"'))
    assert next(one for one in pack.definitions if one.id == "par30").n is None


def test_the_signatures_bind_the_pack_by_its_hash() -> None:
    pack = packing.pack("en")
    found = block(section(pack, "signature"), Signature)
    assert dict(found.lines)["Fingerprint (SHA-256)"] == pack.hash
    assert len(found.roles) == 3
    other = replace(pack, title=pack.title + ".")
    assert other.hash != dict(found.lines)["Fingerprint (SHA-256)"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_method_says_what_is_not_known(language: str) -> None:
    found = method.section(packing.asked(language), Part("method", "method"))
    said = [one.text for one in found.blocks if isinstance(one, Text)]
    assert say(language, "packs.changes_no_meeting") in said
    assert {one.id for one in tables(found)} == {"coverage", "checks", "batches"}
