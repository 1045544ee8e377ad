"""Wide surveys: one row a respondent, one column a question, as Kobo, ODK and form tools export them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from metrics import schema
from metrics.ingest import classes, columns, contents, headings
from metrics.ingest.contents import Facts
from metrics.ingest.model import Options, Plan, Sheet, Spec, TopRow, Use

SHAPE = "survey"
TABLES = {"client_surveys", "staff_surveys"}
OF_TOOL = 2
FEW_QUESTIONS = 3
MOST_CHOICES = 20
LONG_WORDS = 5
MOST_TOKENS = 12
TOP = 5
NUMERIC = frozenset({"nps", "enps", "paid_workers"})
LANGUAGE = re.compile(r"::.*$")
PPI = re.compile(r"(?:.*[_ ])?ppi[_ ]?q?(\d{1,2})")
TOKEN = re.compile(r"[a-z0-9_]+")
GROUP = re.compile(r"^(?:[A-Za-z0-9_]+/)+")
DASHED = re.compile(r"^([A-Za-z0-9_]+)-(?=[A-Za-z0-9_]+$)")
RESPONDENT = ("client_id", "branch_id", "product_id", "gender", "location", "age_band", "role", "mode", "weight")


@dataclass(frozen=True)
class Asked:
    """One question of the catalogue: where it stands, its key, how it is answered, whether indicators read it.

    `kind` is number, code, text, multiple (several codes in one cell) or option (one column an option, yes or no).
    `guessed` where only the words of a sentence tell the known question: likely, not certain.
    """

    place: int
    heading: str
    key: str
    kind: str
    known: bool = False
    guessed: bool = False


def recognise(sheet: Sheet, top: list[TopRow], options: Options, tools_only: bool = False) -> Plan | None:
    """The plan of a sheet that holds a wide survey; None where it is something else.

    With `tools_only` it must bear the columns that a survey tool adds: those leave no doubt.
    """
    if options.table not in (None, *TABLES):
        return None
    for row in sorted(top, key=lambda row: -sum(bool(text) for text in row.texts))[:TOP]:
        tool = sum(_folded(text) in _of_tools() for text in row.texts if text)
        asked = sum(bool(key(text)) or text.endswith("?") for text in row.texts)
        if tool < OF_TOOL and (tools_only or asked < FEW_QUESTIONS):
            continue
        plan = _plan(sheet, row, options)
        if plan and plan.has("response_id"):
            return plan
    return None


def _plan(sheet: Sheet, row: TopRow, options: Options) -> Plan | None:
    facts = contents.sample(sheet, row.no)
    about = _about(row, facts)
    taken = {use.place for use in about}
    asked = catalogue(row.texts, facts, taken, guess=options.likely != "leave")
    if not any(question.known for question in asked) and len(asked) < FEW_QUESTIONS:
        return None
    staff = options.table == "staff_surveys" or any(question.key == "enps" for question in asked)
    answers = tuple(Use(f"in:{q.place}", q.place, q.heading, "words" if q.guessed else "same") for q in asked)
    kinds = {use.column: "date" if use.column == "answered_on" else "code" if use.column in CODED else
             "number" if use.column == "weight" else "text" for use in about}  # fmt: skip
    kinds |= {use.column: "text" for use in answers}
    used = taken | {question.place for question in asked}
    needed = tuple(use.column for use in about if use.column in ("response_id", "answered_on"))
    return Plan(sheet, SHAPE, "staff_surveys" if staff else "client_surveys", row.no,
                Spec(kinds, needed, ("response_id",), _codes()), (*about, *answers), head_cells=row.cells,
                unused=tuple(text for place, text in enumerate(row.texts) if text and place not in used),
                mapping={"questions": asked})  # fmt: skip


CODED = ("gender", "location", "age_band", "role")


@cache
def _codes() -> Mapping[str, tuple[str, ...]]:
    found = dict(schema.tables()["client_surveys"].enums) | dict(schema.tables()["staff_surveys"].enums)
    return {column: found[column] for column in CODED}


def _about(row: TopRow, facts: Sequence[Facts]) -> tuple[Use, ...]:
    """Who answered and when: a tool's own columns, the best first, then what a survey in long form would name."""
    found: dict[str, Use] = {}
    for column in ("response_id", "answered_on", "survey_id"):
        for word in headings.synonyms()["survey"]["columns"][column]:
            place = next((at for at, text in enumerate(row.texts) if text and _folded(text) == _folded(word)), None)
            if place is not None and facts[place].filled and column not in found:
                found[column] = Use(column, place, row.texts[place], "synonym")
    short = [_bare(text, row.texts) if text else "" for text in row.texts]
    taken = {use.place for use in found.values()}
    names = ["" if at in taken or _folded(row.texts[at]) in _of_tools() else text for at, text in enumerate(short)]
    for use in columns.find(names, facts, "client_surveys").uses:
        if use.column in RESPONDENT and use.column not in found and not key(names[use.place]):
            found[use.column] = Use(use.column, use.place, row.texts[use.place], use.reason)
    if "response_id" not in found and "client_id" in found:
        found["response_id"] = Use("response_id", found["client_id"].place, found["client_id"].heading, "synonym")
    return tuple(found.values())


def catalogue(texts: tuple[str, ...], facts: Sequence[Facts], taken: set[int], guess: bool = True) -> list[Asked]:
    """The questions of a row of headings; columns of options stand for the cell that lists them together."""
    places = [at for at, text in enumerate(texts) if text and at not in taken and _is_question(text, texts)]
    options = {at: base for at in places if (base := _base(at, texts, places, facts)) is not None}
    found: list[Asked] = []
    used: set[str] = set()
    for at in places:
        text = texts[at]
        if at in set(options.values()) or not facts[at].filled or _tells_who(facts[at]):
            continue
        bare = _bare(texts[options.get(at, at)], texts)
        known = exact(bare) or (key(bare) if guess else "")
        name = known or slug(bare)
        if at in options:
            name, known = f"{name}__{slug(text.rpartition('/')[2])}", ""
        kind = "option" if at in options else _kind(name, facts[at])
        while name in used:
            name, known = f"{name}_{at + 1}", ""
        used.add(name)
        found.append(Asked(at, text, name, kind, bool(known), bool(known) and not exact(bare)))
    return found


def _is_question(text: str, texts: tuple[str, ...]) -> bool:
    personal = {headings.normal(word) for word in headings.synonyms()["survey"]["columns"]["personal"]}
    bare = headings.normal(_bare(text, texts))
    asked = _folded(text) not in _of_tools() and not text.startswith("_") and bare not in personal
    return asked and not classes.of_heading(_bare(text, texts))


def _tells_who(facts: Facts) -> bool:
    """Whether the cells are telephones, e-mails, positions or national numbers: those are nobody's answers."""
    return classes.of_cells(list(facts.values)) not in ("", classes.NAME)


def _base(at: int, texts: tuple[str, ...], places: list[int], facts: Sequence[Facts]) -> int | None:
    """The select-multiple column whose option a column is: `reasons/price` beside `reasons`, with 0 and 1."""
    before, mark, _ = texts[at].rpartition("/")
    if not mark or before not in texts or texts.index(before) not in places:
        return None
    said = {value.lower() for value in facts[at].values}
    return texts.index(before) if said <= {"0", "1", "true", "false"} else None


def _kind(name: str, facts: Facts) -> str:
    if name in NUMERIC or (facts.share("whole", "figure") >= contents.MOST_LIKE and not name.startswith("ppi_")):
        return "number"
    tokens = {token for value in facts.values for token in value.split()}
    several = any(" " in value for value in facts.values)
    if several and len(tokens) <= MOST_TOKENS and all(TOKEN.fullmatch(token) for token in tokens):
        return "multiple"
    long = sum(len(value.split()) > LONG_WORDS for value in facts.values)
    return "code" if len(facts.values) <= MOST_CHOICES and long * 2 <= len(facts.values) else "text"


def _folded(text: str) -> str:
    return text.strip().casefold()


@cache
def _of_tools() -> frozenset[str]:
    listed = headings.synonyms()["survey"]["columns"]
    named = [word for column in ("response_id", "answered_on", "survey_id", "none") for word in listed[column]]
    return frozenset(_folded(word) for word in named)


def _bare(text: str, texts: tuple[str, ...]) -> str:
    """A heading without its language and its groups: `demo/q1::English` is q1, `demo-q1` too where groups recur."""
    bare = GROUP.sub("", LANGUAGE.sub("", text).strip()) or text
    dashed = DASHED.match(bare)
    if dashed and sum(other.startswith(dashed[1] + "-") for other in texts) > 1:
        return bare[dashed.end() :]
    return bare


def exact(text: str) -> str:
    """The known question whose key a heading is, or nothing."""
    numbered = PPI.fullmatch(text.casefold().strip())
    named = headings.normal(text).replace(" ", "_")
    return f"ppi_{int(numbered[1])}" if numbered else named if named in _questions() else ""


def _questions() -> dict[str, list[str]]:
    found: dict[str, list[str]] = headings.synonyms()["survey"]["questions"]
    return found


@cache
def key(text: str) -> str:
    """The known question that a heading asks, or nothing: by its key, or by words that stand together in it."""
    if exact(text):
        return exact(text)
    listed, words = _questions(), set(headings.normal(text).split())
    for name in ("enps", "challenge_resolved", *listed):
        if any(set(phrase.split()) <= words for phrase in listed[name]):
            return name
    return ""


def slug(text: str) -> str:
    """A key of one's own, made of a heading."""
    return "_".join(headings.normal(text).split())[:60] or "question"
