"""The balance as formulas of a workbook: one cell holds the social share, every score and rank follows from it.

Three sheets: the balance with the weight cell and the ranking, the values between their goalposts, and the weights. A
formula is the power mean of `metrics.formula` written out, child by child; what it should give is kept in the cell, so
that programs that do not compute show it too.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from xlsxwriter.utility import xl_rowcol_to_cell as cell

from metrics.formula import normalise, power_mean
from metrics.packs import balanced
from metrics.packs.balanced import FIRST, GREY, HEADS, PILLARS, SHARE, Places
from metrics.packs.model import Live
from metrics.packs.written import leaf_formula, mean_formula


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
        row={path: 3 + number for number, path in enumerate(_tree([*leaves, *nodes]))},
    )  # fmt: skip
    known = _known(live)
    _weights(book, sheets[2], live, places)
    _scores(book, sheets[1], live, places, known)
    balanced.write(book, sheets[0], live, places, known)


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


def _tree(paths: Sequence[str]) -> list[str]:
    """Every part under the one that it is a part of, in the order given."""
    place = {path: number for number, path in enumerate(paths)}
    above = {path: [path.rsplit("/", n)[0] for n in range(path.count("/"), -1, -1)] for path in paths}
    return sorted(paths, key=lambda path: [place[one] for one in above[path] if path])


def _depth(path: str) -> int:
    return path.count("/") + 1 if path else 0


def _children(path: str, weights: Mapping[str, float]) -> list[str]:
    return [one for one in weights if one and one.rpartition("/")[0] == path]


def _weights(book: Any, sheet: Any, live: Live, places: Places) -> None:
    """Parts with weight, goalposts and formula; the weights of the pillars follow the weight cell."""
    sheet.set_column(0, 0, 42)
    sheet.set_column(1, 9, 15)
    sheet.set_column(10, 10, 52)
    book.text(sheet, 0, 0, book.said("book_weights_text"), font_color=GREY)
    heads = ("path", "weight", "worst", "best", "best_end", "worst_end", "transform", "exponent", "epsilon", "covered")
    for column, head in enumerate((*heads, "id")):
        side = "left" if head in ("path", "transform", "id") else "right"
        how = {"indent": 1} if head in ("transform", "id") else {}
        book.text(sheet, 2, column, book.said(f"book_col_{head}"), **HEADS, align=side, **how)
    sheet.set_row(2, 27)
    weights = {one["path"]: one["weight"] for one in live.data["leaves"]}
    names = {one["path"]: one["title"] for one in live.data["leaves"] if "title" in one}
    units = {one.id: one.unit for one in book.pack.definitions}
    for leaf in live.leaves:
        row = places.row[leaf["path"]]
        _named(book, sheet, row, leaf["path"], names.get(leaf["path"], leaf["path"]))
        sheet.write_number(row, 1, weights[leaf["path"]])
        for column, post in enumerate(leaf["goalposts"], 2):
            sheet.write_number(row, column, post, _measured(book, units.get(leaf["indicator"], "")))
        scale = "book_scale_log" if leaf["transform"] == "log" else "book_scale_linear"
        book.text(sheet, row, 6, book.said(scale), align="left", indent=1)
    for node in live.data["nodes"]:
        _node(book, sheet, node, live, places)
    sheet.freeze_panes(3, 1)
    sheet.repeat_rows(2)


def _node(book: Any, sheet: Any, node: Mapping[str, Any], live: Live, places: Places) -> None:
    """The row of a theme, a pillar or the balance: its weight, and how what is below it is put together."""
    row, path = places.row[node["path"]], node["path"]
    _named(book, sheet, row, path, node["title"] or book.said("book_root"), bold=True)
    if path in PILLARS:
        share, now = f"{places.balance}!{SHARE}", live.data["social"]
        formula, now = (f"100-{share}", 100.0 - now) if path == "financial" else (share, now)
        sheet.write_formula(row, 1, f"={formula}", None, now)
    else:
        sheet.write_number(row, 1, node["weight"])
    book.text(sheet, row, 7, str(node["exponent"]), align="right")
    sheet.write_number(row, 8, node["epsilon"])
    sheet.write_number(row, 9, node["coverage"], book.style(num_format="0%"))


def _named(book: Any, sheet: Any, row: int, path: str, title: str, **how: Any) -> None:
    """What a part is called, under what it is a part of, and its name in files."""
    book.text(sheet, row, 0, title, align="left", indent=_depth(path), **how)
    book.text(sheet, row, 10, path, font_color=GREY, align="left", indent=1)


def _measured(book: Any, unit: str) -> Any:
    """The look of a value as it is computed with: shares stay fractions."""
    return book.style(num_format='0.0"\u202f"%' if unit == "%" else "#,##0.00" if unit else "0.0000")


def _scores(book: Any, sheet: Any, live: Live, places: Places, known: Mapping[str, Any]) -> None:
    """A row a unit: its values, then the score of every leaf and node by formula."""
    units, leaves = live.data["units"], live.leaves
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 2 * len(leaves) + len(live.data["nodes"]), 16)
    book.text(sheet, 0, 1, book.said("book_scores_text"), font_color=GREY)  # beside the column that every page repeats
    book.text(sheet, FIRST - 3, 1, book.said("book_values"), bold=True)
    book.text(sheet, FIRST - 3, 1 + len(leaves), book.said("book_leaf_scores"), bold=True)
    book.text(sheet, FIRST - 3, 1 + 2 * len(leaves), book.said("book_node_scores"), bold=True)
    titles = [one["short"] for one in live.data["leaves"]]
    nodes = [one["title"] or book.said("book_root") for one in live.data["nodes"]]
    for column, title in enumerate([book.said("unit"), *titles, *titles, *nodes]):
        side = "right" if column else "left"
        book.text(sheet, FIRST - 1, column, title, **HEADS, align=side)
    sheet.set_row(FIRST - 1, 41)
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
    sheet.repeat_rows(FIRST - 3, FIRST - 1)
    sheet.repeat_columns(0)
    sheet.fit_to_pages(3, 0)  # values, scores of indicators, scores of themes


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
    unit_of = {one.id: one.unit for one in book.pack.definitions}
    sheet.write_number(row, 1 + place, value, _measured(book, unit_of.get(leaf["indicator"], "")))
    shown = float(normalise(np.array([value]), leaf["goalposts"], leaf["transform"] or "linear")[0])
    written = leaf_formula(cell(row, 1 + place), _posts(places, leaf), leaf["transform"] == "log")
    sheet.write_formula(row, column, f"={written}", book.style(num_format="0.0000"), shown)


def _posts(places: Places, leaf: Mapping[str, Any]) -> list[str]:
    row = places.row[leaf["path"]]
    return [f"{places.weights}!{cell(row, 2 + one, True, True)}" for one in range(len(leaf["goalposts"]))]


def _weight(places: Places, path: str) -> str:
    return f"{places.weights}!{cell(places.row[path], 1, True, True)}"
