"""Seeded mutations of what users may write, and where each must end: in a result, or in a sentence of three languages.

Everything is drawn from one `random.Random`, so that a case that fails comes again.
"""

import csv
import io
import random
import tempfile
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from metrics import catalogue, configuration, own, policy, regulator, versions
from metrics.disclosures import template
from metrics.errors import EvenkeelError
from metrics.ingest import Options, mappings, preview
from metrics.ingest.child import cells as child_cells
from metrics.ingest.child import pages as child_pages
from metrics.ingest.child import texts as child_texts
from metrics.packs import description
from metrics.policy import Policy
from metrics.store import Store
from metrics.words import LANGUAGES, say
from pages.ui.state import KEYS
from tests.ingesting import AS_OF
from tests.trust.client import reading

SEED = 20261130
TOKENS = (
    "nan", "-inf", "inf", "1e400", "-0", "0", "-1", "true", "false", '""', '" "', '"x"', '"\\u0000"', "[]", "{}", "[[[]]]",
    "9" * 400, "9" * 5000, "0x7fffffffffffffff", "9223372036854775808", "1979-05-27", "12:00:00", "1979-05-27T07:32:00Z",
    '"' + "a" * 5000 + '"', '"{0}"', '"{value.__class__}"', '"{value:>9999}"', '"%s%n"', '"<script>"', '"\\U0001F600"',
    '"\\u202e"', "{a = 1}", '["a", 1, []]', "[" * 2000, "[1, 2]", "[2, 1]", "[1, 2, 3, 4]", "[nan, 1]", '"min"', "[true]",
    '"../../etc/passwd"', "'; DROP TABLE x; --", '"""', "1_0", "+99", '["a", "a"]', "[[1], [2]]", '{"a" = {"b" = [{}]}}',
)  # fmt: skip
WORDS = ("name", "title", "node", "settings", "weight", "goalposts", "columns", "table", "item", "section", "x", "é", "")
CELLS = (
    "", " ", "0", "-0", "-5", "1e3", "1E+10", "1,000.50", "1.000,50", "(100)", "100-", "NaN", "Inf", "NULL", "n/a", "#REF!",
    "5%", "0.05", "٣٤", "１２", "1 000", "1\u00a0000", "KSh 5", "$5", "5 $", "--5", "5.5.5", "5,5,5", "1/2", "31/02/2025",
    "2025-13-01", "03/04/2025", "true", "x" * 1200, "=1+1", "'5", "\u200b5", "5\u202e", "\x07", "99999999999999999999", "1e400",
    "0x10", "½", "5..", "Infinity", "-", "TOTAL", "a;b", "a\tb", "’", "\ufeff5", "1.2345678901234567", "0.1", "12.30",
)  # fmt: skip
# What an address may hold under any key.
VALUES = (
    "", " ", "0", "-1", "nan", "inf", "1e999", "9" * 400, "null", "None", "true", "../../etc/passwd", "'; DROP TABLE x; --",
    "<script>alert(1)</script>", "![x](http://example.org/x)", "{0}", "{value.__class__}", "%s%n", "\u0000", "\x00", "a" * 5000,
    "2026-13-45", "9999-12-31", "0001-01-01", "branch:", ":", "social/:50", "financial/a:nan", "equal@999999999999999999999", "@", "/",
    "é\u202e", "１", "[]", "{}", "a,b,c", "unit:::", "par30", "equal", "branch:Kolo", "1", "2", "R-1", "register", "files", "2026-09-30",
)  # fmt: skip
NUMBER = set("0123456789")


class Broken(AssertionError):
    """A case that ended in neither a result nor a sentence, or in another meaning than the file's."""


def ended(name: str, case: object, work: Callable[[], object]) -> str:
    """Do it; `result`, or `sentence` where it was refused in words.

    Raises:
        Broken: anything else came of it; shows the case.
    """
    try:
        work()
    except EvenkeelError as error:
        for language in LANGUAGES:
            if not error.text(language).strip():
                raise Broken(f"{name}: no words in {language} for {error.key}") from error
        return "sentence"
    except Exception as error:
        raise Broken(f"{name}: {type(error).__name__}: {str(error)[:300]}\n{str(case)[:3000]}") from error
    return "result"


def changed(dice: random.Random, text: str) -> str:
    """A text of TOML with one to three things changed, mostly one."""
    lines = text.split("\n")
    for _ in range(dice.choice((1, 1, 1, 2, 3))):
        at = dice.randrange(len(lines))
        key, equals, _ = lines[at].partition("=")
        kind = dice.randrange(9)
        if kind < 4 and equals:
            lines[at] = f"{key}= {dice.choice(TOKENS)}"
        elif kind == 4:
            lines[at] = dice.choice(("", lines[dice.randrange(len(lines))], lines[at] + "\n" + lines[at]))
        elif kind == 5:
            lines.insert(at, f"{dice.choice(WORDS)} = {dice.choice(TOKENS)}")
        elif kind == 6 and equals:
            lines[at] = f"{dice.choice(WORDS)} ={lines[at].partition('=')[2]}"
        elif kind == 7 and lines[at]:
            place = dice.randrange(len(lines[at]))
            lines[at] = lines[at][:place] + chr(dice.choice((0, 34, 91, 93, 0x7F, 0x2028, 0xE9))) + lines[at][place + 1 :]
        else:
            lines[at] = dice.choice((f"[{dice.choice(WORDS)}]", f"[[{dice.choice(WORDS)}]]", "a." * 900 + "b = 1", lines[at][:3]))
    return "\n".join(lines)


@cache
def toml_seeds() -> dict[str, tuple[str, ...]]:
    """Target -> sound files to begin from."""
    policies = tuple(path.read_text(encoding="utf-8") for path in sorted(policy.FOLDER.glob("*.toml")))
    every = 'title = "t"\nhealth_limit = 50\nwatch = 3\n[settings]\npar_from_30 = true\nretention = "mix"\n'
    every += '[limits]\npar30 = { amber = 0.05, red = 0.1 }\n[node.""]\nexponent = 0.5\ndecimals = 1\n'
    every += '[node."financial/a/par30"]\nweight = 1\ngoalposts = [0.15, 0]\ntransform = "linear"\n'
    plan = description.as_toml(description.load(description.names()[0]))
    mapped = 'table = "loans"\nheader_row = 1\ndate_order = "dmy"\n[columns]\nloan_id = "loan_id"\n'
    mapped += 'principal_outstanding = "outstanding"\n[constants]\ncurrency = "KES"\n[codes.gender]\nW = "F"\n[branches]\na = "b"\n'
    summed = 'table = "institution_months"\n[columns]\nperiod = "disbursed_on"\n[measures]\nglp = "outstanding + days_late"\n'
    summed += '[institution]\ninstitution_name = "branch"\n'
    indicators = 'indicators = { outstanding = { title = "t", unit = "money", better = "higher", pillar = "social" } }\n'
    settings = 'mode = "local"\nhosts = ["a"]\nsession_hours = 12\nupload_mb = 100\nkeep_files = "never"\nreads = ""\n'
    return {
        "policy": (*policies, every), "regulator": (regulator.template(),), "pack": (plan,), "settings": (settings,),
        "disclosure": tuple((template.FOLDER / f"{name}.toml").read_text(encoding="utf-8") for name in template.names()),
        "mapping": (mapped, summed, indicators),
        "own": ('title = "t"\nunit = "%"\nbetter = "higher"\ngoalposts = [0, 1]\nunits = ["branch"]\nheadings = ["h"]\nfile = "f"\n',),
        "head": tuple(path.read_text(encoding="utf-8") for path in sorted(catalogue.FOLDER.glob("*/*/*.sql"))[::9]),
    }  # fmt: skip


def tomls(target: str, cases: int, folder: Path, seed: int = SEED) -> Counter[str]:
    """Mutated files of a target, each read as the product reads it."""
    dice, seen = random.Random(f"{seed} {target}"), Counter[str]()
    seeds, reader = toml_seeds()[target], READERS[target]
    for _ in range(cases):
        text = changed(dice, dice.choice(seeds))
        seen[ended(target, text, lambda text=text: reader(text, folder))] += 1  # type: ignore[misc]
    return seen


def _policy(text: str, _: Path) -> None:
    found = Policy.from_toml(text, "fuzz", "fuzz.toml")
    versions.resolved(found).social  # noqa: B018


def _settings(text: str, _: Path) -> None:
    try:
        given = tomllib.loads(text)
    except (ValueError, RecursionError):
        return
    configuration.of("fuzz.toml", given)


def _file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return path


def _mapping(text: str, folder: Path) -> None:
    found = mappings.load(_file(folder, "fuzz.toml", text))
    assert found is not None
    if "indicators" not in found:
        mappings._wanted(found)


def _disclosure(text: str, _: Path) -> None:
    from metrics.disclosures.plain import filled

    for item in template.parsed(text, "fuzz").items:
        for language in LANGUAGES:
            filled(item.texts.get(language, ""), {"value": "1"})


READERS: dict[str, Callable[[str, Path], object]] = {
    "policy": _policy,
    "regulator": lambda text, _: regulator.read(text, "fuzz.toml"),
    "pack": lambda text, _: description.as_toml(description.parsed(text, "fuzz")),
    "settings": _settings,
    "disclosure": _disclosure,
    "mapping": _mapping,
    "own": lambda text, folder: own._file(_file(folder, "own_a.toml", text), "social"),
    "head": lambda text, folder: catalogue.checked(_file(folder, "par30.sql", text)),
}


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
    tags = ("<table>", "<tr>", "<td>", "</td>", "</tr>", "</table>", '<td colspan="3">', '<td rowspan="9">', "<br>", "<script>",
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
            seen[ended("importer", path.read_bytes(), lambda: _look(store, path, lines, odd, seen))] += 1  # noqa: B023
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
