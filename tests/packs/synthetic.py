"""A pack that holds a block of every kind, texts that could be markup, long tables, and figures that are kept back."""

from functools import cache

from metrics.packs.model import (
    HIDDEN,
    Chart,
    Column,
    Definition,
    Figures,
    Live,
    Number,
    Pack,
    Section,
    Series,
    Signature,
    Table,
    Text,
)
from metrics.words import area, number, percent

HOSTILE = (
    "#set text(fill: red)", "$x$", "*bold*", "<script>alert(1)</script>", "=1+1", "\\u{41} \\", "@ref <label>",
    "`raw` // x /* y */", "#panic(\"x\")", "W" * 90,
)  # fmt: skip
BRANCHES = (
    "Ouest", "Kolo", "Saint-Louis du Sénégal", "Marché central de Bamako", "Nord", "Sud", "Est", "Fleuve",
    "Ouagadougou-Wemtenga", "Gare", "Port", "Plateau",
)  # fmt: skip
SUMMARY = "The share of it. " * 9
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="620" height="260" viewBox="0 0 620 260" font-family="Inter">'
    '<rect x="10" y="10" width="400" height="40" fill="#1F3A68"/><text x="420" y="35">Drawn 42</text></svg>'
)


def share(value: float, level: str = "", word: str = "") -> Number:
    return Number(value, percent("en", value), "%", f"par30|2026-09-30|branch=B{value}", 120, level, word)


def kept() -> Number:
    return Number(None, "kept back", "%", "par30|2026-09-30|branch=B99", None, "", "", HIDDEN)


def missing() -> Number:
    return Number(None, "–", "money")


def money(value: float) -> Number:
    return Number(value, number("en", value) + "\u202fFCFA", "money")


def long_table() -> Table:
    columns = (Column("Client segment", "text", 2.0), Column("PAR 30", "number"), Column("Portfolio", "number"))
    rows = tuple(
        (
            f"Segment {at} of the rural market",
            share(at / 1000, "red" if at % 7 == 0 else "", "Critical"),
            money(at * 1e6),
        )
        for at in range(1, 61)
    )
    return Table("long", "Sixty segments, worst first", columns, rows, "n: loans of the segment.")


def annex() -> Table:
    columns = (Column("Indicator", "text", 3.0), Column("Whole", "number"), *(Column(b, "number") for b in BRANCHES))

    def row(at: int) -> tuple[str | Number, ...]:
        cells = [share(0.01 * at + 0.001 * place, "amber" if place == 3 else "", "Past limit") for place in range(11)]
        return (f"Share of loans that are {at} days late or more, of all", money(123_456_789 + at), *cells, kept())

    return Table("annex", "Every indicator", columns, tuple(row(at) for at in range(1, 25)), "Whole institution first.")


def chart(id: str, rows: int, columns: int = 2) -> Chart:
    names = tuple(f"Month {at}" for at in range(rows))
    heads = (Column("Month"), *(Column(f"Value {at}", "number") for at in range(1, columns)))
    found = tuple((name, *(share(0.1 + at / 100) for _ in range(columns - 1))) for at, name in enumerate(names))
    table = Table(id, "The chart's figures", heads, found)
    series = (Series("Value", tuple(0.1 + at / 100 for at in range(rows))),)
    return Chart(
        id, f"Chart of {rows}", "lines", names, series, "%", "What it shows", table, SVG, 620, 260, note="n = 120"
    )


@cache
def synthetic(language: str = "en") -> Pack:
    healths = (
        ("Financial health", Number(45.2, "45", "health", level="below"), "48 in Jun 2026"),
        ("Social health", Number(61.0, "61", "health", level="within"), "60 in Jun 2026"),
        ("Balance", Number(18.0, "18", "health", level="critical"), "no earlier figure"),
        ("Borrowers", kept(), ""), ("Deposits", missing(), "before: 3"),
    )  # fmt: skip
    hostile = Table(
        "hostile", HOSTILE[0], (Column(HOSTILE[1]), Column(HOSTILE[2], "number")), ((HOSTILE[3], missing()),)
    )
    empty = Table("none", "", hostile.columns, ())
    signing = Signature(("Chair", "CEO"), (("Data", "v3"), ("Presented", "")))
    segments = (long_table(), Text("Seen.", "comment", "CEO"))
    live = Live({}, {}, {}, (), {}, {})
    sections = (
        Section("a", "headline", "Headline", "Risk is out of balance: social 61, financial 45.",
                (Text("Down by 3 since June.", "lead"), Figures(healths), Text("", "decision")), "30 Sep 2026 · equal"),
        Section("b", "text", HOSTILE[3], HOSTILE[5] + HOSTILE[8],
                (*(Text(text, kind, text) for text in HOSTILE for kind in ("plain", "quote", "comment")),
                 Text(HOSTILE[0], "decision"), hostile), HOSTILE[1]),
        Section("c", "balance", "The balance", "Ouest leads at any weight.", (chart("few", 13, 4), live)),
        Section("d", "growth", "Growth", "Growth slows down.", (chart("many", 30), chart("wide", 5, 9))),
        Section("e", "segments", "Segments", "One segment in seven is critical.", segments),
        Section("f", "annex", "Annex", "Twenty-four indicators with data.", (annex(),)),
        Section("g", "definitions", "Definitions", "How each figure is counted.", ()),
        Section("h", "empty", "Nothing", "", (empty,)),
        Section("i", "signature", "Signatures", "Two people sign.", (signing,)),
    )  # fmt: skip
    definitions = tuple(
        Definition(f"par{at}", f"Loans late {at} days", "", "%", "lower", SUMMARY, "CGAP", "", "", "", 90 + at, 0.98)
        for at in range(30)
    )  # fmt: skip
    words = {name: text for name, text in area(language, "packs").items() if isinstance(text, str)}
    return Pack(
        "Board pack: Demo, 30 Sep 2026", "Demo & Söhne #1", language, "2026-09-30", "Board pack", "Sample data",
        sections,
        definitions, (("As of", "30 Sep 2026"), ("Weighting", "Equal"), ("Social share", "50 %")), words,
    )  # fmt: skip
