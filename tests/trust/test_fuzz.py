"""Two thousand wrong files and addresses a run: each ends in a result or a sentence, none in another meaning.

The acceptance line tries twenty thousand and more (`make nightly`).
"""

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from metrics import toml
from metrics.access.roles import offered
from metrics.disclosures.plain import filled
from metrics.errors import EvenkeelError
from metrics.store import Store
from metrics.words import LANGUAGES, say
from tests import fresh
from tests.browser.window import serving
from tests.ingesting import opened
from tests.trust import fuzzing, odd

# Target -> cases here; together with the tables, books and pages below they are two thousand.
CASES = {"policy": 300, "mapping": 350, "own": 450, "disclosure": 150, "regulator": 150, "pack": 100, "settings": 100,
         "head": 20}  # fmt: skip
TABLES, BOOKS, PAGES = 330, 4, 6
FEWEST = 2000


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with opened(tmp_path_factory.mktemp("fuzz")) as store:
        yield store


@pytest.mark.parametrize("target", CASES)
def test_a_file_with_something_wrong_ends_in_a_result_or_a_sentence(target: str, tmp_path: Path) -> None:
    seen = fuzzing.tomls(target, CASES[target], tmp_path)
    assert sum(seen.values()) == CASES[target]
    assert seen["sentence"] and seen["result"], seen


def test_a_table_keeps_its_rows_and_cells(tmp_path: Path) -> None:
    seen = odd.tables(TABLES, tmp_path)
    assert seen["result"] > TABLES // 2, seen


def test_an_odd_cell_is_read_as_it_is_or_told_and_moves_no_other(store: Store) -> None:
    assert sum(odd.books(store, BOOKS)[how] for how in ("result", "sentence")) == BOOKS


@pytest.mark.full
def test_a_hostile_address_is_a_page_without_a_traceback(tmp_path: Path) -> None:
    fresh.sample(tmp_path / "data")
    with serving(tmp_path / "data") as server:
        assert odd.pages(server.address, tuple(offered()), PAGES)["values"] > PAGES * 5


def test_the_cases_are_as_many_as_promised() -> None:
    assert sum(CASES.values()) + TABLES + TABLES // 5 + BOOKS + PAGES >= FEWEST


def test_a_fault_would_be_found() -> None:
    def broken() -> None:
        raise KeyError("x")

    with pytest.raises(fuzzing.Broken):
        fuzzing.ended("x", "case", broken)
    line = ["L1", "C1", "Kolo", "2025-01-13", "99", "812.50"]
    for value in (None, Decimal("81250")):
        with pytest.raises(fuzzing.Broken):
            odd._meant(line, value, odd=False, told=True)
    with pytest.raises(fuzzing.Broken):
        odd._meant([*line[:5], "8l2"], Decimal(8), odd=True, told=False)


@pytest.mark.parametrize("text", ["a = " + "9" * 5000, "a = " + "[" * 5000, "a." * 60 + "b = 1",
    "a = 9223372036854775808",
                                  "#" * (1 << 21)])  # fmt: skip
def test_a_toml_beyond_what_toml_promises_is_no_toml(text: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError):
        toml.loads(text)


def test_a_sentence_of_a_template_names_places_and_no_more() -> None:
    assert filled("{value} of {n}, {0} {value.__class__} {value:>9}", {"value": "7"}) == (
        "7 of –, – {value.__class__} {value:>9}"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_without_end_is_said_too(language: str) -> None:
    assert "inf" in say(language, "import.file_unreadable", file=float("inf"), reason="")
    assert isinstance(EvenkeelError("import.file_unreadable", file=float("nan"), reason="").text(language), str)
