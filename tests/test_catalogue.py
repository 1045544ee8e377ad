"""Indicator files: each is checked when it is loaded, and its example is its unit test."""

import re
from pathlib import Path

import duckdb
import pytest

from metrics import catalogue
from metrics.errors import DefinitionError
from metrics.indicator import TEXTS
from metrics.ingest import headings
from metrics.words import LANGUAGES

IDS = sorted(catalogue.indicators())
# A language that one file has, every file has.
WRITTEN = sorted({*LANGUAGES, *(language for one in catalogue.shipped().values() for language in one.texts)})
GOOD = (catalogue.FOLDER / "financial/portfolio_quality/par1.sql").read_text(encoding="utf-8")

SHORT = 22


def wrong(folder: Path, old: str, new: str) -> DefinitionError:
    """The error that one change in a good file gives."""
    assert old in GOOD
    file = folder / "financial" / "portfolio_quality" / "par1.sql"
    file.parent.mkdir(parents=True)
    file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        catalogue.load(folder)
    return caught.value


def test_there_are_a_hundred_and_fifteen_indicators() -> None:
    assert len(IDS) >= 115


@pytest.mark.parametrize("name", IDS)
def test_an_indicator_speaks_every_language(name: str) -> None:
    texts = catalogue.indicators()[name].texts
    assert set(WRITTEN) - texts.keys() == set()
    assert {language for language, said in texts.items() if len(said["short"]) > SHORT} == set()


@pytest.mark.parametrize("language", WRITTEN)
def test_the_names_of_an_indicator_mean_it_and_no_other(language: str) -> None:
    for name, one in catalogue.shipped().items():
        for part in ("title", "plain"):
            title = one.text(language, part)
            assert name in (headings.indicator(title), headings.indicator("% " + title)), title


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_that_a_language_lacks_is_named(tmp_path: Path, text: str) -> None:
    spanish = re.search(rf"\n\[es\]\n(?:.+\n)*?{text} .+\n", GOOD)
    assert spanish is not None
    lines = spanish[0].rstrip("\n").rpartition("\n")[0]
    assert f"es.{text}" in str(wrong(tmp_path, spanish[0], f'{lines}\n{text} = ""\n'))


def test_a_language_that_is_missing_is_named(tmp_path: Path) -> None:
    assert '"fr"' in str(wrong(tmp_path, "\n[fr]\n", "\n[pt]\n"))


@pytest.mark.parametrize("name", IDS)
def test_an_example_gives_what_it_says(name: str) -> None:
    indicator = catalogue.indicators()[name]
    with duckdb.connect() as con:
        given = catalogue.run_example(indicator, con)
    expected = indicator.example["expect"]
    assert {unit: given[unit] for unit in expected} == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("name", IDS)
def test_an_example_has_a_unit_exactly_on_a_line(name: str) -> None:
    indicator = catalogue.indicators()[name]
    lines = [*indicator.limits.values(), list(indicator.goalposts)]
    on_a_line = {float(x) for line in lines for x in (line if isinstance(line, (list, tuple)) else [line])}
    values = indicator.example["expect"].values()
    assert not on_a_line or any(abs(value - line) < 1e-12 for value in values for line in on_a_line)


@pytest.mark.parametrize("name", IDS)
def test_an_indicator_names_the_columns_that_it_needs(name: str) -> None:
    assert catalogue.indicators()[name].needs()


def test_an_unknown_key_is_named_with_the_nearest(tmp_path: Path) -> None:
    error = wrong(tmp_path, "better        =", "bettr         =")
    assert "par1.sql" in str(error) and "bettr" in str(error) and '"better"' in str(error)


def test_a_wrong_choice_is_named_with_the_nearest(tmp_path: Path) -> None:
    assert 'Did you mean "lower"?' in str(wrong(tmp_path, '"lower"', '"lowr"'))


def test_an_unknown_measure_is_named_with_the_nearest(tmp_path: Path) -> None:
    assert 'Did you mean "portfolio"?' in str(wrong(tmp_path, "FROM portfolio", "FROM portfolo"))


def test_an_unknown_part_is_refused(tmp_path: Path) -> None:
    assert "late_from_2" in str(wrong(tmp_path, "late_from_1 /", "late_from_2 /"))


def test_two_statements_are_refused(tmp_path: Path) -> None:
    assert "exactly one SELECT" in str(wrong(tmp_path, "FROM portfolio", "FROM portfolio; SELECT 1"))


def test_other_columns_are_refused(tmp_path: Path) -> None:
    assert "period, unit, value, n" in str(wrong(tmp_path, "AS value", "AS amount"))


def test_goalposts_against_the_direction_are_refused(tmp_path: Path) -> None:
    assert "goalposts" in str(wrong(tmp_path, "[0.25, 0.0]", "[0.0, 0.25]"))


def test_an_example_of_one_unit_is_refused(tmp_path: Path) -> None:
    assert "two units" in str(wrong(tmp_path, 'unit = "South"', 'unit = "North"'))
