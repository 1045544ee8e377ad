"""Two packs side by side: restated figures, figures of two dates, sections, texts, weights, definitions."""

from dataclasses import replace

import pytest

from metrics.packs import compose, description, differing
from metrics.packs.differing import change_text, differences, sentences
from metrics.packs.model import HIDDEN, Column, Definition, Figures, Live, Number, Pack, Section, Table, Text
from tests import packing

HEADS = (Column("Branch"), Column("PAR30", "number"))


def par(value: float | None, day: str = "2026-09-30", branch: str = "kolo", hidden: str = "") -> Number:
    text = "kept back" if hidden else f"{value:.0%}" if value is not None else "–"
    return Number(value, text, "%", f"par30|{day}|branch={branch}", hidden=hidden)


def balance(value: float, day: str = "2026-09-30") -> Number:
    return Number(value, f"{value:.0f}", "health", f"balance|{day}|")


def live(**weights: float) -> Live:
    nodes = [{"path": name, "title": name.title(), "weight": weight} for name, weight in weights.items()]
    return Live({"nodes": [{"path": "", "title": "", "weight": 1}, *nodes], "leaves": []}, {}, {}, (), {}, {})


def pack(*rows: Number, day: str = "2026-09-30", text: str = "Kolo leads.", **more: object) -> Pack:
    """A pack of one table."""
    table = Table("t", "", HEADS, tuple(("Kolo", row) for row in rows))
    section = Section("colours", "colours", "In colours", text, (table, Text("Rains.", "comment", "Awa")))
    known: dict[str, object] = {"sections": (section,), "definitions": (), "basis": (("As of", day),), "words": {}}
    return Pack("Pack", "Demo", "en", day, "Board pack", "", **{**known, **more})  # type: ignore[arg-type]


def test_the_same_pack_differs_in_nothing() -> None:
    found = differences(packing.pack(), packing.pack())
    assert found == differing.Differences(True, True)
    assert sentences("en", found) == ["Nothing differs."]


def test_another_value_of_the_same_date_is_restated() -> None:
    found = differences(pack(par(0.05)), pack(par(0.071)))
    (moved,) = found.restated
    assert (moved.section, moved.name, moved.before.text, moved.after.text) == (
        "In colours",
        "Kolo · PAR30",
        "5%",
        "7%",
    )
    assert change_text("en", moved) == "+2.1 points"
    assert sentences("en", found) == ["1 figure was restated: the same date, another value."]


def test_each_packs_own_figures_are_compared_over_time_and_a_changed_past_is_restated() -> None:
    june = pack(par(0.05, "2026-06-30"), day="2026-06-30")
    september = pack(par(0.06), par(0.055, "2026-06-30"), day="2026-09-30")
    found = differences(june, september)
    assert [(one.why, one.before.value, one.after.value) for one in found.numbers] == [
        ("restated", 0.05, 0.055),
        ("time", 0.05, 0.06),
    ]
    assert found.basis == (("As of", "2026-06-30", "2026-09-30"),)


def test_a_health_under_other_weights_is_not_called_restated() -> None:
    def weighed(share: float, health: float, late: float) -> Pack:
        figures = Figures((("Balance", balance(health), ""),))
        table = Table("t", "", HEADS, (("Kolo", par(late)),))
        blocks = (figures, table, live(financial=100 - share, social=share))
        return pack(sections=(Section("b", "balance", "Balance", "x", blocks),))

    found = differences(weighed(50, 61, 0.05), weighed(30, 64, 0.06))
    assert [(one.name, one.why) for one in found.numbers] == [("Kolo · PAR30", "restated"), ("Balance", "weights")]
    assert found.weights == (("Financial", 50.0, 70.0), ("Social", 50.0, 30.0))


def test_another_definition_is_the_reason_of_another_figure() -> None:
    def defined(settings: str, value: float) -> Pack:
        one = Definition("par30", "PAR30", "PAR30", "%", "lower", "s", "", "", "", settings, None, None)
        return pack(par(value), definitions=(one,))

    found = differences(defined("with renegotiated", 0.06), defined("without renegotiated", 0.05))
    assert [one.why for one in found.numbers] == ["definition"]
    assert found.definitions == (("PAR30", "with renegotiated", "without renegotiated"),)


def test_packs_of_different_parts_are_not_called_restated() -> None:
    words = {"basis_part": "Part", "whole": "all"}
    one = pack(par(0.05), basis=(("Part", "all"),), words=words)
    other = pack(par(0.06), basis=(("Part", "Kolo"),), words=words)
    assert [moved.why for moved in differences(one, other).numbers] == ["part"]


def test_a_figure_that_is_kept_back_now_has_no_change() -> None:
    (moved,) = differences(pack(par(0.05)), pack(par(None, hidden=HIDDEN))).numbers
    assert (moved.change, change_text("en", moved), moved.after.text) == (None, "", "kept back")
    assert differences(pack(par(None, hidden=HIDDEN)), pack(par(None, hidden=HIDDEN))).numbers == ()


def test_sections_and_texts_that_came_or_went() -> None:
    one = pack(par(0.05))
    other = pack(par(0.05), text="Baro leads.", sections=(*pack(par(0.05), text="Baro leads.").sections,
                                                         Section("x", "text", "More", "m", ())))  # fmt: skip
    found = differences(one, other)
    assert (found.added, found.left_out) == (("More",), ())
    assert found.texts == (("In colours", "Kolo leads.", "Baro leads."),)
    assert differences(other, one).left_out == ("More",)


def test_a_comment_that_only_one_has_stands_beside_nothing() -> None:
    one = pack(par(0.05))
    bare = replace(one, sections=tuple(replace(found, blocks=found.blocks[:1]) for found in one.sections))
    assert differences(bare, one).texts == (("In colours", "", "Rains. (Awa)"),)


SHORT = '[[section]]\nkind = "headline"\n\n[[section]]\nkind = "colours"\n\n[[section]]\nkind = "staff"\n'


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.full)])
def test_figures_of_two_languages_are_compared_and_their_texts_are_not(whole: bool) -> None:
    plan = description.load("board") if whole else description.parsed(SHORT)
    found = differences(*(compose.compose(packing.asked(language), plan) for language in ("en", "fr")))
    assert (found.numbers, found.texts, found.definitions, found.same_language) == ((), (), (), False)


@pytest.mark.parametrize(("size", "text"), [(0.0004, "< 0.1 points"), (-0.021, "−2.1 points"), (0.01, "+1 point")])
def test_a_change_has_its_sign_and_says_when_it_is_smaller_than_what_is_written(size: float, text: str) -> None:
    (moved,) = differences(pack(par(0.05)), pack(par(0.05 + size))).numbers
    assert change_text("en", moved).replace("\u202f", " ") == text


def test_a_change_of_points_is_said_in_points() -> None:
    one, other = (Number(value, "x", "points", "gender_pay_gap|2026-09-30|") for value in (0.05, 0.071))
    (moved,) = differences(pack(one), pack(other)).numbers
    assert change_text("en", moved) == "+2.1 points"


def test_another_limit_of_an_indicator_is_told() -> None:
    def limited(limits: str) -> Pack:
        one = Definition("par30", "PAR30", "PAR30", "%", "lower", "s", "", "", limits, "", None, None)
        return pack(par(0.05), definitions=(one,))

    assert differences(limited("own"), limited("regulator")).definitions == (("PAR30", "own", "regulator"),)


def test_a_figure_that_was_missing_and_is_kept_back_now_differs() -> None:
    (moved,) = differences(pack(par(None)), pack(par(None, hidden=HIDDEN))).numbers
    assert (moved.before.text, moved.after.text, moved.change) == ("–", "kept back", None)
