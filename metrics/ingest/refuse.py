"""Why a sheet is not imported, said plainly: what it seems to be, what it lacks, and what would help."""

from metrics.errors import InputError, OpenQuestion
from metrics.ingest import headings
from metrics.ingest.model import Plan, Sheet, TopRow
from metrics.ingest.recognise import Candidate
from metrics.store import Cursor, quote

MANY_ANSWERS = 5
STATEMENT_WORDS = 4
LONGEST_LIST = 300


class Refused(InputError):
    """No sheet of a file can be imported; `reasons` has one sentence for each sheet that holds anything."""

    def __init__(self, file: str, reasons: tuple[InputError, ...]) -> None:
        super().__init__("import.nothing_to_import", file=file)
        self.reasons = reasons

    def text(self, language: str = "en") -> str:
        """The sentence, and below it each sheet's reason on a line of its own."""
        return "\n".join([super().text(language), *(f"- {reason.text(language)}" for reason in self.reasons)])


class Lacking(InputError):
    """A sheet looks like a table but lacks columns that the table needs; `plan` is how the others would be read."""

    def __init__(self, plan: Plan, **params: object) -> None:
        super().__init__("import.columns_missing", **params)
        self.plan = plan


def reason(cursor: Cursor, raw: str, sheet: Sheet, top: list[TopRow], candidate: Candidate | None) -> InputError:
    """The reason for one sheet that no table fits."""
    place = {"file": sheet.place}
    widest = max(top, key=lambda row: sum(bool(text) for text in row.texts))
    answers = _answers(cursor, raw, widest)
    if answers >= MANY_ANSWERS and answers * 2 > sum(bool(text) for text in widest.texts):
        return InputError("import.refused_answers", n=answers, **place)
    if _names_poverty(top):
        return InputError("import.refused_poverty", **place)
    if any(_statement(row) for row in top):
        return InputError("import.refused_statement", **place)
    if candidate and candidate.missing and candidate.doubled:
        column, columns = next(iter(candidate.doubled.items()))
        return OpenQuestion("import.question_doubled", option="--mapping", column=column, columns=columns, **place)
    if candidate and candidate.missing and (candidate.understood >= 2 or candidate.understood == candidate.headed):
        return Lacking(
            candidate.plan,
            table=candidate.plan.table,
            columns=", ".join(candidate.missing),
            found=_listed([use.heading for use in candidate.plan.uses]),
            **place,
        )
    found = _listed([text for text in widest.texts if text])
    if _no_headings(top):
        return OpenQuestion("import.question_no_headings", option="--mapping", row=str(top[0].no), found=found, **place)
    return InputError("import.nothing_recognised", row=str(widest.no), found=found, **place)


def _no_headings(top: list[TopRow]) -> bool:
    """Whether a sheet begins with its records: the first rows look alike, and half of their cells hold digits."""
    first = top[:2]
    filled = [[bool(text) for text in row.texts] for row in first]
    digits = [[any(c.isdigit() for c in text) for text in row.texts] for row in first]
    alike = len(first) > 1 and filled[0] == filled[1] and digits[0] == digits[1]
    return alike and sum(filled[0]) > 1 and sum(digits[0]) * 2 >= sum(filled[0])


def _listed(names: list[str]) -> str:
    return ", ".join(f'"{name[:40]}"' for name in names)[:LONGEST_LIST]


def _names_poverty(top: list[TopRow]) -> bool:
    words = headings.synonyms()["words"]["poverty"]
    text = f" {' '.join(headings.normal(text) for row in top for text in row.texts if text)} "
    return any(f" {word} " in text for word in words)


def _statement(row: TopRow) -> bool:
    words = headings.synonyms()["words"]["statement"]
    return len({headings.normal(text) for text in row.texts} & set(words)) >= STATEMENT_WORDS


def _answers(cursor: Cursor, raw: str, head: TopRow) -> int:
    """How many columns below the headings hold nothing but yes and no, in words or as 1 and 0."""
    words = [*headings.synonyms()["words"]["yes"], *headings.synonyms()["words"]["no"]]
    columns = [quote(f"c{index}") for index, text in enumerate(head.texts) if text]
    counted = ", ".join(
        f"count_if(NOT in_blank({x})) > 0 AND count_if(NOT in_blank({x}) AND NOT list_contains($words, "
        f"lower(strip_accents(in_bare({x}))))) = 0"
        for x in columns
    )
    found = cursor.execute(
        f"SELECT {counted} FROM {quote(raw)} WHERE row_no > $row", {"words": words, "row": head.no}
    ).fetchall()
    return sum(bool(answer) for answer in found[0])
