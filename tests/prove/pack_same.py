"""The numbers of the sample's pack, read back from all four documents and compared with the engine."""

import datetime
import io
import math
from collections import Counter

import openpyxl
from pptx import Presentation

from metrics import values
from metrics.catalogue import indicators
from metrics.packs import page, slides, workbook
from metrics.packs.model import Live, Pack, numbers
from metrics.packs.refs import parsed
from metrics.words import LANGUAGES
from tests import packing
from tests.packs import decks, test_page, test_pdf

LINE = "same numbers: read back from PDF, slides, workbook and HTML; all equal, also to the engine in 12 digits"
TRIED = ("gender", "location", "age_band", "cycle", "product", "branch")


def run() -> dict[str, object]:
    """Reads back every figure in three languages; the engine is asked again, apart from the pack."""
    found: Counter[str] = Counter()
    for language in LANGUAGES:
        pack = packing.pack(language)
        every = [number for _, number in numbers(pack)]
        assert test_pdf.lacking(pack) == []
        found["PDF"] += sum(len(test_pdf.figures(section)) for section in pack.sections)
        deck = Presentation(io.BytesIO(slides.pptx(pack)))
        found["slides"] += decks.stated(pack, deck, ("annex",))
        found["series of charts"] += decks.drawn_as_given(pack, deck)
        wanted = Counter((one.ref, "" if one.value is None else repr(float(one.value)), one.text) for one in every)
        assert Counter(test_page.Read(page.html(pack).decode("utf-8")).figures) == wanted
        found["HTML"] += wanted.total()
        found["workbook"] += in_cells(pack)
    return {
        "languages": len(LANGUAGES), **found, "figures of indicators asked again": asked_again(packing.pack()),
        "left to the other three": "the annex' figures on slides, where it is summed up",
    }  # fmt: skip


def in_cells(pack: Pack) -> int:
    """How many figures stand in the workbook, section by section; each is compared in as many digits as it keeps."""
    book = openpyxl.load_workbook(io.BytesIO(workbook.xlsx(pack)), data_only=True)
    sections = [section for section in pack.sections if any(not isinstance(block, Live) for block in section.blocks)]
    held = {}
    for section, sheet in zip(sections, book.worksheets[4 : 4 + len(sections)], strict=True):
        cells = (cell.value for row in sheet.iter_rows() for cell in row)
        held[section.id] = Counter(float(value) for value in cells if isinstance(value, (int, float)))
    count = 0
    for section, number in numbers(pack):
        if number.value is not None:
            held[section.id][float(f"{number.value * workbook.SCALES.get(number.unit, 1.0):.16g}")] -= 1
            count += 1
    assert not [one for left in held.values() for one, times in left.items() if times], held
    return count


def asked_again(pack: Pack) -> int:
    """Figures of indicators at the whole, at branches and at parts, compared with values computed anew.

    What a decision wrote down at its meeting is a record, in the digits that were written: it is left out.
    """
    cursor, asked = packing.store().cursor(), packing.asked()
    known, equal = {}, 0
    for section, number in numbers(pack):
        what, day, place = parsed(number.ref) if number.ref else ("", "", ())
        recorded = section.kind == "targets" and day != pack.as_of
        if recorded or what not in indicators() or number.value is None:
            continue
        if len(place) > 1 or (place and place[0][0] not in TRIED):
            continue
        by, unit = place[0] if place else ("institution", asked.picture.whole.id)
        if (by, day) not in known:
            frame = values.values(cursor, asked.policy.settings, by, [datetime.date.fromisoformat(day)])
            known[by, day] = frame.set_index(["unit", "indicator"])["value"].to_dict()
        if (unit, what) in known[by, day]:
            value = known[by, day][unit, what]
            assert math.isclose(value, number.value, rel_tol=1e-11, abs_tol=1e-15), (number.ref, value, number.value)
            equal += 1
    assert equal > 1000, equal
    return equal
