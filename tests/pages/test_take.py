"""What is shown can be taken away: charts as SVG, PNG and data, tables as Excel and CSV, each with where it is from."""

import csv
import io
from xml.etree import ElementTree

import openpyxl
import pytest

from metrics.documents import taken
from metrics.excel import Figure, Sheet
from metrics.words import say
from pages.ui import excel
from tests.pages.visit import Open, Saved
from tests.payloads import PAYLOADS

WEIGHTS = "weights: Equal: financial and social count the same, social share 50\u202f%"
# A view with a chart, and the key of its menu.
CHARTS = [
    ("overview", {}, "take_where"),
    ("tradeoffs", {}, "take_lines"),
    ("indicators", {"indicator": "par30"}, "take_history"),
    ("warnings", {"part": "register"}, "take_register"),
    ("warnings", {"part": "drift"}, "take_drift"),
    ("warnings", {"breach": "collection_complaints/branch/doukoro/2026-02-28"}, "take_breach"),
    ("voices", {}, "take_loop"),
    ("voices", {"part": "tailored"}, "take_needs"),
    ("tradeoffs", {"shock": "flood"}, "take_stress_financial"),
    ("methods", {"part": "robustness"}, "take_robust"),
]


@pytest.mark.many(3)
@pytest.mark.parametrize(("slug", "address", "key"), CHARTS, ids=[key for *_, key in CHARTS])
def test_a_chart_is_taken_away_with_its_data_and_where_it_is_from(
    opened: Open, saved: Saved, slug: str, address: dict[str, str], key: str
) -> None:
    opened(slug, **address)
    drawn = saved[f"{key}_svg"]().decode()
    texts = " ".join(ElementTree.fromstring(drawn).itertext())
    assert "Demo MFI" in texts and "30 Sep 2026" in texts and "social share 50" in texts
    assert drawn.count("<svg") == 2 and "<script" not in drawn
    assert saved[f"{key}_png"]().startswith(b"\x89PNG")
    rows = list(csv.reader(io.StringIO(saved[f"{key}_excel_csv"]().decode("utf-8-sig"))))
    assert len(rows) > 4 and len(rows[1]) == len(rows[0])
    assert WEIGHTS in rows[-2][0]
    book = openpyxl.load_workbook(io.BytesIO(saved[f"{key}_excel"]()))
    about = {row[0].value for row in book.worksheets[0].iter_rows()}
    assert {"Institution", "As of", "View"} <= about
    assert book.worksheets[1].max_row > 1


def test_texts_of_a_csv_are_texts_and_numbers_are_whole() -> None:
    sheet = Sheet("s", PAYLOADS[:2], [[payload, Figure(0.1234567890123, "%")] for payload in PAYLOADS], ["=1"])
    rows = list(csv.reader(io.StringIO(excel.csv([sheet], ["source", "link"]).decode("utf-8-sig"))))
    assert rows[1][1] == "0.1234567890123"
    for row in rows:
        for cell in row:
            assert cell == "-5" or not cell.lstrip(" \ufeff\xa0").startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


def test_the_link_leads_back_to_the_same_view(opened: Open, saved: Saved) -> None:
    opened("indicators", indicator="par30", unit="kolo", social="30")
    rows = list(csv.reader(io.StringIO(saved["take_history_excel_csv"]().decode("utf-8-sig"))))
    assert all(part in rows[-1][0] for part in ("indicator=par30", "unit=kolo", "social=30"))


def test_the_source_says_which_part_under_which_share_and_that_it_is_the_sample(opened: Open, saved: Saved) -> None:
    opened("indicators", indicator="par30", branch=["kolo", "baro"], social="30")
    rows = list(csv.reader(io.StringIO(saved["take_history_excel_csv"]().decode("utf-8-sig"))))
    parts = rows[-2][0].split(" · ")
    assert any("Kolo" in part and "Baro" in part for part in parts)
    assert "social share 30\u202f%" in rows[-2][0] and say("en", "pages.chip_sample") in parts


def test_a_drawing_has_room_for_all_that_stands_below_it() -> None:
    made = ElementTree.fromstring(taken.svg('<svg width="90" height="50"></svg>', "T", ["source " * 20, "link " * 20]))
    below = [float(one.attrib["y"]) for one in made.iter("{http://www.w3.org/2000/svg}text")]
    assert len(below) > 6 and max(below) < float(made.attrib["height"])
