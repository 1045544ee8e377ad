"""Segments of few people stand together, with the figure of all of them, before anything is kept back."""

from dataclasses import replace

import pytest

from metrics import values
from metrics.packs import compose, description
from metrics.packs.model import Number, Table
from metrics.packs.refs import ref
from tests import packing

PLAN = "[[section]]\nkind = 'segments'\nby = ['age_band', 'gender']\nindicators = ['par30']\n"


def rows(threshold: int) -> dict[str, tuple[Number, ...]]:
    """The table's rows by the name of their segment."""
    pack = compose.compose(replace(packing.asked(), threshold=threshold), description.parsed(PLAN))
    (table,) = [block for block in pack.sections[0].blocks if isinstance(block, Table)]
    return {str(row[1]): tuple(cell for cell in row if isinstance(cell, Number)) for row in table.rows}


def test_a_segment_of_few_stands_with_its_neighbour_and_their_common_figure() -> None:
    asked, found = packing.asked(), rows(900)
    (joint,) = [name for name in found if "," in name]
    shares = found[joint]
    where = [("age_band", ("under_25", "25_34"))]
    exact = values.values(asked.cursor, asked.policy.settings, "institution", [asked.day], where, ["par30"])
    assert shares[-1].value == pytest.approx(exact["value"].iloc[0], rel=1e-11)
    assert shares[-1].ref == ref("par30", asked.day, age_band="under_25+25_34")
    alone = rows(10)
    assert not any("," in name for name in alone) and len(alone) == len(found) + 1
    assert shares[0].value == sum(one[0].value or 0 for name, one in alone.items() if name in joint.split(", "))


def test_women_and_men_are_never_put_together() -> None:
    assert {"Women", "Men"} <= rows(100_000).keys()


def test_ages_stand_from_the_youngest_on() -> None:
    ages = [name for name in rows(10) if name in ("Under 25", "25 to 34", "35 to 49", "50 to 64")]
    assert ages[0] == "Under 25" and ages == sorted(ages, key=lambda name: (name != "Under 25", name))
