"""Text files t01 to t31: encodings, delimiters, headings, totals, rows that are not whole, amounts."""

from collections.abc import Callable

from tests.corpus.base import FIVE, HEAD, TOTAL, column, joined, more, quoted, rows, text

OUTSTANDING = ("812.50", "1500.25", "418.18", "2812.28", "1000.00")
CONTINENTAL = ("812,50", "1.500,25", "418,18", "2.812,28", "1.000,00")
SPACED = ("812,50", "1\u00a0500,25", "418,18", "2\u00a0812,28", "1\u00a0000,00")


def amounts(outstanding: tuple[str, ...], disbursed: tuple[str, ...]) -> list[list[str]]:
    """The five loans with both amounts written otherwise."""
    found = column("outstanding", outstanding)
    for row, value in zip(found[1:], disbursed, strict=True):
        row[5] = value
    return found


def comma(*thousands: str) -> tuple[str, ...]:
    """Disbursed amounts with a decimal comma and this mark between thousands."""
    mark = thousands[0] if thousands else ""
    return tuple(value.format(mark) for value in ("1{}000,00", "2{}000,00", "500,00", "3{}000,00", "1{}000,00"))


def subtotals() -> list[list[str]]:
    """The loans by branch with a subtotal below each, and a grand total."""
    body = rows()[1:]
    kolo, baro = [body[0], body[1], body[4]], [body[2], body[3]]
    return [
        list(HEAD), *kolo, ["Subtotal Kolo", "", "", "", "", "4000.00", "3312.75", ""],
        *baro, ["Subtotal Baro", "", "", "", "", "3500.00", "3230.46", ""],
        ["Grand total", *TOTAL[1:]],
    ]  # fmt: skip


def pages() -> list[list[str]]:
    """The headings again in the middle, as on each page of a printed list."""
    found = rows()
    return [*found[:4], list(HEAD), *found[4:]]


def signed(value: str) -> bytes:
    """One balance written with a sign of its own."""
    return text(rows(r3c7=value))


def currency(*codes: str) -> bytes:
    """Balances with a currency before each, in turn."""
    marked = [f"{codes[no % len(codes)]} {value}" for no, value in enumerate(
        ("812.50", "1,500.25", "418.18", "2,812.28", "1,000.00")
    )]  # fmt: skip
    return text(quoted(column("outstanding", marked)))


def rates(*written: str) -> bytes:
    """The five loans with a column of interest rates."""
    return text(more("interest_rate", written), mark=";")


def thousands(head: str, title: str = "") -> bytes:
    """Balances and amounts in thousands, as the heading or a title says."""
    found = amounts(("0.8125", "1.50025", "0.41818", "2.81228", "1"), ("1", "2", "0.5", "3", "1"))
    found[0][5:7] = [f"disbursed_amount{head}", f"outstanding{head}"]
    return title.encode() + text(found, mark=";")


def labelled(label: str) -> bytes:
    """A last row of totals under a label that nobody foresaw, or under none."""
    return text([*rows(), [label, *TOTAL[1:]]])


def by_branch() -> bytes:
    """Subtotals named like the branch they sum."""
    found = subtotals()
    found[4][0], found[7][0], found[8][0] = "Kolo", "Baro", "Jumla"
    return text(found)


FILES: dict[str, Callable[[], bytes]] = {
    "t01": lambda: text(rows()),
    "t02": lambda: text(rows(), encoding="utf-8-sig"),
    "t03": lambda: b"\xff\xfe" + text(rows(), mark="\t", encoding="utf-16-le"),
    "t04": lambda: text(rows(), encoding="utf-16-le"),
    "t05": lambda: text(rows(r2c4="Téra", r3c4="Téra", r6c4="Téra"), encoding="cp1252"),
    "t06": lambda: text(amounts(CONTINENTAL, comma(".")), mark=";"),
    "t07": lambda: text(rows(), mark="\t"),
    "t08": lambda: text(rows(), mark="|"),
    "t09": lambda: text(amounts(("812,5", "1500,25", "418,18", "2812,28", "1000"), comma()), mark=";"),
    "t10": lambda: text(quoted(column("outstanding", ("812.50", "1,500.25", "418.18", "2,812.28", "1,000.00")))),
    "t10b": lambda: text(amounts(("1,234", "2,345", "3,456", "4,567", "5,678"), ("9,000",) * 5), mark=";"),
    "t11": lambda: text(amounts(SPACED, comma("\u00a0")), mark=";"),
    "t12": lambda: b"sep=;\n" + text(rows(), mark=";"),
    "t13": lambda: "Coopérative de Kolo\nPortefeuille de prêts\n\n".encode() + text(rows()),
    "t14": lambda: text([*rows(), TOTAL]),
    "t14b": lambda: text([*rows(), ["TOTAL", "", "", "", "", "7500.00", "6600.00", ""]]),
    "t15": lambda: text(subtotals()),
    "t15b": by_branch,
    "t15c": lambda: labelled("Jumla"),
    "t15d": lambda: labelled(""),
    "t16": lambda: text([[*HEAD[:5], "amount", "amount", "days_late"], *FIVE]),
    "t17": lambda: text(more("", ("x", "y", "", "x", "z"))),
    "t18": lambda: text(quoted([[" Loan ID ", "CLIENT-No", "Gender\n(M/F)", *HEAD[3:6], "Outstanding *", "Days late"],
                                *FIVE])),
    "t19": lambda: text(FIVE),
    "t20": lambda: text(pages()),
    "t21": lambda: joined(rows()).replace(",1000.00,1000.00,0", "").encode(),
    "t22": lambda: joined(rows()).replace("1000.00,1000.00,0", "1000.00,1000.00,0,9,9").encode(),
    "t23": lambda: text(rows(r4c4='"Baro')),
    "t24": lambda: text(quoted(rows(r3c4="Kolo\nNord"))),
    "t25": lambda: joined(rows()).replace("\n", "\r\n", 3).encode(),
    "t26": lambda: text(rows(r3c4="Ko\0lo")),
    "t27": lambda: joined([*row, "", "", ""] for row in rows()).encode() + b",,,,,,,,,,\n" * 200,
    "t28": lambda: rates("24%", "24.5 %", "18%", "24 %", "30%"),
    "t28b": lambda: rates("24%", "24.5 %", "0.24", "24", "24.0%"),
    "t28c": lambda: rates("0.24", "24", "0.18", "18", "0.3"),
    "t28d": lambda: rates("24,0%", "24,5 %", "18%", "24 %", "30%"),
    "t29": lambda: currency("KSh"),
    "t29b": lambda: currency("KSh", "USD"),
    "t29c": lambda: currency("KES", "KSh", "KES"),
    "t29d": lambda: thousands(" (in thousands)"),
    "t29e": lambda: thousands("", "Coopérative de Kolo\nMontants en milliers de FCFA\n\n"),
    "t29f": lambda: text(rows(r3c7="9999999999999")),
    "t29g": lambda: text(rows(r3c6="99999999999999")),
    "t30": lambda: signed("(1000)"),
    "t31": lambda: signed("1000-"),
}  # fmt: skip
