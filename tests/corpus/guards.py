"""What makes each file of the corpus end as it must: the words of the product that do it, and the mistake without them.

A key is a line of the corpus, with [...] where several repairs keep one line. `tests/prove/corpus.py` puts each
mistake into a copy of the project and sees that line's test fail.
"""

from tests.guards import Guard

TEXTS, CELLS, BOOKS, MARKS = (f"ingest/child/{name}.py" for name in ("texts", "cells", "books", "marks"))
READING, FORMATS, CHECKS, FILES, ASSEMBLE = (
    f"ingest/{name}.py" for name in ("reading", "formats", "checks", "files", "assemble")
)
PREFLIGHT, ARCHIVES, CONFLICTS, MACROS = (
    "ingest/preflight.py", "ingest/archives.py", "ingest/conflicts.py", "ingest/macros.sql"
)  # fmt: skip
HEADS, BELOW, CURRENCIES, CALENDARS, REPAIRS, LINKS, REFUSE = (
    f"ingest/{name}.py" for name in ("heads", "below", "currencies", "calendars", "repairs", "links", "refuse")
)

GUARDS: dict[str, Guard] = {
    # Encodings, delimiters, rows
    "t04": Guard(TEXTS, "start.count(0) > len(start) // 4", "start.count(0) > len(start)"),
    "t05": Guard(TEXTS, '.decode("cp1252", "replace")', '.decode("ascii", "replace")'),
    "t08": Guard(TEXTS, '(",", ";", "\\t", "|")', '(",", ";", "\\t")'),
    "t11": Guard(CELLS, 'text.replace("\\xa0", " ").replace', "text.replace"),
    "t21": Guard(READING, "WHEN cells < $heads AND cells <> usual_cells THEN 2", "WHEN false THEN 2"),
    "t22": Guard(READING, "WHEN cells > $heads AND cells <> usual_cells THEN 3", "WHEN false THEN 3"),
    "t23": Guard(READING, "WHEN cells < 0 THEN 1", "WHEN false THEN 1"),
    "t24": Guard(TEXTS, "if len(_cells(joined, delimiter)) == width:", "if not joined:"),
    "t26": Guard(CELLS, "return _without(CONTROL, text) if CONTROL.search(text) else text", "return text"),
    "t27": Guard(TEXTS, "if not line.strip(blank) or (row_no", "if (row_no"),
    "t50": Guard(CELLS, "\\u202a-\\u202e", ""),
    "t53": Guard(CELLS, "\\u200b-\\u200f", ""),
    "t74": Guard(TEXTS, 'errors = "windows-1252" if encoding == "utf-8-sig" else "replace"', 'errors = "replace"'),
    "t74b": Guard(CELLS, "text = _decoded(text)", "text = str(text)"),
    "m08": Guard(CELLS, "return text.translate(digits | MARKS_OF_DIGITS)", "return text"),
    # Headings and totals
    # A total that agrees is found by its sums as well; one that differs by its word alone.
    "t14b[word]": Guard(READING, "(lower(left({first}, 1)) IN ('t', 's', 'g', 'e') ", "(false "),
    "t14b": Guard(CHECKS, 'if note and note.key == "import.note_total_differs":', "if note and note.key is None:"),
    "t15b": Guard("ingest/sums.py", " OR abs({x} - before_{no} + earlier_{no}) < {SAME})", ")"),
    "t15b[all]": Guard("ingest/sums.py", "({x} IS NULL OR abs({x} - before_{no}) < {SAME} OR", "({x} IS NULL OR"),
    "t15c": Guard("ingest/sums.py", "FROM ends WHERE ({given})", "FROM ends WHERE false AND ({given})"),
    "t15d": Guard("ingest/sums.py", "MOST_FILLED = 0.5", "MOST_FILLED = 0.1"),
    "t17": Guard(HEADS, "zip(free, found, strict=True) if n]", "zip(free, found, strict=True) if not n]"),
    "t19": Guard(REFUSE, "return alike and sum(filled[0]) > 1", "return not alike and sum(filled[0]) > 1"),
    "t20": Guard(READING, "coalesce({is_total(plan, off)} OR ({is_heading(plan, off)}), false)",
                 "coalesce({is_total(plan, off)} OR ({is_heading(plan, off)} AND false), false)"),
    "t66": Guard(REFUSE, " or candidate.understood == candidate.headed)", ")"),
    "x02": Guard(HEADS, "return [*top, *(_joined(upper, lower) for upper, lower in pairs)]", "return [*top, *()]"),
    "x16": Guard(BELOW, "or not _gaps(cursor, typed)", "or _gaps(cursor, typed)"),
    "x16b": Guard(BELOW, "MOST_FILLED = 0.5", "MOST_FILLED = 0.1"),
    # Figures
    "t06": Guard(FORMATS, '] = "comma" if comma else "point"', '] = "point"'),
    "t10b": Guard(FORMATS, 'found.open.setdefault("decimal", []).append((use, (either or shapes[POINT])[1]))', "pass"),
    "t28b": Guard(FORMATS, "if _mixed(use, *ranges) and not answer:", "if greatest is None:"),
    "t29": Guard(CURRENCIES, 'plan = replace(plan, constants={**plan.constants, "currency": code})', "pass"),
    "t29d": Guard("ingest/scales.py", "max(_said(use.heading), above)", "above"),
    "t29e": Guard("ingest/scales.py", "max(_said(use.heading), above)", "_said(use.heading)"),
    "t29f": Guard(READING, '"principal_outstanding" >= 1e12', '"principal_outstanding" >= 1e99'),
    "t29g": Guard(ASSEMBLE, "disbursed_amount::DOUBLE * 1.001", "disbursed_amount * 1.001"),
    "t29b": Guard(CURRENCIES, "if len(found) > 1:", "if len(found) > 2:"),
    "t29c": Guard(CURRENCIES, '"KSH": "KES", ', ""),
    "t30": Guard(MACROS, "'^\\((.*)\\)$', '-\\1')", "'^\\((.*)\\)$', '\\1')"),
    "t31": Guard(MACROS, "'\\1\\3\\2')", "'\\1\\2')"),
    "t42": Guard(MACROS, "'n/a', 'nan')", "'n/a')"),
    "t43": Guard(MACROS, "'', 'null', 'none'", "'', 'none'"),
    "t43[said]": Guard(REPAIRS, '"nothing": 32768', '"nothing": 1 << 30'),
    "t44": Guard(MACROS, "'--', 'n.a.'", "'--', 'na', 'n.a.'"),
    "x13": Guard(MARKS, 'elif "%" in re.sub(', 'elif "%%" in re.sub('),
    # Ids
    "t32": Guard(MACROS, "(contains(x, '+') AND", "(false AND"),
    "t32[said]": Guard(CHECKS, 'if first.reason == "import.reason_damaged_id":', 'if first.reason == "":'),
    "t32b": Guard(FORMATS, "found.floats.add(use.column)", "pass"),
    "t33": Guard(MACROS, "WHEN starts_with(x, '''') THEN", "WHEN false THEN"),
    "x12": Guard(MARKS, 'if re.fullmatch("0{2,15}", code):', 'if re.fullmatch("0{99}", code):'),
    "x18": Guard(READING, 'elif use.column.endswith("_id"):', 'elif use.column.endswith("_?"):'),
    # Dates
    "t34": Guard(FORMATS, '] = "dmy" if day_first else "mdy"', '] = "mdy"'),
    "t35": Guard(FORMATS, '] = "dmy" if day_first else "mdy"', '] = "dmy"'),
    "t36": Guard(FORMATS, 'found.open.setdefault("date_order", []).append((use, example))', "pass"),
    "t37": Guard(READING, 'cases.append(f"WHEN {value} IS NULL AND NOT in_blank({x}) THEN {at + 7}")', "pass"),
    "t38": Guard(MACROS, "ELSE in_serial(x) END", "ELSE NULL END"),
    "t40": Guard(MACROS, "THEN '20' || y", "THEN '19' || y"),
    "t40c": Guard(FORMATS, "firsts < lasts and most <= LAST_DAY", "lasts < firsts and most <= LAST_DAY"),
    "t41": Guard(MACROS, "WHEN regexp_matches(x, '[A-Za-z]') THEN in_named", "WHEN x = '?' THEN in_named"),
    "x22": Guard(MACROS, "BETWEEN DATE '1900-03-01'", "BETWEEN DATE '1900-01-01'"),
    "m09": Guard(CALENDARS, "newest.year + OLDEST_YEARS > as_of.year", "newest.year <= as_of.year"),
    "m09[days]": Guard(MACROS, "1724221", "1724220"),
    "m09b": Guard(CALENDARS, "AHEAD = range(40, 70)", "AHEAD = range(0)"),
    "m09c": Guard(MACROS, "(TRY_CAST(y AS INTEGER) - 543)", "(TRY_CAST(y AS INTEGER) - 544)"),
    # Words, codes and branches
    "t45": Guard(REPAIRS, """ELSE {BITS['words']} END""", "ELSE 0 END"),
    "t52": Guard("ingest/units.py", "name.casefold()", "name"),
    "t60": Guard(READING, 'if code is None and use.column == "gender":', "if code == '':"),
    # Rows that cannot be, or stand twice
    "t51": Guard(READING, " WHEN {doubt} AND in_too_long({x}) THEN {at + 5}", ""),
    "t54": Guard(CHECKS, "count(DISTINCT what) OVER twins > 1 AS differ", "false AS differ"),
    "t55": Guard(CHECKS, "row_no > min(row_no) OVER twins AS again", "false AS again"),
    "t56": Guard(READING, """('"principal_outstanding" < 0',""", """('"principal_outstanding" < -1e9',"""),
    "t57": Guard(ASSEMBLE, "    if above:\n", "    if not above:\n"),
    "t57b": Guard(READING, '> 2 * "disbursed_amount"', '> 200 * "disbursed_amount"'),
    "t58": Guard(READING, '"disbursed_on" > "as_of"', '"disbursed_on" > "as_of" + INTERVAL 99 YEAR'),
    "t61": Guard(ASSEMBLE, "days_past_due = 0 WHERE days_past_due < 0", "days_past_due = 0 WHERE days_past_due < -99"),
    "t62": Guard(READING, '"answer_num" > 10', '"answer_num" > 100'),
    "t63": Guard(LINKS, "if unlinked and known:", "if known and not unlinked:"),
    "t63b": Guard(LINKS, "MANY = 0.2", "MANY = 0.0"),
    "m10": Guard(READING, '> 2 * "disbursed_amount"', '> 2 * nullif("disbursed_amount", 0)'),
    "m11": Guard(CALENDARS, '"years": YOUNGEST_YEARS})] if n else []', '"years": YOUNGEST_YEARS})] if not n else []'),
    "m12": Guard(CHECKS, "count(DISTINCT what) OVER twins > 1 AS differ", "false AS differ"),
    "m21": Guard(READING, 'cases.append(f"WHEN {value} IS NULL AND in_blank({x}) THEN {at + 6}")', "pass"),
    # Kinds of files
    "t64": Guard(FILES, "if not start.strip():", "if start is None:"),
    "t67": Guard(TEXTS, "[0][0] > MOST_COLUMNS:", "[0][0] > 99_999:"),
    "t68": Guard(TEXTS, "> max(20, len(start) // 50)", "> len(start)"),
    "t69": Guard(FILES, "if start.startswith(ZIP):", "if start.startswith(ZIP) and _named_as_workbook(name):"),
    "t71": Guard(FILES, 'return "page"', 'return "text"'),
    "x26": Guard(BOOKS, 'raise Fault("import.file_protected")', 'raise Fault("import.file_damaged")'),
    "x27": Guard(FILES, 'not found["formats_known"]', 'found["formats_known"]'),
    "x30": Guard(FILES, 'found.get("macros", False)', "False"),
    "m04": Guard(ARCHIVES, "if start.startswith(GZIP):", "if start is None:"),
    "m13": Guard("ingest/previewing.py", "if error.key not in NO_TABLE or len(tables) == 1:", "if error.key:"),
    "m14": Guard(ARCHIVES, "return _unzip(path, name, place)", "return [(name, path)]"),
    "m19": Guard(ARCHIVES, "if not wanted:", "if wanted is None:"),
    # What a workbook shows and its values do not tell
    "x03": Guard(BOOKS, 'row.setdefault(column, above.get(column, ""))', 'row.setdefault(column, "")'),
    "x05": Guard(BOOKS, 'if not found["visible"]:', 'if found["name"] is None:'),
    "x06": Guard(BOOKS, "+= row_no in marks.hidden", "+= 0"),
    "x07": Guard(CHECKS, "if formulas == reading.set_aside:", "if formulas is None:"),
    "x08": Guard(MARKS, "errors = ERROR_CELL.findall(text) if b' t=\"e\"' in text else ()", "errors = ()"),
    "x27b": Guard("ingest/child/binaries.py", "return whole(first)[:total]", "return b''"),
    "x28b": Guard("ingest/child/opens.py", "if not _any(archive):", "if _any(archive):"),
    "x29b": Guard("ingest/child/binaries.py", "elif kind in (ERROR, ERROR_OF_FORMULA) and", "elif kind == ROW and"),
    "x32": Guard(MARKS, 'formulas = BARE_FORMULA.findall(text) if b"<f" in text else ()', "formulas = ()"),
    "x23": Guard(BOOKS, "            if any(cells):", "            if cells:"),
    # Bombs
    "b08": Guard(PREFLIGHT, 'if b"<!DOCTYPE" in start.replace', 'if b"<!NOTHING" in start.replace'),
    "b10": Guard(PREFLIGHT, "number > max(member.file_size, 1) for", "number < 0 for"),
    "b11": Guard(BOOKS, "> MOST_MERGED:", "> MOST_MERGED**3:"),
    "b12": Guard(PREFLIGHT, "unpacked > MOST_RATIO * max(packed, 1)", "unpacked > 99 * MOST_RATIO * max(packed, 1)"),
    "b14": Guard(PREFLIGHT, "len(members) > MOST_MEMBERS or sheets > MOST_SHEETS", "len(members) > 99 * MOST_MEMBERS"),
    "b15": Guard(PREFLIGHT, " or any(map(_stray, names))", ""),
    "b18": Guard(PREFLIGHT, "len(set(names)) < len(names) or ", ""),
    "b21": Guard(ARCHIVES, "        if inside:\n", "        if inside == '':\n"),
    # What is landed or lands beside it
    "m01": Guard(CONFLICTS, "and not set(branches) & set(others):", "and set(branches) & set(others):"),
    "m01e": Guard(ASSEMBLE, "    if days > 1:\n", "    if days > 9:\n"),
    "m02": Guard(CONFLICTS, "if not old == new == both:", "if old < 0:"),
}  # fmt: skip
