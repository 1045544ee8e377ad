"""What a column proves, and what is asked because nothing proves it: dates, decimal signs, percents."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from metrics import ingest
from metrics.errors import OpenQuestion
from metrics.store import Store
from tests.ingesting import asides, notes, opened, seen, text, values


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with opened(tmp_path_factory.mktemp("formats")) as store:
        yield store


def days(*written: str) -> str:
    """A loan for each date, semicolons between the cells."""
    return "loan_id;outstanding;disbursed_on\n" + "".join(f"A{no};5;{day}\n" for no, day in enumerate(written))


def amounts(*written: str) -> str:
    """A loan for each amount."""
    return "loan_id;outstanding\n" + "".join(f"A{no};{amount}\n" for no, amount in enumerate(written))


DATES = {
    "day first, proved by 13": (["03/01/2025", "13/01/2025"], ["2025-01-03", "2025-01-13"]),
    "month first, proved by 13": (["03/01/2025", "01/13/2025"], ["2025-03-01", "2025-01-13"]),
    "the same either way": (["05/05/2025", "06/06/2025"], ["2025-05-05", "2025-06-06"]),
    "two digits for the year": (["03/01/25", "31/12/24"], ["2025-01-03", "2024-12-31"]),
    "points": (["3.1.2025", "13.1.2025"], ["2025-01-03", "2025-01-13"]),
    "year first": (["2025/01/03", "2025.1.4"], ["2025-01-03", "2025-01-04"]),
    "no separators": (["20250103"], ["2025-01-03"]),
    "with a time": (["2025-01-03 23:59:59", "2025-01-04T08:00"], ["2025-01-03", "2025-01-04"]),
    "Excel's number of a day": (["45660", "45661.99"], ["2025-01-03", "2025-01-04"]),
    "French months": (["3 janv. 2025", "1er juillet 2024", "15 août 2024"], ["2025-01-03", "2024-07-01", "2024-08-15"]),
    "English months": (["3-Jan-25", "Jan 3, 2025"], ["2025-01-03", "2025-01-03"]),
    "Spanish and Portuguese months": (["3 de enero de 2025", "3 dez 2024"], ["2025-01-03", "2024-12-03"]),
    "five styles, each clear": (["2025-01-03", "13/01/2025", "3 janv. 2025", "45660", "20250103"],
                                ["2025-01-03", "2025-01-13", "2025-01-03", "2025-01-03", "2025-01-03"]),
}  # fmt: skip


@pytest.mark.many
@pytest.mark.parametrize("name", DATES)
def test_a_date_is_read_as_its_whole_column_proves(store: Store, tmp_path: Path, name: str) -> None:
    written, wanted = DATES[name]
    preview = seen(store, text(tmp_path, days(*written)))
    assert preview.questions == ()
    assert [str(row[0]) for row in values(preview, "loans", "disbursed_on")] == wanted


def test_an_order_that_nothing_proves_is_asked_and_the_answer_used(store: Store, tmp_path: Path) -> None:
    path = text(tmp_path, days("03/01/2025", "04/02/2025"))
    preview = seen(store, path)
    assert [question.option for question in preview.questions] == ["--date-order dmy|mdy"]
    assert "03/01/2025" in str(preview.questions[0]) or "04/02/2025" in str(preview.questions[0])
    with pytest.raises(OpenQuestion):
        ingest.land(store, preview, "test")
    for order, wanted in (("dmy", datetime.date(2025, 1, 3)), ("mdy", datetime.date(2025, 3, 1))):
        answered = seen(store, path, date_order=order)
        assert answered.questions == ()
        assert values(answered, "loans", "disbursed_on")[0] == (wanted,)


def test_an_answer_never_overrules_what_a_column_proves(store: Store, tmp_path: Path) -> None:
    preview = seen(store, text(tmp_path, days("03/01/2025", "13/01/2025")), date_order="mdy")
    assert values(preview, "loans", "disbursed_on")[0] == (datetime.date(2025, 1, 3),)


def test_a_column_that_proves_both_orders_is_asked_about(store: Store, tmp_path: Path) -> None:
    preview = seen(store, text(tmp_path, days("13/01/2025", "01/13/2025", "03/01/2025")))
    assert [question.option for question in preview.questions] == ["--date-order dmy|mdy"]


def test_the_31st_of_february_is_set_aside_and_the_rest_lands(store: Store, tmp_path: Path) -> None:
    preview = seen(store, text(tmp_path, days("31/02/2025", "13/01/2025")))
    assert asides(preview) == [(2, "disbursed_on", "31/02/2025", "date")]
    assert len(values(preview, "loans", "loan_id")) == 1


def test_a_day_that_does_not_exist_proves_no_order(store: Store, tmp_path: Path) -> None:
    (question,) = seen(store, text(tmp_path, days("31/02/2025", "03/01/2025"))).questions
    assert question.key == "import.question_date_order"


AMOUNTS = {
    "decimal point": (["1500.25", "0.5"], ["1500.25", "0.50"]),
    "decimal comma": (["1500,25", "812,5"], ["1500.25", "812.50"]),
    "comma parts thousands": (["1,500.25", "1,234"], ["1500.25", "1234.00"]),
    "point parts thousands": (["1.500,25", "1.234"], ["1500.25", "1234.00"]),
    "several thousands": (["1.234.567", "1.234"], ["1234567.00", "1234.00"]),
    "spaces part thousands": (["1 234 567", "12 500,5"], ["1234567.00", "12500.50"]),
    "apostrophes part thousands": (["1'234'567.5"], ["1234567.50"]),
    "groups of two": (["12,34,567.50"], ["1234567.50"]),
    "a currency": (["FCFA 1 250", "12 FCFA"], ["1250.00", "12.00"]),
    "a sign of currency": (["$1,250.00", "$ 12"], ["1250.00", "12.00"]),
}


@pytest.mark.many
@pytest.mark.parametrize("name", AMOUNTS)
def test_an_amount_is_read_as_its_whole_column_proves(store: Store, tmp_path: Path, name: str) -> None:
    written, wanted = AMOUNTS[name]
    preview = seen(store, text(tmp_path, amounts(*written)))
    assert preview.questions == ()
    assert [row[0] for row in values(preview, "loans", "principal_outstanding")] == [Decimal(x) for x in wanted]


@pytest.mark.parametrize("written", [["1,234", "2,345"], ["1.234", "2.345"], ["1.5", "2,5"]])
def test_a_mark_that_may_be_either_is_asked_about(store: Store, tmp_path: Path, written: list[str]) -> None:
    preview = seen(store, text(tmp_path, amounts(*written)))
    assert [question.option for question in preview.questions] == ["--decimal comma|point"]


@pytest.mark.parametrize(("answer", "wanted"), [("comma", "1.5"), ("point", "1500")])
def test_the_answer_about_decimals_is_used(store: Store, tmp_path: Path, answer: str, wanted: str) -> None:
    preview = seen(store, text(tmp_path, amounts("1,500", "2,345")), decimal=answer)
    assert values(preview, "loans", "principal_outstanding")[0][0] == Decimal(wanted)


def test_a_count_with_a_mark_needs_no_question(store: Store, tmp_path: Path) -> None:
    preview = seen(store, text(tmp_path, "loan_id;outstanding;days_late\nA;5;1,095\nB;6;30\n"))
    assert values(preview, "loans", "days_past_due") == [(1095,), (30,)]


def ready(heading: str, *written: str) -> str:
    """A sheet of one indicator, a branch a row."""
    return f"Agence;{heading}\n" + "".join(f"B{no};{figure}\n" for no, figure in enumerate(written))


PERCENTS = {
    "the heading says so": ("PAR30 %", ["5,2", "3,1"], [0.052, 0.031]),
    "each cell says so": ("PAR30", ["5,2 %", "0,5%"], [0.052, 0.005]),
    "above what a share can be": ("PAR30", ["5,2", "0,5"], [0.052, 0.005]),
    "none at all": ("PAR30", ["0", "0"], [0.0, 0.0]),
    "points of a score": ("NPS", ["45", "-5"], [0.45, -0.05]),
}


@pytest.mark.many
@pytest.mark.parametrize("name", PERCENTS)
def test_a_share_is_kept_as_a_fraction(store: Store, tmp_path: Path, name: str) -> None:
    heading, written, wanted = PERCENTS[name]
    preview = seen(store, text(tmp_path, ready(heading, *written)))
    assert preview.questions == ()
    assert [row[0] for row in values(preview, "reported_values", "value")] == wanted


@pytest.mark.parametrize("heading", ["PAR30", "PAR30 %"])
def test_a_share_that_fits_both_is_asked_about(store: Store, tmp_path: Path, heading: str) -> None:
    path = text(tmp_path, ready(heading, "0,052", "0,031"))
    assert [q.option for q in seen(store, path).questions] == ["--percent percent|fraction"]
    as_fraction = seen(store, path, percent="fraction")
    assert values(as_fraction, "reported_values", "value")[0] == (0.052,)
    assert "note_fraction" in notes(as_fraction)
    assert values(seen(store, path, percent="percent"), "reported_values", "value")[0] == (0.00052,)


def test_self_sufficiency_of_one_and_a_bit_may_be_either(store: Store, tmp_path: Path) -> None:
    assert len(seen(store, text(tmp_path, ready("OSS", "1,12"))).questions) == 1
    assert values(seen(store, text(tmp_path, ready("OSS", "112"))), "reported_values", "value") == [(1.12,)]


def test_a_yearly_rate_of_a_quarter_is_asked_about_and_24_is_not(store: Store, tmp_path: Path) -> None:
    body = "loan_id;outstanding;interest rate\nA;5;{}\n"
    assert len(seen(store, text(tmp_path, body.format("0.24"))).questions) == 1
    signed = seen(store, text(tmp_path, body.format("24 %")))
    plain = seen(store, text(tmp_path, body.format("24")))
    assert [values(p, "loans", "nominal_rate_pct") for p in (signed, plain)] == [[(24.0,)], [(24.0,)]]


def test_an_unknown_word_in_a_coded_column_sets_the_row_aside(store: Store, tmp_path: Path) -> None:
    preview = seen(store, text(tmp_path, "loan_id;outstanding;statut\nA;5;En cours\nB;6;Bleu\nC;7;Soldé\n"))
    assert asides(preview) == [(3, "statut", "Bleu", "code")]
    assert values(preview, "loans", "status") == [("active",), ("closed",)]


def test_genders_in_four_languages_and_an_unknown_one(store: Store, tmp_path: Path) -> None:
    words = ["Female", "m", "Mujer", "Féminin", "homem", "2", ""]
    body = "client_id;gender\n" + "".join(f"C{no};{word}\n" for no, word in enumerate(words))
    preview = seen(store, text(tmp_path, body))
    assert [row[0] for row in values(preview, "clients", "gender")] == ["F", "M", "F", "F", "M", "unknown", None]
    assert "note_unknown_gender" in notes(preview)


def test_yes_and_no_in_several_languages(store: Store, tmp_path: Path) -> None:
    words = ["Yes", "oui", "1", "VRAI", "Sí", "N", "non", "0", "não"]
    body = "loan_id;outstanding;renegotiated\n" + "".join(f"A{no};5;{word}\n" for no, word in enumerate(words))
    found = [row[0] for row in values(seen(store, text(tmp_path, body)), "loans", "is_renegotiated")]
    assert found == [True] * 5 + [False] * 4
