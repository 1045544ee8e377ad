"""Days that the words around a table name are offered where one is asked; none that is still to come."""

import datetime
from pathlib import Path

import pytest

from metrics.ingest import days
from tests.ingesting import book, five, opened, seen

NAMED = {
    "Liste des prêts en cours au 30/09/2026": ["2026-09-30"],
    "loans_20260930": ["2026-09-30"],
    "Cartera al 30 de septiembre de 2026": ["2026-09-30"],
    "Portfolio Sep 2026": ["2026-09-30"],
    "fév. 2026": ["2026-02-28"],
    "June 30, 2026": ["2026-06-30"],
    "édition du 02/10/2026": ["2026-10-02", "2026-02-10"],
    "31.02.2026": [],
    "Report marché 2026": [],
    "loan 12345678": [],
    "planned until 31.12.2999": [],
}


@pytest.mark.many
@pytest.mark.parametrize("title", NAMED)
def test_a_title_names_its_days(tmp_path: Path, title: str) -> None:
    rows = [line.split(",") for line in five().splitlines()]
    with opened(tmp_path) as store:
        preview = seen(store, book(tmp_path, [[title], [], *rows], "x.xlsx"))
        found = days.suggested(preview.readings[0].plan)
    assert [str(day) for day in found] == NAMED[title]


def test_ends_of_months_come_first(tmp_path: Path) -> None:
    rows = [line.split(",") for line in five().splitlines()]
    with opened(tmp_path) as store:
        title = [["Au 30/09/2026, édition du 13/10/2026"], []]
        preview = seen(store, book(tmp_path, [*title, *rows], "x.xlsx"))
        found = days.suggested(preview.readings[0].plan)
    assert found == (datetime.date(2026, 9, 30), datetime.date(2026, 10, 13))
