"""Which codes of a column a part of a measure counts, as the measure's own SQL says it."""

import re
from collections.abc import Iterable

from metrics.measure import Measure

QUESTION, SCORECARD = "question_key", "ppi_"  # of the surveys: the question, and how a scorecard's questions begin


def needed(measure: Measure, part: str) -> str:
    """The table and column that a part of this measure needs; empty where it names none."""
    return measure.parts.get(part) or measure.parts.get(_plain(part), "")


def codes(measure: Measure, part: str, known: Iterable[str]) -> set[str]:
    """The codes among `known` that the part's expression names; those of its own parts where it is made of parts."""
    text = _defined(measure.sql, _plain(part))
    found = _texts(text) & set(known)
    if not found:
        for word in set(re.findall(r"\w+", text)) & measure.parts.keys() - {_plain(part)}:
            found |= codes(measure, word, known)
    return found


def questions(measure: Measure, part: str) -> set[str]:
    """The survey questions whose answers a part counts; `SCORECARD` stands for all questions of a scorecard."""
    if SCORECARD in measure.sql:
        return {SCORECARD}
    known = set(re.findall(rf"{QUESTION} = '(\w+)'", measure.sql))
    text = _defined(measure.sql, _plain(part))
    words = set(re.findall(r"\w+", text)) - {_plain(part)}
    return (_texts(text).union(*(_texts(_defined(measure.sql, word)) for word in words))) & known


def _plain(part: str) -> str:
    return part.removeprefix("average_").removeprefix("start_")


def _texts(sql: str) -> set[str]:
    return set(re.findall(r"'([^']*)'", sql))


def _defined(sql: str, name: str) -> str:
    """The expression that a query first names so: what stands before `AS name`; empty where it names none."""
    plain = re.sub(r"--[^\n]*", "", sql)
    match = re.search(rf"\s+AS {re.escape(name)}\b", plain)
    if match is None:
        return ""
    depth, start = 0, match.start()
    while start and not (depth == 0 and (plain[start - 1] in ",(" or plain[:start].endswith("SELECT"))):
        depth += {")": 1, "(": -1}.get(plain[start - 1], 0)
        start -= 1
    return plain[start : match.start()].strip()
