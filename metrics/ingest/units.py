"""Branches, products and institutions that rows name: known ones found, new ones made or asked about."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from metrics import schema
from metrics.errors import OpenQuestion, nearest
from metrics.ingest.model import Note
from metrics.store import Cursor, quote

MOST_NAMED = 12
MADE = {"branch_id": "import.note_branches_made", "product_id": "import.note_products_made"}
MATCHED = {"branch_id": "import.note_branches_matched", "product_id": "import.note_products_matched"}
TABLES = {"branch_id": "branches", "product_id": "products"}
NAMES = {"branch_id": "branch_name", "product_id": "product_name"}
UNIT_TYPES = {"branch_id": "branch", "product_id": "product"}


@dataclass
class Units:
    """What became of the units that a batch names."""

    notes: list[Note] = field(default_factory=list)
    questions: list[OpenQuestion] = field(default_factory=list)
    made: dict[str, tuple[str, ...]] = field(default_factory=dict)


def fold(name: str) -> str:
    """A name without case, accents and double spaces: KOLO, Kolo and Kolo with a blank are one branch."""
    text = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(text.split())


def settle(cursor: Cursor, accept_new: frozenset[str], named: Mapping[str, str] = MappingProxyType({})) -> Units:
    """Give each row the known branch and product that it means; make, or ask about, those that are not known.

    `named` says which branch a name means, by its number or name; one that means itself is a branch of its own.
    """
    units = Units()
    for column in ("branch_id", "product_id"):
        _settle(cursor, column, units, accept_new, named if column == "branch_id" else {})
    _institutions(cursor, units)
    return units


def _settle(cursor: Cursor, column: str, units: Units, accept_new: frozenset[str], named: Mapping[str, str]) -> None:
    by_institution: dict[str, dict[str, int]] = {}
    for institution, value, file in _found(cursor, column):
        by_institution.setdefault(institution, {}).setdefault(value, file)
    changed: list[tuple[str, str, str]] = []
    for institution, values in by_institution.items():
        known = _known(cursor, column, institution)
        told = {value: named.get(value, value) for value in values}
        means = {value: known.get(name) or known.get(fold(name)) for value, name in told.items()}
        unknown = list(dict.fromkeys(told[value] for value, meant in means.items() if meant is None))
        open_ = [name for name in unknown if name not in named]
        if open_ and column == "branch_id" and "branch" not in accept_new:
            units.questions += _questions(cursor, institution, open_, unknown)
        firsts = {told[value]: file for value, file in values.items()}
        made = _make(cursor, column, institution, unknown, firsts, units)
        means |= {value: made[name] for value, name in told.items() if means[value] is None}
        changed += [(institution, value, meant) for value, meant in means.items() if meant and meant != value]
    if changed:
        _apply(cursor, column, changed)
        names = _some(f"{value} → {meant}" for _, value, meant in changed)
        units.notes.append(Note(MATCHED[column], {"n": len(changed), "names": names}))


def _found(cursor: Cursor, column: str) -> list[tuple[str, str, int]]:
    """Every (institution, unit, first file) that the rows to land name, the commonest spelling first."""
    found: list[tuple[str, str, int]] = []
    for name, table in schema.tables().items():
        if column in table.columns and name != TABLES[column]:
            found += cursor.execute(
                f"""SELECT institution_id, {quote(column)}, min(file_no) FROM {quote("in_" + name)}
                WHERE {quote(column)} IS NOT NULL GROUP BY ALL ORDER BY count(*) DESC, min(row_no)"""
            ).fetchall()
    found += cursor.execute(
        """SELECT institution_id, unit, min(file_no) FROM in_reported_values WHERE unit_type = ?
        GROUP BY ALL ORDER BY count(*) DESC, min(row_no)""",
        [UNIT_TYPES[column]],
    ).fetchall()
    return found


def _known(cursor: Cursor, column: str, institution: str) -> dict[str, str]:
    """Number, name, and either without case and accents -> number, of the units landed or landing now."""
    table, name = TABLES[column], NAMES[column]
    rows = cursor.execute(
        f"""SELECT {quote(column)}, {quote(name)} FROM {quote(table)} WHERE institution_id = $institution
        UNION SELECT {quote(column)}, {quote(name)} FROM {quote("in_" + table)} WHERE institution_id = $institution
        ORDER BY 1""",
        {"institution": institution},
    ).fetchall()
    known: dict[str, str] = {}
    for number, _ in rows:
        known[number] = number
    for number, title in rows:
        for form in (fold(number), title, fold(title)):
            known.setdefault(form, number)
    return known


def _questions(cursor: Cursor, institution: str, open_: list[str], unknown: list[str]) -> Iterator[OpenQuestion]:
    """Ask about branches that are not known, each with the known one that is written most alike.

    Where none is known yet, two spellings of what may be one branch are asked about.
    """
    titles = [title for title, in cursor.execute(
        "SELECT branch_name FROM branches WHERE institution_id = ? ORDER BY 1", [institution]
    ).fetchall()]  # fmt: skip
    if titles:
        near = {name: found for name in open_ if (found := _alike(name, titles) or nearest(name, titles))}
        yield OpenQuestion(
            "import.question_branch",
            option="--accept-new branch",
            n=len(open_),
            names=_some(f"{name} (→ {near[name]}?)" if name in near else name for name in open_),
            nearest=near.get(open_[0]),
            unknown=tuple(open_),
            known=tuple(titles),
            suggestions=near,
        )
        return
    pairs = {name: other for place, name in enumerate(unknown) if name in open_
             if (other := _alike(name, unknown[:place]))}  # fmt: skip
    if pairs:
        yield OpenQuestion(
            "import.question_branch_alike",
            option="--accept-new branch",
            n=len(pairs),
            names=_some(f"{name} (→ {other}?)" for name, other in pairs.items()),
            unknown=tuple(pairs),
            known=tuple(pairs.values()),
            suggestions=pairs,
        )


def _alike(name: str, names: Iterable[str]) -> str | None:
    """Another name that differs in signs and spaces only: Kolo-Nord is Kolo Nord."""
    bare = _bare(name)
    same = (other for other in names if fold(other) != fold(name) and bare and _bare(other) == bare)
    return next(same, None)


def _bare(name: str) -> str:
    return "".join(character for character in fold(name) if character.isalnum())


def _make(
    cursor: Cursor, column: str, institution: str, unknown: list[str], files: dict[str, int], units: Units
) -> dict[str, str]:
    """New units, one for each name whatever its case; returns value -> number."""
    table, name = TABLES[column], NAMES[column]
    titles = dict(cursor.execute("SELECT id, name FROM in_names WHERE kind = ?", [column]).fetchall())
    means: dict[str, str] = {}
    first: dict[str, str] = {}
    for value in unknown:
        means[value] = first.setdefault(fold(value), value)
    for value in first.values():
        cursor.execute(
            f"INSERT INTO {quote('in_' + table)} BY NAME SELECT $institution AS institution_id, "
            f"$id AS {quote(column)}, $title AS {quote(name)}, $file AS file_no, NULL AS row_no",
            {"institution": institution, "id": value, "title": titles.get(value) or value, "file": files[value]},
        )
    if first:
        units.made[table] = (*units.made.get(table, ()), *first.values())
        units.notes.append(Note(MADE[column], {"n": len(first), "names": _some(first.values())}))
    return means


def _apply(cursor: Cursor, column: str, changed: list[tuple[str, str, str]]) -> None:
    cursor.execute("CREATE OR REPLACE TEMP TABLE in_means (institution_id VARCHAR, value VARCHAR, meant VARCHAR)")
    cursor.executemany("INSERT INTO in_means VALUES (?, ?, ?)", changed)
    for name, table in schema.tables().items():
        if column in table.columns and name != TABLES[column]:
            cursor.execute(
                f"""UPDATE {quote("in_" + name)} AS t SET {quote(column)} = m.meant FROM in_means AS m
                WHERE m.institution_id = t.institution_id AND m.value = t.{quote(column)}"""
            )
    cursor.execute(
        """UPDATE in_reported_values AS t SET unit = m.meant FROM in_means AS m
        WHERE m.institution_id = t.institution_id AND m.value = t.unit AND t.unit_type = ?""",
        [UNIT_TYPES[column]],
    )


def _institutions(cursor: Cursor, units: Units) -> None:
    """An institution that rows name and no list does gets a row of its own: its name is its id."""
    for name in schema.tables():
        if name == "institutions":
            continue
        made = cursor.execute(
            f"""INSERT INTO in_institutions BY NAME
            SELECT institution_id, institution_id AS institution_name, min(file_no) AS file_no, NULL AS row_no
            FROM {quote("in_" + name)}
            WHERE institution_id NOT IN (SELECT institution_id FROM in_institutions)
                AND institution_id NOT IN (SELECT institution_id FROM institutions)
            GROUP BY institution_id RETURNING institution_id"""
        ).fetchall()
        if made:
            ids = tuple(row[0] for row in made)
            units.made["institutions"] = (*units.made.get("institutions", ()), *ids)
            units.notes.append(Note("import.note_institutions_made", {"n": len(ids), "names": _some(ids)}))
    cursor.execute(
        """UPDATE in_institutions SET currency = l.currency FROM (
            SELECT institution_id, mode(currency) AS currency FROM in_loans
            WHERE currency IS NOT NULL GROUP BY institution_id) AS l
        WHERE l.institution_id = in_institutions.institution_id AND in_institutions.currency IS NULL"""
    )


def _some(names: Iterable[str]) -> str:
    listed = list(names)
    return ", ".join(listed[:MOST_NAMED]) + (" …" if len(listed) > MOST_NAMED else "")
