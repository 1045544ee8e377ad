"""Ways to write a sheet: numbers, dates, money and percentages as people write them."""

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

Value = str | int | bool | Decimal | float | date | None
MONTHS = calendar.month_name[1:]


@dataclass(frozen=True)
class Style:
    """How a sheet is written. `form`: xlsx or csv; `native`: a workbook's own numbers and dates, not texts."""

    form: str = "xlsx"
    native: bool = True
    decimal: str = "point"
    grouped: str = ""
    dates: str = "iso"
    money: str = ""
    percent: str = ""
    mark: str = ","
    encoding: str = "utf-8"
    titles: int = 0
    margin: int = 0
    total: bool = False
    subtotals: bool = False
    heads_again: bool = False
    repeats: int = 0
    faults: int = 0
    blanks: bool = False


@st.composite
def styles(draw: st.DrawFn, form: str) -> Style:
    """A way to write a sheet in which every cell still has one meaning, given the answers to what is asked."""
    native = form == "xlsx" and draw(st.booleans())
    decimal = draw(st.sampled_from(("point", "comma")))
    mark = draw(st.sampled_from((",", ";", "\t", "|"))) if form == "csv" else ""
    return Style(
        form=form, native=native, decimal=decimal, mark=mark,
        grouped=draw(st.sampled_from(("", " ", "," if decimal == "point" else "."))),
        dates=draw(st.sampled_from(("iso", "dmy/", "dmy.", "dmy-", "mdy/", "words"))),
        money="" if native else draw(st.sampled_from(("", "", "FCFA", "$"))),
        percent=draw(st.sampled_from(("", "sign", "fraction"))),
        encoding=draw(st.sampled_from(("utf-8", "utf-8-sig", "cp1252", "utf-16"))),
        titles=draw(st.integers(0, 3)), margin=draw(st.integers(0, 2)), total=draw(st.booleans()),
        subtotals=draw(st.booleans()), heads_again=draw(st.booleans()), repeats=draw(st.integers(0, 2)),
        faults=draw(st.integers(0, 2)), blanks=draw(st.booleans()),
    )  # fmt: skip


def plain(style: Style, kind: str, value: Value) -> Any:
    """A date, figure or text as the style writes it."""
    if kind == "date":
        return value if style.native else _date(style, value)
    if kind == "pct":
        shown = Decimal(str(value)) / (100 if style.percent == "fraction" else 1)
        if style.native:
            return float(shown)
        return _figure(style, shown, grouped=False) + (" %" if style.percent == "sign" else "")
    if kind == "amount":
        return float(str(value)) if style.native else _money_text(style, Decimal(str(value)))
    if kind == "whole":
        return value if style.native else str(value)
    return value


def _date(style: Style, value: Any) -> str:
    if style.dates == "iso":
        return str(value.isoformat())
    if style.dates == "words":
        return f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    sign = style.dates[-1]
    parts = (value.day, value.month) if style.dates.startswith("dmy") else (value.month, value.day)
    return sign.join((*(f"{part:02d}" for part in parts), str(value.year)))


def _figure(style: Style, value: Decimal, grouped: bool = True) -> str:
    text = f"{value:,f}"
    whole, _, tail = text.partition(".")
    whole = whole.replace(",", style.grouped if grouped else "")
    return whole + (("." if style.decimal == "point" else ",") + tail if tail else "")


def _money_text(style: Style, value: Decimal) -> str:
    text = _figure(style, value.quantize(Decimal("0.01")))
    return {"": text, "FCFA": f"{text} FCFA", "$": f"${text}"}[style.money]
