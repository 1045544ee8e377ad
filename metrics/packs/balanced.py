"""The sheet Balance of a workbook: the weight cell, and the healths, ranks, ranking and bars that follow from it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell as cell

from metrics.charts.tones import LIGHT
from metrics.packs.model import Live

GREY = "#667085"
HEADS = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "bottom"}
FIRST = 6  # row of the first unit on every sheet: the heads stand above it
PILLARS = ("financial", "social")
SHARE = "$B$3"
MARKS = (("critical", "■ ", "#B42318"), ("limit", "▲ ", "#B25E00"))  # the worst first: it ends the search


@dataclass(frozen=True)
class Places:
    """Where things stand: the sheets' names, and by path the column of a score and the row of a weight."""

    balance: str
    scores: str
    weights: str
    column: Mapping[str, int]
    row: Mapping[str, int]


def write(book: Any, sheet: Any, live: Live, places: Places, known: Mapping[str, Any]) -> None:
    """The weight cell, the healths and ranks that follow from it, and the ranking in its order with a chart.

    Args:
        book: the `workbook.Book` that is written.
        known: what every formula gives at the pack's own share: path -> a score for each unit, 0..1.
    """
    _heads(book, sheet, live)
    decimals, first = int(live.data["decimals"]), FIRST + 1
    shown = [_rounded(one, decimals) for one in known[""]]
    style = book.style(num_format="0" + ("." + "0" * decimals if decimals else ""))
    scored = f"$D${first}:$D${FIRST + len(shown)}"
    moves = book.style(num_format='"↑ "0;"↓ "0;"–"', align="right")
    for number, unit in enumerate(live.data["units"]):
        row = FIRST + number
        book.text(sheet, row, 0, unit["name"])
        _healths(sheet, row, number, places, known, decimals, style)
        own, now = cell(row, 3), cell(row, 4)
        rank = "" if math.isnan(shown[number]) else 1 + sum(one > shown[number] for one in shown)
        sheet.write_formula(row, 4, f'=IF(ISNUMBER({own}),RANK({own},{scored},0),"")', book.style(num_format="0"), rank)
        if rank != "":
            sheet.write_formula(row, 5, f'=IF(ISNUMBER({now}),{rank}-{now},"")', moves, 0)
        key = f'=IF(ISNUMBER({own}),RANK({own},{scored},0)+COUNTIF($D${first}:{own},{own})-1,"")'
        order = "" if isinstance(rank, str) else rank + sum(one == shown[number] for one in shown[:number])
        sheet.write_formula(row, 11, key, None, order)
    _ranking(book, sheet, [unit["name"] for unit in live.data["units"]], shown, style)
    _marks(book, sheet, live, decimals)
    _bars(book, sheet, len(shown))


def _rounded(score: float, decimals: int) -> float:
    return math.nan if math.isnan(score) else math.floor(100 * score * 10**decimals + 0.5 + 1e-9) / 10**decimals


def _heads(book: Any, sheet: Any, live: Live) -> None:
    """What to do, the yellow cell, and the heads of both tables."""
    for column, width in enumerate((30, 17, 17, 17, 10, 19, 9, 30, 13)):
        sheet.set_column(column, column, width)
    book.text(sheet, 0, 0, book.said("book_balance_text"), bold=True, font_size=12)
    book.text(sheet, 2, 0, book.said("basis_social"), bold=True, font_size=14, valign="vcenter")
    yellow = book.style(
        num_format='General"\u202f%"', bg_color="#FFE88A", border=2, bold=True, font_size=14, align="center",
        valign="vcenter",
    )  # fmt: skip
    sheet.set_row(2, 24)
    sheet.write_number(2, 1, live.data["social"], yellow)
    held = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100}
    held |= {"input_title": book.said("basis_social")[:32], "input_message": book.said("book_share_help")[:255]}
    sheet.data_validation(2, 1, 2, 1, held)
    if "limit" in live.data:
        limits = {name: f"{live.data[name]:g}" for name in ("limit", "critical")}
        book.text(sheet, 3, 0, book.said("book_moved_text", **limits), font_color=GREY)
    heads = ["unit", "health_financial", "health_social", "health_balance", "book_rank", "book_moved"]
    heads += ["book_order", "unit", "health_balance"]
    for column, head in enumerate(heads):
        side = "left" if head == "unit" else "center" if head == "book_order" else "right"
        book.text(sheet, FIRST - 1, column, book.said(head), **HEADS, align=side)
    sheet.freeze_panes(FIRST, 1)


def _healths(
    sheet: Any, row: int, number: int, places: Places, known: Mapping[str, Any], decimals: int, style: Any
) -> None:
    """The healths and the balance of a unit, rounded as they are shown."""
    for column, path in enumerate((*PILLARS, ""), 1):
        place = f"{places.scores}!{cell(row, places.column[path])}"
        now = _rounded(known[path][number], decimals)
        formula = f'=IF(ISNUMBER({place}),INT({place}*100*{10**decimals}+0.5+1E-9)/{10**decimals},"")'
        sheet.write_formula(row, column, formula, style, "" if math.isnan(now) else now)


def _marks(book: Any, sheet: Any, live: Live, decimals: int) -> None:
    """The shapes of healths below their limits, which come and go with the weight."""
    digits = "0" + ("." + "0" * decimals if decimals else "")
    last = FIRST + len(live.data["units"]) - 1
    for name, shape, colour in MARKS:
        look = book.book.add_format({"num_format": f'"{shape}"{digits}', "font_color": colour})
        for left, right in ((1, 3), (8, 8)):
            if name in live.data:
                rule = {"type": "cell", "criteria": "<", "value": live.data[name], "format": look}
                sheet.conditional_format(FIRST, left, last, right, {**rule, "stop_if_true": True})


def _ranking(book: Any, sheet: Any, names: Sequence[str], shown: Sequence[float], style: Any) -> None:
    """The units in order of rank, which moves with the weight cell."""
    last = FIRST + len(names)
    keys = f"$L${FIRST + 1}:$L${last}"
    order = sorted((n for n in range(len(names)) if not math.isnan(shown[n])), key=lambda n: (-shown[n], n))
    book.text(sheet, FIRST - 1, 11, book.said("book_key"), font_color=GREY)
    sheet.set_column(11, 11, None, None, {"hidden": True})
    for number in range(len(names)):
        row = FIRST + number
        sheet.write_number(row, 6, number + 1, book.style(align="center"))
        found = order[number] if number < len(order) else None
        for column, wanted, value, how in (
            (7, "$A", "" if found is None else names[found], None),
            (8, "$D", "" if found is None else shown[found], style),
        ):
            place = f"{wanted}${FIRST + 1}:{wanted}${last}"
            formula = f'=IFERROR(INDEX({place},MATCH(G{row + 1},{keys},0)),"")'
            sheet.write_formula(row, column, formula, how, value)


def _bars(book: Any, sheet: Any, count: int) -> None:
    """Bars of the ranking, in its order."""
    chart, name, last = book.book.add_chart({"type": "bar"}), sheet.name, FIRST + count - 1
    bars = {"fill": {"color": LIGHT.financial}, "gap": 50, "data_labels": {"value": True}}
    chart.add_series({"categories": [name, FIRST, 7, last, 7], "values": [name, FIRST, 8, last, 8], **bars})
    chart.set_y_axis({"reverse": True, "crossing": "max"})
    chart.set_x_axis({"min": 0, "max": 100, "major_gridlines": {"visible": True, "line": {"color": LIGHT.hair}}})
    chart.set_title({"name": book.said("book_chart"), "name_font": {"size": 11}, "overlay": False})
    chart.set_legend({"none": True})
    chart.set_size({"width": 760, "height": 70 + 24 * count})
    sheet.insert_chart(FIRST + count + 1, 0, chart, {"description": book.said("book_balance_text")[:255]})
