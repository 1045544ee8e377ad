"""Sheets that stand across: months or branches are columns, accounts or indicators are rows."""

import datetime
from pathlib import Path

from tests.ingesting import landed, notes, opened, seen, text, values

LEDGER = """Compte;Intitulé;janv-26;févr-26;mars-26
101000;Caisse;5 400,50;5 100,00;
203100;Crédits;812 000,00;820 500,25;830 000,00
702000;Intérêts;14 800,00;14 900,00;15 000,00
"""
MONTHS = """Indicator,2026-01,2026-02,2026-03
PAR30 %,4.2,4.5,5.1
NPS,34,36,31
% women,61.5,62,62.4
Something else,1,2,3
"""
BRANCHES = """Indicateur;Kolo;Baro;Nafara
PAR30 %;4,2;7,9;5,0
NPS;34;12;20
% femmes;61,5;48,0;55,2
"""


def test_a_ledger_with_months_across(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        preview = seen(store, text(tmp_path, LEDGER), likely="take")
        found = {row[:2]: row[2:] for row in values(preview, "financials_monthly", "account_code", "month",
                                                     "account_name", "amount")}  # fmt: skip
        landed(store, text(tmp_path, LEDGER), likely="take")
    assert preview.questions == () and "note_across" in notes(preview)
    assert len(found) == 8  # a blank cell is no zero
    assert found["101000", datetime.date(2026, 1, 31)][0] == "Caisse"
    assert float(found["203100", datetime.date(2026, 2, 28)][1]) == 820_500.25


def test_indicators_down_and_months_across(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        preview = seen(store, text(tmp_path, MONTHS))
        found = {row[:2]: row[2:] for row in values(preview, "reported_values", "indicator_id", "period",
                                                     "unit_type", "unit", "value")}  # fmt: skip
    assert preview.questions == ()
    kind, unit, value = found["par30", datetime.date(2026, 3, 31)]
    assert (kind, unit) == ("institution", "own") and abs(value - 0.051) < 1e-12
    assert abs(found["pct_female_borrowers", datetime.date(2026, 1, 31)][2] - 0.615) < 1e-12
    assert {row[0] for row in found} == {"par30", "nps", "pct_female_borrowers"}
    assert any(note.params.get("names") == "Something else" for note in preview.sheets[0].notes)


def test_indicators_down_and_branches_across(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        (question,) = seen(store, text(tmp_path, BRANCHES)).questions
        preview = seen(store, text(tmp_path, BRANCHES), likely="take")
        found = {row[:2]: row[2] for row in values(preview, "reported_values", "indicator_id", "unit", "value")}
        asked = [question.key for question in seen(store, text(tmp_path, BRANCHES), as_of=None).questions]
    assert preview.questions == () and '"Kolo" = branch_id' in question.text("en")
    assert abs(found["par30", "Baro"] - 0.079) < 1e-12 and abs(found["nps", "Kolo"] - 0.34) < 1e-12
    assert "import.question_as_of" in asked


def test_small_shares_are_asked_about(tmp_path: Path) -> None:
    path = text(tmp_path, MONTHS.replace("4.2,4.5,5.1", "0.42,0.45,0.51"))
    with opened(tmp_path) as store:
        assert [question.key for question in seen(store, path).questions] == ["import.question_percent"]
        found = values(seen(store, path, percent="fraction"), "reported_values", "indicator_id", "value")
    assert ("par30", 0.51) in [(name, round(value, 9)) for name, value in found]


def test_a_share_that_may_pass_the_whole_is_not_taken_for_percents(tmp_path: Path) -> None:
    path = text(tmp_path, MONTHS.replace("NPS,34,36,31", "Operational self-sufficiency,1.08,1.12,1.2"))
    with opened(tmp_path) as store:
        (question,) = seen(store, path).questions
        found = values(seen(store, path, percent="fraction"), "reported_values", "indicator_id", "value")
    assert question.key == "import.question_percent" and "self-sufficiency" in question.text("en")
    assert ("oss", 1.12) in [(name, round(value, 9)) for name, value in found]


def test_branches_across_that_are_landed_are_certain(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        landed(store, text(tmp_path, "branch_id,branch_name\nB1,Kolo\nB2,Baro\nB3,Nafara\n", "b.csv"))
        assert seen(store, text(tmp_path, BRANCHES)).questions == ()


def test_figures_about_indicators_are_not_taken_for_branches(tmp_path: Path) -> None:
    path = text(tmp_path, "indicator,rows used,rows that match,share\npar30,31,30,0.97\nnps,20,20,1\nroa,18,9,0.5\n")
    with opened(tmp_path) as store:
        assert "import.question_likely" in [question.key for question in seen(store, path).questions]
