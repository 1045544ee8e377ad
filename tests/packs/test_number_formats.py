"""Cells of a workbook read as the other forms print the same number."""

import pytest

from metrics.packs.model import Number
from metrics.packs.number_formats import number_format, shown


@pytest.mark.parametrize(
    ("number", "first"),
    [
        (Number(0.0538, "5.4\u202f%", "%"), '0.0"\u202f"%'),
        (Number(0.53, "53\u202f%", "%"), '0"\u202f"%'),
        (Number(0.277, "27,7 points", "points"), '0.0" points"'),
        (Number(64.13, "64.1"), "0.0"),
        (Number(10349.0, "10.349"), "#,##0"),
        (Number(0.00123, "+0.1 points, worse", "points"), '+0.0" points, worse"'),
        (Number(1808468.4, "1 808 468\u202fFCFA", "money"), '#,##0"\u202fFCFA"'),
        (Number(18.7e9, "18.7\u202fbn\u202fFCFA", "money"), '#,##0"\u202fFCFA"'),
        (Number(0.104, "10.4\u202f%", "%", level="red"), '"■ "0.0"\u202f"%'),
        (Number(0.0002, "unchanged", "points"), '"unchanged"'),
        (Number(0.5, "1 of 2", "ratio"), "0.00"),
    ],
)
def test_a_cell_has_the_digits_and_the_unit_of_the_text(number: Number, first: str) -> None:
    assert number_format(number).split(";")[0] == first


def test_what_is_less_than_nothing_keeps_its_sign() -> None:
    assert number_format(Number(-0.026, "−2.6\u202f%", "%")).split(";") == ['0.0"\u202f"%', '"−"0.0"\u202f"%']


def test_a_column_is_as_wide_as_the_whole_amount() -> None:
    assert shown(Number(18.7e9, "18.7\u202fbn\u202fFCFA", "money")) == "18,700,000,000.0\u202fFCFA"
