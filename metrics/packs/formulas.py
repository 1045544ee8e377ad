"""The balance as formulas of a workbook: one cell holds the social share, every score and rank follows from it.

Three sheets: the balance with the weight cell and the ranking, the values between their goalposts, and the weights. A
formula is the power mean of `metrics.formula` written out, child by child; what it should give is kept in the cell, so
that programs that do not compute show it too.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from xlsxwriter.utility import xl_rowcol_to_cell as cell

from metrics.charts.tones import LIGHT
from metrics.formula import normalise, power_mean
from metrics.packs.model import Live
from metrics.packs.written import leaf_formula, mean_formula

FIRST = 6  # row of the first unit on every sheet: the heads stand above it
PILLARS = ("financial", "social")


@dataclass(frozen=True)
class Places:
    """Where things stand: the sheets' names, and by path the column of a score and the row of a weight."""

    balance: str
    scores: str
    weights: str
    column: Mapping[str, int]
    row: Mapping[str, int]


def write(book: Any, live: Live) -> None:
    """Writes the three sheets.

    Args:
        book: the `workbook.Book` that is written.
    """
    sheets = [book.sheet(book.said(f"book_{name}")) for name in ("balance", "scores", "weights")]
    leaves, nodes = [leaf["path"] for leaf in live.leaves], [node["path"] for node in live.data["nodes"]]
    balance, scores, weights = (_quoted(sheet.name) for sheet in sheets)
    places = Places(
        balance, scores, weights,
        column={path: 1 + len(leaves) + number for number, path in enumerate([*leaves, *nodes])},
        row={path: 3 + number for number, path in enumerate([*leaves, *nodes])},
    )  # fmt: skip
    known = _known(live)
    _weights(book, sheets[2], live, places)
    _scores(book, sheets[1], live, places, known)
    _balance(book, sheets[0], live, places, known)


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"


def _known(live: Live) -> dict[str, np.ndarray[Any, Any]]:
    """What every formula gives at the pack's own share: path -> a score for each unit, NaN where there is none."""
    data, found = live.data, {}
    for place, leaf in enumerate(live.leaves):
        z = [unit["leaves"][place] for unit in data["units"]]
        found[leaf["path"]] = np.array([math.nan if one is None else one for one in z], dtype=float)
    weights = {one["path"]: one["weight"] for one in (*data["leaves"], *data["nodes"])}
    weights |= {"financial": 100.0 - data["social"], "social": data["social"]}
    for node in sorted(data["nodes"], key=lambda one: -_depth(one["path"])):
        below = _children(node["path"], weights)
        values, own = np.column_stack([found[path] for path in below]), np.array([weights[path] for path in below])
        exponent = {"min": -math.inf, "max": math.inf}.get(node["exponent"], node["exponent"])
        mean = power_mean(values, own, float(exponent), node["epsilon"], node["dual"])
        there = (~np.isnan(values)) @ own
        found[node["path"]] = np.where(there < (node["coverage"] - 1e-12) * own.sum(), np.nan, mean)
    return found


def _depth(path: str) -> int:
    return path.count("/") + 1 if path else 0


def _children(path: str, weights: Mapping[str, float]) -> list[str]:
    return [one for one in weights if one and one.rpartition("/")[0] == path]


def _weights(book: Any, sheet: Any, live: Live, places: Places) -> None:
    """Paths with weight, goalposts and formula; the weights of the pillars follow the weight cell."""
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, 11, 12)
    book.text(sheet, 0, 0, book.said("book_weights_text"), font_color="#667085")
    heads = ("path", "weight", "worst", "best", "best_end", "worst_end", "transform", "exponent", "epsilon", "covered")
    for column, head in enumerate(heads):
        book.text(sheet, 2, column, book.said(f"book_col_{head}"), bold=True, bottom=1)
    weights = {one["path"]: one["weight"] for one in (*live.data["leaves"], *live.data["nodes"])}
    share = f"{places.balance}!{SHARE}"
    for leaf in live.leaves:
        row = places.row[leaf["path"]]
        book.text(sheet, row, 0, leaf["path"])
        sheet.write_number(row, 1, weights[leaf["path"]])
        for column, post in enumerate(leaf["goalposts"], 2):
            sheet.write_number(row, column, post)
        book.text(sheet, row, 6, leaf["transform"])
    for node in live.data["nodes"]:
        row = places.row[node["path"]]
        book.text(sheet, row, 0, node["path"] or book.said("book_root"))
        if node["path"] in PILLARS:
            formula, now = share, live.data["social"]
            if node["path"] == "financial":
                formula, now = f"100-{share}", 100.0 - now
            sheet.write_formula(row, 1, f"={formula}", None, now)
        else:
            sheet.write_number(row, 1, node["weight"])
        book.text(sheet, row, 7, str(node["exponent"]))
        sheet.write_number(row, 8, node["epsilon"])
        sheet.write_number(row, 9, node["coverage"])
    sheet.freeze_panes(3, 1)


SHARE = "$B$3"


def _scores(book: Any, sheet: Any, live: Live, places: Places, known: Mapping[str, Any]) -> None:
    """A row a unit: its values, then the score of every leaf and node by formula."""
    units, leaves = live.data["units"], live.leaves
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 2 * len(leaves) + len(live.data["nodes"]), 13)
    book.text(sheet, 0, 0, book.said("book_scores_text"), font_color="#667085")
    book.text(sheet, FIRST - 3, 1, book.said("book_values"), bold=True)
    book.text(sheet, FIRST - 3, 1 + len(leaves), book.said("book_leaf_scores"), bold=True)
    book.text(sheet, FIRST - 3, 1 + 2 * len(leaves), book.said("book_node_scores"), bold=True)
    titles = [one["short"] for one in live.data["leaves"]]
    nodes = [one["title"] or book.said("book_root") for one in live.data["nodes"]]
    for column, title in enumerate([book.said("unit"), *titles, *titles, *nodes]):
        book.text(sheet, FIRST - 1, column, title, bold=True, bottom=1, text_wrap=True)
    weights = {one["path"]: one["weight"] for one in (*live.data["leaves"], *live.data["nodes"])}
    for number, unit in enumerate(units):
        row = FIRST + number
        book.text(sheet, row, 0, unit["name"])
        for place, leaf in enumerate(leaves):
            _leaf(book, sheet, row, place, leaf, live, places, number)
        for node in live.data["nodes"]:
            below = _children(node["path"], weights)
            written = mean_formula(node, [(cell(row, places.column[one]), _weight(places, one)) for one in below])
            score = known[node["path"]][number]
            shown = "" if math.isnan(score) else float(score)
            sheet.write_formula(row, places.column[node["path"]], f"={written}", book.style(num_format="0.0000"), shown)
    sheet.freeze_panes(FIRST, 1)


def _leaf(
    book: Any, sheet: Any, row: int, place: int, leaf: Mapping[str, Any], live: Live, places: Places, number: int
) -> None:
    """A leaf's value and its score by formula; where the value is kept back, the theme's score stands as a number."""
    unit = live.data["units"][number]
    value, z = live.values[unit["id"]][place], unit["leaves"][place]
    column = places.column[leaf["path"]]
    if value is None:
        if z is not None:
            sheet.write_number(row, column, z, book.style(num_format="0.0000", italic=True))
        return
    sheet.write_number(row, 1 + place, value)
    shown = float(normalise(np.array([value]), leaf["goalposts"], leaf["transform"] or "linear")[0])
    written = leaf_formula(cell(row, 1 + place), _posts(places, leaf), leaf["transform"] == "log")
    sheet.write_formula(row, column, f"={written}", book.style(num_format="0.0000"), shown)


def _posts(places: Places, leaf: Mapping[str, Any]) -> list[str]:
    row = places.row[leaf["path"]]
    return [f"{places.weights}!{cell(row, 2 + one, True, True)}" for one in range(len(leaf["goalposts"]))]


def _weight(places: Places, path: str) -> str:
    return f"{places.weights}!{cell(places.row[path], 1, True, True)}"


def _balance(book: Any, sheet: Any, live: Live, places: Places, known: Mapping[str, Any]) -> None:
    """The weight cell, the healths and ranks that follow from it, and the ranking in its order with a chart."""
    data, units = live.data, live.data["units"]
    count, decimals = len(units), int(data["decimals"])
    last = FIRST + count - 1
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 4, 17)
    sheet.set_column(5, 6, 8)
    sheet.set_column(7, 7, 30)
    sheet.set_column(8, 8, 13)
    book.text(sheet, 0, 0, book.said("book_balance_text"), bold=True)
    book.text(sheet, 2, 0, book.said("basis_social"), bold=True)
    sheet.write_number(2, 1, data["social"], book.style(num_format='0" %"', bg_color="#FFF4CC", border=1, bold=True))
    held = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100}
    held |= {"input_title": book.said("basis_social")[:32], "input_message": book.said("book_share_help")[:255]}
    sheet.data_validation(2, 1, 2, 1, held)
    heads = ["unit", "health_financial", "health_social", "health_balance", "book_rank"]
    heads += ["", "book_order", "unit", "health_balance"]
    for column, head in enumerate(heads):
        if head:
            align = "left" if head == "unit" else "center" if head == "book_order" else "right"
            book.text(sheet, FIRST - 1, column, book.said(head), bold=True, bottom=1, align=align)
    balances = [known[""][number] for number in range(count)]
    shown = [math.nan if math.isnan(one) else math.floor(100 * one * 10**decimals + 0.5 + 1e-9) / 10**decimals
             for one in balances]  # fmt: skip
    scored = f"$D${FIRST + 1}:$D${last + 1}"
    style = book.style(num_format="0" + ("." + "0" * decimals if decimals else ""))
    for number, unit in enumerate(units):
        row = FIRST + number
        book.text(sheet, row, 0, unit["name"])
        _shown(sheet, row, number, places, known, decimals, style)
        own = cell(row, 3)
        rank = "" if math.isnan(shown[number]) else 1 + sum(one > shown[number] for one in shown)
        sheet.write_formula(row, 4, f'=IF(ISNUMBER({own}),RANK({own},{scored},0),"")', book.style(num_format="0"), rank)
        key = f'=IF(ISNUMBER({own}),RANK({own},{scored},0)+COUNTIF($D${FIRST + 1}:{own},{own})-1,"")'
        order = "" if rank == "" else rank + sum(one == shown[number] for one in shown[:number])
        sheet.write_formula(row, 11, key, None, order)
    _ranking(book, sheet, [unit["name"] for unit in units], shown, style)


def _shown(
    sheet: Any, row: int, number: int, places: Places, known: Mapping[str, Any], decimals: int, style: Any
) -> None:
    """The healths and the balance of a unit, rounded as they are shown."""
    for column, path in enumerate((*PILLARS, ""), 1):
        place = f"{places.scores}!{cell(row, places.column[path])}"
        raw = 100 * known[path][number]
        value = "" if math.isnan(raw) else math.floor(raw * 10**decimals + 0.5 + 1e-9) / 10**decimals
        formula = f'=IF(ISNUMBER({place}),INT({place}*100*{10**decimals}+0.5+1E-9)/{10**decimals},"")'
        sheet.write_formula(row, column, formula, style, value)


def _ranking(book: Any, sheet: Any, names: Sequence[str], shown: Sequence[float], style: Any) -> None:
    """The units in order of rank, which moves with the weight cell, and bars of it."""
    count = len(names)
    last = FIRST + count - 1
    keys = f"$L${FIRST + 1}:$L${last + 1}"
    order = sorted((n for n in range(count) if not math.isnan(shown[n])), key=lambda n: (-shown[n], n))
    book.text(sheet, FIRST - 1, 11, book.said("book_key"), font_color="#8A94A6")
    sheet.set_column(11, 11, None, None, {"hidden": True})
    for number in range(count):
        row = FIRST + number
        sheet.write_number(row, 6, number + 1, book.style(align="center"))
        found = order[number] if number < len(order) else None
        for column, wanted, value, how in (
            (7, "$A", "" if found is None else names[found], None),
            (8, "$D", "" if found is None else shown[found], style),
        ):
            place = f"{wanted}${FIRST + 1}:{wanted}${last + 1}"
            formula = f'=IFERROR(INDEX({place},MATCH(G{row + 1},{keys},0)),"")'
            sheet.write_formula(row, column, formula, how, value)
    chart = book.book.add_chart({"type": "bar"})
    name = sheet.name
    bars = {"fill": {"color": LIGHT.financial}, "gap": 50, "data_labels": {"value": True}}
    chart.add_series({"categories": [name, FIRST, 7, last, 7], "values": [name, FIRST, 8, last, 8], **bars})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"min": 0, "max": 100, "major_gridlines": {"visible": True, "line": {"color": LIGHT.hair}}})
    chart.set_title({"name": book.said("health_balance"), "name_font": {"size": 11}})
    chart.set_legend({"none": True})
    chart.set_size({"width": 640, "height": 60 + 24 * count})
    sheet.insert_chart(FIRST + count + 1, 0, chart, {"description": book.said("book_balance_text")[:255]})
