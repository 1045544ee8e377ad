"""A mapping that a user wrote: which column of the file is which, fixed values, answers to open questions."""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

from metrics import schema, toml
from metrics.errors import DefinitionError, InputError, nearest
from metrics.ingest import headings, specs
from metrics.ingest.model import Plan, Sheet, Spec, TopRow, Use

KEYS = {
    "table", "sheet", "header_row", "date_order", "decimal", "percent", "calendar",
    "columns", "constants", "measures", "institution", "empty_is_zero", "codes", "branches",
}  # fmt: skip
ANSWERS = {
    "date_order": ("dmy", "mdy", "ymd"), "decimal": ("comma", "point"), "percent": ("percent", "fraction"),
    "calendar": ("gregorian", "ethiopian"),
}  # fmt: skip
TEXTS = ("columns", "institution", "measures", "branches")
TABLES = (*TEXTS, "constants", "codes", "indicators", "empty_is_zero")
# What words of the cells mean: the user's own answers, beside the columns.
WORDS = ("codes", "branches")
SIGN = re.compile(r"\s+([+-])\s+")
LONGEST = 60  # of a wrong value that is shown
BY_LETTER = re.compile(r"\[([A-Z]{1,3})\]")
INSTITUTION_COLUMNS = ("institution_name", "country", "region", "legal_status", "currency")


def load(source: Path | Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A mapping file's content, checked; None where there is none.

    Raises:
        DefinitionError: the file is missing or wrong; names file, key and the nearest valid key.
    """
    if source is None:
        return None
    name = source.name if isinstance(source, Path) else "mapping"
    try:
        found = toml.loads(source.read_text(encoding="utf-8")) if isinstance(source, Path) else dict(source)
    except (OSError, UnicodeDecodeError) as error:
        raise DefinitionError("import.mapping_unreadable", file=name) from error
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError("errors.definition_bad_toml", file=name, reason=str(error)) from error
    found["name"] = name
    _check(name, found)
    return found


def _check_kinds(name: str, found: Mapping[str, Any]) -> None:
    """Hold each key to the kind of value that it has: tables, texts in them, a row's number."""
    for key, value, expected in chain(_wrong_kinds(found), _wrong_values(found)):
        raise DefinitionError(
            "errors.definition_bad_value", file=name, key=key, value=str(value)[:LONGEST], expected=expected
        )


def _wrong_kinds(found: Mapping[str, Any]) -> Iterator[tuple[str, object, str]]:
    """Key, value and what it may be, of what is no table, no text or no row's number."""
    yield from ((key, found[key], f"[{key}] ...") for key in TABLES if not isinstance(found.get(key, {}), dict))
    yield from ((key, found[key], "text") for key in ("table", "sheet") if not isinstance(found.get(key, ""), str))
    row = found.get("header_row", 1)
    if isinstance(row, bool) or not isinstance(row, int) or row < 0:
        yield "header_row", row, "1, 2, 3 ..."


def _wrong_values(found: Mapping[str, Any]) -> Iterator[tuple[str, object, str]]:
    """The same, of what stands in its tables."""
    texts = ((f"{key}.{word}", value) for key in TEXTS for word, value in found.get(key, {}).items())
    yield from ((key, value, "text") for key, value in texts if not isinstance(value, str) or not value.strip())
    constants = found.get("constants", {}).items()
    yield from ((f"constants.{word}", value, "text") for word, value in constants if isinstance(value, (dict, list)))
    codes = found.get("codes", {}).items()
    yield from ((f"codes.{name}", words, f"[codes.{name}] ...") for name, words in codes if not isinstance(words, dict))
    zeros = found.get("empty_is_zero", {}).get("columns", [])
    if not isinstance(zeros, list) or not all(isinstance(one, str) for one in zeros):
        yield "empty_is_zero.columns", zeros, '["..."]'


def _check(name: str, found: dict[str, Any]) -> None:
    _check_kinds(name, found)
    for key, choices in ANSWERS.items():
        if key in found and found[key] not in choices:
            expected = ", ".join(choices)
            raise DefinitionError(
                "errors.definition_bad_value", file=name, key=key, value=str(found[key]), expected=expected
            )
    if "indicators" in found:  # columns that become indicators: the rest of the sheet is read as it is recognised
        _known(name, found.keys() - {"name"}, ("indicators", "table", "sheet", *ANSWERS))
        _known(name, [found.get("table", "reported_values")], ("reported_values",))
        return
    _known(name, found.keys() - {"name"}, KEYS)
    if "table" not in found:
        raise DefinitionError("errors.definition_missing_key", file=name, key="table")
    _known(name, [found["table"]], schema.tables())
    kinds = specs.of_table(found["table"]).kinds
    check_words(name, found)
    _known(name, found.get("columns", {}), kinds)
    _known(name, found.get("institution", {}), INSTITUTION_COLUMNS if "measures" in found else ())
    _known(name, found.get("constants", {}), {*kinds, *(INSTITUTION_COLUMNS if "measures" in found else ())})


def check_words(name: str, found: Mapping[str, Any]) -> None:
    """Hold the words to codes that their columns know: `[codes.gender]` with `"W" = "F"`; names to be text.

    Raises:
        DefinitionError: no such column or code.
    """
    _check_kinds(name, found)
    codes = specs.of_table(found["table"]).codes
    _known(name, found.get("codes", {}), codes)
    for column, words in found.get("codes", {}).items():
        for code in words.values():
            if code not in codes[column]:
                raise DefinitionError(
                    "errors.definition_bad_value", file=name, key=f"codes.{column}", value=str(code),
                    expected=", ".join(codes[column]),
                )  # fmt: skip


def _known(name: str, keys: Iterable[str], known: Iterable[str]) -> None:
    listed = list(known)
    for key in keys:
        if key not in listed:
            raise DefinitionError("errors.definition_unknown_key", file=name, key=key, nearest=nearest(key, listed))


def plan(sheet: Sheet, top: list[TopRow], mapping: dict[str, Any]) -> Plan:
    """The plan of a sheet that a mapping describes.

    Raises:
        InputError: a heading that the mapping names is not in the sheet, or stands there twice.
    """
    table = mapping["table"]
    wanted = _wanted(mapping)
    header = _header(sheet, top, mapping, list(wanted.values()))
    heads = header.texts
    uses = tuple(
        Use(column, at := _place(sheet, header, heading), heads[at] or heading, "mapping")
        for column, heading in wanted.items()
    )
    constants = {column: str(value) for column, value in mapping.get("constants", {}).items()}
    summary = "measures" in mapping
    spec = _summary_spec(wanted) if summary else specs.of_table(table)
    lacking = specs.missing(table, {*wanted, *constants}) if not summary else []
    if lacking:
        raise InputError("import.columns_missing", **place(sheet), table=table, columns=", ".join(lacking),
                         found=", ".join(head for head in heads if head))  # fmt: skip
    taken = {use.place for use in uses}
    unused = tuple(head for index, head in enumerate(heads) if head and index not in taken)
    answers = {key: mapping[key] for key in ANSWERS if key in mapping}
    return Plan(sheet, "summary" if summary else "table", table, header.no, spec, uses, constants, unused,
                mapping=mapping, answers=answers, head_cells=header.cells)  # fmt: skip


def place(sheet: Sheet) -> dict[str, str]:
    """File and sheet as sentences name them."""
    return {"file": sheet.place}


def _wanted(mapping: dict[str, Any]) -> dict[str, str]:
    """Column -> heading. The source columns of a summary's measures are named `in:HEADING`."""
    wanted = dict(mapping.get("columns", {})) | dict(mapping.get("institution", {}))
    for expression in mapping.get("measures", {}).values():
        wanted |= {f"in:{heading}": heading for _, heading in terms(expression)}
    return wanted


def terms(expression: str) -> list[tuple[int, str]]:
    """`a + b - c` as [(1, a), (1, b), (-1, c)]."""
    pieces = ["+", *SIGN.split(expression.strip())]
    return [(-1 if sign == "-" else 1, name) for sign, name in zip(pieces[::2], pieces[1::2], strict=True)]


def _summary_spec(wanted: Mapping[str, str]) -> Spec:
    kinds = {column: "number" if column.startswith("in:") else "text" for column in wanted} | {"period": "period"}
    return Spec(kinds, ("institution_id", "period"), ("institution_id", "period"))


def _header(sheet: Sheet, top: list[TopRow], mapping: dict[str, Any], wanted: list[str]) -> TopRow:
    """The row of headings: the one that the mapping gives, else the one that has most of those it names."""
    rows = [row for row in top if row.no == mapping.get("header_row", row.no)]
    if not rows:
        raise InputError("import.no_such_row", **place(sheet), row=str(mapping.get("header_row", 1)))
    names = {headings.normal(heading) for heading in wanted}
    return max(rows, key=lambda row: len(names & {headings.normal(text) for text in row.texts}))


def _place(sheet: Sheet, header: TopRow, heading: str) -> int:
    letter = BY_LETTER.fullmatch(heading)
    if letter and letter[1] in sheet.columns:
        return sheet.columns.index(letter[1])
    same = [index for index, text in enumerate(header.texts) if text == heading.strip()]
    like = [index for index, text in enumerate(header.texts) if headings.normal(text) == headings.normal(heading)]
    found = same if len(same) == 1 else like
    if not found:
        raise InputError("import.heading_missing", **place(sheet), heading=heading, row=str(header.no),
                         nearest=nearest(heading, [text for text in header.texts if text]))  # fmt: skip
    if len(found) > 1:
        columns = ", ".join(sheet.columns[index] for index in found)
        raise InputError("import.heading_doubled", **place(sheet), heading=heading, columns=columns)
    return found[0]
