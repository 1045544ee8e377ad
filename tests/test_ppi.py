"""Scorecard workbooks: official ones are read unaided, by shape; one not understood is refused with its reason."""

from pathlib import Path

import pytest

from metrics import ppi
from metrics.errors import EvenkeelError, InputError
from metrics.ppi import Workbook
from metrics.words import LANGUAGES
from tests.prove.command import table
from tests.scorecards import LINES, QUESTIONS, Book, published, rebuilt, save

OFFICIAL = ("benin2022", "ghana2019", "philippines2023")
REBUILT = ("bolivia2023", "honduras2023")
LAST_DIGIT = 1e-15  # a percentage as the sheet shows it, and the fraction behind it


def workbook(shared: Path, folder: Path, country: str) -> Workbook:
    return ppi.read(shared / "workbooks" / f"{country}.xlsx" if country in OFFICIAL else rebuilt(folder, country))


@pytest.mark.parametrize("country", OFFICIAL + REBUILT)
def test_every_cell_of_a_countrys_look_up_tables_is_the_published_one(
    shared: Path, tmp_path: Path, country: str
) -> None:
    found = {variant.lookup_sheet: variant for variant in workbook(shared, tmp_path, country).variants}
    assert found.keys() == published(country).keys()
    for sheet, rows in published(country).items():
        ours = [x for score in found[sheet].likelihoods for x in score]
        assert len(ours) == len(rows)
        assert ours == pytest.approx([float(row["likelihood"]) for row in rows], rel=0, abs=LAST_DIGIT)


@pytest.mark.parametrize("country", OFFICIAL)
def test_every_points_cell_of_an_official_workbook_is_the_published_one(
    shared: Path, tmp_path: Path, country: str
) -> None:
    rows = [row for row in table(shared / "golden" / "ppi" / "scorecards.csv") if row["table"] == country]
    ours = [
        (variant.scorecard_sheet, response.question_no, points)
        for variant in workbook(shared, tmp_path, country).variants
        for response in variant.responses
        for points in response.points
    ]
    assert ours == [(row["sheet"], int(row["question_no"]), int(row["points"])) for row in rows]


def test_a_workbook_with_two_versions_keeps_each_scorecard_with_its_own_table(shared: Path, tmp_path: Path) -> None:
    long, short = workbook(shared, tmp_path, "benin2022").variants
    assert (long.name, long.questions, short.name, short.questions) == ("11Q", 11, "6Q", 6)
    assert long.likelihood("National Poverty Line", 20) == pytest.approx(0.659, abs=5e-4)
    assert short.likelihood("National Poverty Line", 20) == pytest.approx(0.608, abs=5e-4)


def test_the_regional_rates_of_an_official_workbook_are_the_published_ones(shared: Path, tmp_path: Path) -> None:
    names = {"household": "Household", "person": "Headcount/Individual"}
    ours = {
        (f"{names[rate.estimate]} / {rate.area}", ppi.grid.plain(rate.line)): rate.rate
        for rate in workbook(shared, tmp_path, "philippines2023").rates
    }
    rows = [r for r in table(shared / "golden" / "ppi" / "benchmarks.csv") if r["table"] == "philippines2023"]
    assert len(rows) == 2640
    for row in rows:
        assert ours[row["area"], ppi.grid.plain(row["poverty_line"])] == pytest.approx(float(row["rate"]), abs=1e-12)


def notes(found: Workbook) -> list[str]:
    return [note.key for note in found.notes if "example" in note.key]


def test_the_stale_example_of_a_workbook_is_refused_and_a_sound_one_is_confirmed(shared: Path, tmp_path: Path) -> None:
    stale = workbook(shared, tmp_path, "philippines2023")
    assert notes(stale) == ["ppi.note_example_stale"]
    said = next(note for note in stale.notes if note.key == "ppi.note_example_stale").text("en")
    assert "54.80 %" in said and "72.84 %" in said and "23" in said
    assert stale.variants[0].likelihood("National Poverty Line", 23) == pytest.approx(0.72837, abs=5e-6)
    for country in ("benin2022", "ghana2019"):
        assert notes(workbook(shared, tmp_path, country)) == ["ppi.note_example_agrees"]


def test_a_workbook_in_another_language_and_with_other_sheet_names_is_read_by_its_shape(tmp_path: Path) -> None:
    lines = ("Seuil national de pauvreté", "2,15 $ par jour (PPA 2017)")
    book = Book(
        title="Utopie 2025 PPI® - Fiche de score", card_sheet="Feuil1", lookup_sheet="Feuil2", lines=lines,
        lookup_lines=lines, rates=(("Ménages", "Zou", 0.4, 0.3), ("Individus", "Zou", 0.5, 0.35)),
    )  # fmt: skip
    found = ppi.read(save(tmp_path / "utopie.xlsx", book))
    assert (found.scorecard, found.lines) == ("Utopie 2025 PPI", lines)
    assert [(r.question_no, r.response) for r in found.variants[0].responses][2:4] == [(1, "C.Mono"), (2, "A. Yes")]
    assert [(rate.estimate, rate.area, rate.rate) for rate in found.rates if rate.line == lines[0]] == [
        ("household", "Zou", 0.4), ("person", "Zou", 0.5),
    ]  # fmt: skip


def test_points_go_to_the_line_of_the_same_name_whatever_its_column(tmp_path: Path) -> None:
    turned = Book(lines=("$2.15/day 2017 PPP", "National Poverty Lines"))
    variant = ppi.read(save(tmp_path / "turned.xlsx", turned)).variants[0]
    assert variant.lines == LINES
    assert variant.responses[1].points == (30, 20)


def test_a_blank_is_the_zero_of_its_question_only_where_no_other_response_has_it(tmp_path: Path) -> None:
    blank = ((1, "Where?", "A. Ouémé", (0, "")), *QUESTIONS[1:])
    found = ppi.read(save(tmp_path / "blank.xlsx", Book(responses=blank)))
    assert found.variants[0].responses[0].points == (0, 0)
    assert [note.key for note in found.notes] == ["ppi.note_blank"]
    doubtful = (*QUESTIONS[:1], (1, "Where?", "B. Zou", (20, "")), *QUESTIONS[2:])
    with pytest.raises(InputError, match="row 10"):
        ppi.read(save(tmp_path / "doubtful.xlsx", Book(responses=doubtful)))


def test_points_and_a_likelihood_that_rise_too_far_are_said(tmp_path: Path) -> None:
    steep = Book(responses=((1, "A?", "A. Yes", (70, 50)), (1, "A?", "B. No", (0, 0)), *QUESTIONS[3:]))
    steep = steep.changed(table=(*steep.table[:50], (0.9, steep.table[50][1]), *steep.table[51:]))
    found = ppi.read(save(tmp_path / "steep.xlsx", steep))
    assert {note.key: note.params["lines"] for note in found.notes} == {
        "ppi.note_over_100": LINES[0], "ppi.note_rises": LINES[0],
    }  # fmt: skip
    assert found.variants[0].likelihood(LINES[0], 130) == found.variants[0].likelihoods[100][0]


SHORT = Book().table[:58]
GAP = tuple(row for score, row in enumerate(Book().table) if score != 58)
REFUSED = {
    "scores_incomplete": Book(table=SHORT),
    "likelihood_missing": Book(table=(*Book().table[:40], (0.4, ""), *Book().table[41:])),
    "likelihood_no_share": Book(table=((0.8, -0.1), *Book().table[1:])),
    "no_likelihoods": Book(table=tuple(() for _ in range(101))),
    "lines_unnamed": Book(lookup_lines=(LINES[0], "")),
    "question_left_out": Book(responses=(*QUESTIONS[:3], (3, "A hen?", "A. Yes", (1, 1)))),
    "points_missing": Book(responses=(*QUESTIONS[:4], (2, "A hen?", "B. No", (0, "few")))),
    "response_twice": Book(responses=(*QUESTIONS[:4], (2, "A hen?", "A. Yes", (0, 0)))),
    "line_without_points": Book(lookup_lines=(LINES[0], "$1.90/day 2011 PPP")),
    "no_scorecard": Book(responses=()),
}


@pytest.mark.parametrize("key", REFUSED)
def test_what_is_not_understood_is_refused_with_file_sheet_and_reason(tmp_path: Path, key: str) -> None:
    with pytest.raises(InputError) as refused:
        ppi.read(save(tmp_path / "odd.xlsx", REFUSED[key]))
    assert refused.value.key == f"ppi.{key}"
    for language in LANGUAGES:
        said = refused.value.text(language)
        assert "odd.xlsx" in said and ("Scorecard" in said or "Look-up Table" in said)


def test_scorecards_and_tables_that_make_no_pairs_are_refused(tmp_path: Path) -> None:
    second = Book(card_sheet="Scorecard 2", lookup_sheet="Notes", table=())
    with pytest.raises(InputError) as refused:
        ppi.read(save(tmp_path / "pairs.xlsx", Book(), second))
    assert refused.value.key == "ppi.unpaired"


def test_a_line_with_points_only_is_refused(tmp_path: Path) -> None:
    three = (*LINES, "$3.65/day 2017 PPP")
    more = tuple((no, question, response, (*points, points[0])) for no, question, response, points in QUESTIONS)
    with pytest.raises(InputError) as refused:
        ppi.read(save(tmp_path / "three.xlsx", Book(lines=three, responses=more)))
    assert refused.value.key == "ppi.line_without_lookup"


def test_a_file_that_is_no_workbook_or_a_damaged_one_is_refused_by_the_importers_own_reader(tmp_path: Path) -> None:
    whole = save(tmp_path / "whole.xlsx", Book()).read_bytes()
    for name, content in (("half.xlsx", whole[: len(whole) // 2]), ("page.xlsx", b"<html>"), ("nothing.xlsx", b"")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(EvenkeelError, match=name):
            ppi.read(tmp_path / name)
