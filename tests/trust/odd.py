"""Tables, loan books and addresses with odd values in them: what is read is what stood there, or it is told."""

import csv
import io
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from metrics.errors import EvenkeelError
from metrics.ingest import Options, preview
from metrics.ingest.child import cells as child_cells
from metrics.ingest.child import pages as child_pages
from metrics.ingest.child import texts as child_texts
from metrics.store import Store
from metrics.words import LANGUAGES, say
from pages.ui.state import KEYS
from tests.ingesting import AS_OF
from tests.trust.client import reading
from tests.trust.fuzzing import SEED, Broken, ended

CELLS = (
    "", " ", "0", "-0", "-5", "1e3", "1E+10", "1,000.50", "1.000,50", "(100)", "100-", "NaN", "Inf", "NULL", "n/a",
    "#REF!",
    "5%", "0.05", "٣٤", "１２", "1 000", "1\u00a0000", "KSh 5", "$5", "5 $", "--5", "5.5.5", "1/2", "31/02/2025",
    "2025-13-01", "03/04/2025", "true", "x" * 1200, "=1+1", "'5", "\u200b5", "5\u202e", "\x07",
    "99999999999999999999", "1e400",
    "0x10", "½", "5..", "Infinity", "-", "TOTAL", "a;b", "a\tb", "’", "\ufeff5", "1.2345678901234567", "0.1", "12.30",
)  # fmt: skip
# What an address may hold under any key.
VALUES = (
    "", " ", "0", "-1", "nan", "inf", "1e999", "9" * 400, "null", "None", "true", "../../etc/passwd",
    "'; DROP TABLE x; --",
    "<script>alert(1)</script>", "![x](http://example.org/x)", "{0}", "{value.__class__}", "%s%n", "\u0000", "\x00",
    "a" * 5000,
    "2026-13-45", "9999-12-31", "0001-01-01", "branch:", ":", "social/:50", "financial/a:nan",
    "equal@999999999999999999999", "@", "/",
    "é\u202e", "１", "[]", "{}", "a,b,c", "unit:::", "par30", "equal", "branch:Kolo", "1", "2", "R-1", "register",
    "files", "2026-09-30",
)  # fmt: skip
NUMBER = set("0123456789")


def tables(cases: int, folder: Path, seed: int = SEED) -> Counter[str]:
    """Text tables with cells of every kind, through the reading process's own code: cell for cell as they stood.

    Raises:
        Broken: a row or a cell is lost, or changed otherwise than by the repairs that are told.
    """
    dice, seen = random.Random(f"{seed} tables"), Counter[str]()
    for number in range(cases):
        rows = _rows(dice)
        mark, encoding = dice.choice((",", ";", "\t", "|")), dice.choice(("utf-8", "utf-8-sig", "utf-16"))
        out = io.StringIO()
        csv.writer(out, delimiter=mark, lineterminator=dice.choice(("\n", "\r\n"))).writerows(rows)
        content = out.getvalue().encode(encoding)
        if dice.random() < 0.2:
            content = _damaged(dice, content)
            seen[_child(folder, content, child_texts.read, (number, content))[0]] += 1
            continue
        how, found = _child(folder, content, child_texts.read, (number, content))
        seen[how] += 1
        if how == "result":
            _same(rows, found, content)
    for _ in range(cases // 5):
        page = _page(dice)
        seen[_child(folder, page, child_pages.read, page)[0]] += 1
    return seen


def _rows(dice: random.Random) -> list[list[str]]:
    width = dice.randint(2, 8)
    head = [f"h{place}" for place in range(width)]
    return [head] + [[_cell(dice) for _ in head] for _ in range(dice.randint(3, 30))]


def _cell(dice: random.Random) -> str:
    return dice.choice(CELLS) if dice.random() < 0.3 else f"v{dice.randint(0, 9999)}"


def _damaged(dice: random.Random, content: bytes) -> bytes:
    made = bytearray(content)
    for _ in range(dice.randint(1, 20)):
        made[dice.randrange(len(made))] = dice.choice((0, 10, 13, 34, 44, 59, 92, 0xFF, 0xC3, dice.randrange(256)))
    return bytes(made[: dice.randint(1, len(made))])


def _page(dice: random.Random) -> bytes:
    tags = ("<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>", '<td colspan="3">', '<td rowspan="9">', "<br>",
        "<script>",
            "<!--", "-->", "<th", "&amp;", "&#0;", "<td colspan='-1'>", "<style>", "</style>", "<p>")  # fmt: skip
    body = "".join(dice.choice((*tags, *CELLS)) for _ in range(dice.randint(5, 200)))
    return f"<html><table><tr><td>a</td><td>b</td></tr>{body}".encode("utf-8", "replace")


def _child(folder: Path, content: bytes, read: Any, case: object) -> tuple[str, dict[str, Any]]:
    """What the reading process makes of a file; its own faults count as sentences."""
    path = folder / "fuzz.csv"
    path.write_bytes(content)
    child_cells.repairs.drain()
    try:
        return "result", {**read(path, folder), "folder": folder}
    except child_cells.Fault as fault:
        error = EvenkeelError(fault.key, file="fuzz.csv", **fault.params)
        return ended("table", case, lambda: (_ for _ in ()).throw(error)), {}
    except Exception as error:
        raise Broken(f"table: {type(error).__name__}: {error}\n{str(case)[:3000]}") from error


def _same(rows: list[list[str]], found: dict[str, Any], content: bytes) -> None:
    """Row for row and cell for cell: as it stood, or cleaned as every cell is."""
    sheet = found["sheets"][0]
    with (found["folder"] / sheet["file"]).open(encoding="utf-8", newline="") as source:
        read = [row for row in csv.reader(source, delimiter=sheet["delimiter"])]
    wanted = [[child_cells.clean(cell) for cell in row] for row in rows if any(child_cells.clean(cell) for cell in row)]
    child_cells.repairs.drain()
    if sheet["delimiter"] not in (",", ";", "\t", "|") or len(read) != len(wanted):
        raise Broken(f"table: {len(wanted)} rows became {len(read)}\n{content[:3000]!r}")
    for row, cells in zip(wanted, read, strict=True):
        # Outer and doubled blanks go when a cell is read; here they may still stand.
        if [bare for cell in cells[2:] if (bare := " ".join(cell.split()))] != [cell for cell in row if cell]:
            raise Broken(f"table: {row} became {cells}\n{content[:3000]!r}")


def books(store: Store, cases: int, seed: int = SEED) -> Counter[str]:
    """Loan books with cells of every kind in the column of balances: what lands is what stood there, or it is told.

    Raises:
        Broken: a balance has another meaning and nothing is said, or a row is unaccounted for.
    """
    dice, seen = random.Random(f"{seed} books"), Counter[str]()
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(cases):
            lines, odd = _book(dice)
            path = Path(folder) / f"{dice.randrange(1 << 40)}.csv"
            out = io.StringIO()
            csv.writer(out).writerows(lines)
            path.write_bytes(out.getvalue().encode())
            seen["cells"] += len(odd)
            seen[ended("importer", path.read_bytes(), partial(_look, store, path, lines, odd, seen))] += 1
    return seen


def _book(dice: random.Random) -> tuple[list[list[str]], set[int]]:
    head = ["loan_id", "client_id", "branch", "disbursed_on", "disbursed_amount", "outstanding"]
    lines = [head] + [
        [f"L{no:03d}", f"C{no}", "Kolo", f"2025-01-{no % 17 + 13}", "99000.00", f"{dice.randint(0, 9000000) / 100:.2f}"]
        for no in range(40)
    ]
    odd = set(dice.sample(range(1, 41), dice.randint(1, 4)))
    for row in odd:
        lines[row][5] = dice.choice(CELLS)
    return lines, odd


def _look(store: Store, path: Path, lines: list[list[str]], odd: set[int], seen: Counter[str]) -> None:
    found = preview(store, [path], Options(as_of=AS_OF, institution="own", accept_new=frozenset({"branch"})))
    try:
        if found.refused or found.questions:
            raise (*found.refused, *found.questions)[0]
        sheet = found.sheets[0]
        if sheet.rows_read != sheet.accepted + sheet.set_aside + sheet.ignored or sheet.rows_read < len(lines) - 1:
            raise Broken(f"importer: rows unaccounted for {sheet.rows_read} {sheet.accepted} {sheet.set_aside}")
        told = bool(sheet.notes or sheet.repairs or found.notes)
        landed = dict(found.cursor.execute("SELECT loan_id, principal_outstanding FROM in_loans").fetchall())
        for number, line in enumerate(lines[1:], 1):
            _meant(line, landed.get(line[0]), number in odd, told)
        seen["rows told apart"] += len(lines) - 1
    finally:
        found.cursor.close()


def _meant(line: list[str], value: Decimal | None, odd: bool, told: bool) -> None:
    """One row: a sound one lands as it is; an odd one as it is, not at all, or with a word."""
    text = line[5]
    plain = bool(text) and set(text.lstrip("-")) <= NUMBER | {"."} and text.count(".") <= 1 and text[-1] in NUMBER
    if value is None:
        if not odd:
            raise Broken(f"importer: a sound row is gone: {line}")
        return
    if plain and abs(value - Decimal(text)) > Decimal("0.000001"):
        raise Broken(f"importer: {text} became {value}")
    if not plain and not told:
        raise Broken(f"importer: {text!r} became {value} without a word")


def queries(
    cases: int, keys: tuple[str, ...], values: tuple[str, ...], seed: int = SEED
) -> Iterator[dict[str, list[str]]]:
    """Addresses with a hostile value under every key, or under a few."""
    dice = random.Random(f"{seed} queries")
    for number in range(cases):
        some = keys if number % 3 == 0 else dice.sample(keys, dice.randint(1, 6))
        yield {key: dice.choices(values, k=dice.choice((1, 1, 2))) for key in some if key not in ("lang", "data")}


def pages(address: str, paths: tuple[str, ...], cases: int, seed: int = SEED) -> Counter[str]:
    """Every page asked with hostile addresses in a running server.

    Raises:
        Broken: a page shows a traceback, or says that something unforeseen happened.
    """
    dice, seen = random.Random(f"{seed} pages"), Counter[str]()
    unforeseen = {say(language, "errors.unforeseen") for language in LANGUAGES}
    with reading(address) as reader:
        for number, query in enumerate(queries(cases, KEYS, VALUES, seed)):
            asked = {**query, "lang": [LANGUAGES[number % len(LANGUAGES)]]}
            place = paths[number % len(paths)] if number < len(paths) else dice.choice(paths)
            found = reader.go(place, urlencode(asked, doseq=True))
            if found.exceptions or any(found.holds(one) for one in unforeseen):
                raise Broken(f"page {place}: {found.exceptions} for {asked}")
            seen["result"] += 1
            seen["values"] += sum(map(len, query.values()))
    return seen
