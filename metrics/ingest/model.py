"""What passes between the steps of an import: options, sheets, plans, readings, the preview."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from metrics.errors import EvenkeelError, InputError, OpenQuestion
from metrics.ingest.told import Aside as Aside
from metrics.ingest.told import Group, Repair, Word
from metrics.ingest.told import Note as Note
from metrics.ingest.told import read_note as read_note
from metrics.store import Cursor, Source

CERTAIN = frozenset({"same", "synonym", "mapping"})


@dataclass(frozen=True)
class Correction:
    """A cell as the user corrected it: the file's sha256, the sheet, the row, the column's place from 0, the text."""

    sha256: str
    sheet: str
    row_no: int
    place: int
    text: str


@dataclass(frozen=True)
class Options:
    """The user's answers to what a file cannot prove; None where the file must prove it.

    `date_order` is dmy or mdy, `decimal` comma or point, `percent` percent (5.2 means 5.2 %) or fraction
    (0.052 does), `calendar` gregorian or ethiopian. `mapping` is a TOML file or its content already parsed.
    `accept_new` may hold "branch". `mappings` has mappings by the fingerprint of a sheet's headings, `off` the names
    of repairs that are not to be made, `corrections` cells that are read otherwise than they stand in the file.
    `keep_file` keeps a file as it was given although it tells who persons are.
    """

    table: str | None = None
    sheet: str | None = None
    mapping: Path | Mapping[str, Any] | None = None
    as_of: datetime.date | None = None
    institution: str | None = None
    date_order: str | None = None
    decimal: str | None = None
    percent: str | None = None
    calendar: str | None = None
    accept_new: frozenset[str] = frozenset()
    replace: bool = False
    likely: str | None = None
    repeated: str | None = None
    mappings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    off: frozenset[str] = frozenset()
    corrections: tuple[Correction, ...] = ()
    keep_file: bool = False


@dataclass(frozen=True)
class Sheet:
    """One sheet of one file, as the child process wrote it: rows of text in the staging folder."""

    file: str
    sha256: str
    name: str
    visible: bool
    rows_file: Path
    rows: int
    delimiter: str
    columns: tuple[str, ...]
    checks_cells: bool
    notes: tuple[Note, ...] = ()
    fixes_file: Path | None = None

    @property
    def place(self) -> str:
        """File and sheet, as sentences name them."""
        return f"{self.file}, {self.name}" if self.name else self.file


@dataclass(frozen=True)
class TopRow:
    """One of the first rows of a sheet: its number, how many cells it has, and their text."""

    no: int
    cells: int
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Spec:
    """What a sheet should hold: column -> kind, the columns that it cannot do without, what makes a row unique.

    Kinds: text, date, period, amount, number, whole, flag, code, pct (kept as 24 for 24 %), share and points
    (kept as 0.05 for 5 % or 5 points).
    `limits` gives a share's greatest plausible fraction, `codes` the codes of a coded column.
    """

    kinds: Mapping[str, str]
    needed: tuple[str, ...] = ()
    key: tuple[str, ...] = ()
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    limits: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Use:
    """A column of the sheet (`place` counts from 0) that a canonical column takes, and why.

    Reasons that leave no doubt: same, synonym, mapping. Likely only: words (its words mean the column), weak (a
    word that means other things too), looks (the name fits, the cells do not all), ids (numbers that are landed),
    cells (the cells alone say so).
    """

    column: str
    place: int
    heading: str
    reason: str

    @property
    def certain(self) -> bool:
        """Whether it is taken without asking."""
        return self.reason in CERTAIN


@dataclass(frozen=True)
class Plan:
    """How a sheet will be read. `shape`: table, ready (values by unit), summary (a row a year), fineract.

    `scales` gives what the amounts of a column are multiplied by where the sheet says thousands or millions; `top`
    are the first rows as they stand in the sheet.
    """

    sheet: Sheet
    shape: str
    table: str
    header_row: int
    spec: Spec
    uses: tuple[Use, ...]
    constants: Mapping[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    mapping: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    head_cells: int = 0
    scales: Mapping[str, int] = field(default_factory=dict)
    top: tuple[TopRow, ...] = ()

    def use(self, column: str) -> Use | None:
        """Where a canonical column comes from in the sheet."""
        return next((use for use in self.uses if use.column == column), None)

    def has(self, column: str) -> bool:
        """Whether a canonical column has a value, from the sheet or fixed."""
        return column in self.constants or self.use(column) is not None


@dataclass(frozen=True)
class Personal:
    """A column that tells who a person is: place, heading, the kind of identifier, whether its cells alone say so."""

    place: int
    heading: str
    kind: str
    by_cells: bool


@dataclass
class Reading:
    """A sheet read: `typed`, `aside`, `cells` name temporary tables: its rows, those set aside, their whole text."""

    plan: Plan
    number: int
    typed: str
    aside: str
    decided: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    rows_read: int = 0
    accepted: int = 0
    set_aside: int = 0
    ignored: int = 0
    sums: dict[str, float] = field(default_factory=dict)
    dates: tuple[datetime.date, datetime.date] | None = None
    notes: list[Note] = field(default_factory=list)
    sample: tuple[Aside, ...] = ()
    groups: tuple[Group, ...] = ()
    repairs: list[Repair] = field(default_factory=list)
    words: tuple[Word, ...] = ()
    personal: tuple[Personal, ...] = ()

    @property
    def cells(self) -> str:
        """The temporary table of the whole rows that are set aside, as text."""
        return f"in_cells_{self.number}"


@dataclass(frozen=True)
class SheetPreview:
    """One sheet of the preview: what it is read as, counts, sums, what is said about it."""

    file: str
    sheet: str
    table: str
    columns: tuple[Use, ...]
    unused: tuple[str, ...]
    rows_read: int
    accepted: int
    set_aside: int
    ignored: int
    sums: Mapping[str, float]
    dates: tuple[datetime.date, datetime.date] | None
    notes: tuple[Note, ...]
    sample: tuple[Aside, ...]
    groups: tuple[Group, ...] = ()
    repairs: tuple[Repair, ...] = ()
    sha256: str = ""
    words: tuple[Word, ...] = ()


@dataclass(frozen=True)
class Unread:
    """A sheet that no table fits: its first rows and why."""

    sheet: Sheet
    top: tuple[TopRow, ...]
    error: EvenkeelError


@dataclass
class Preview:
    """What an import would land; nothing has been landed. It belongs to the cursor that holds its rows.

    `refused` are the files at fault, `questions` are still open; nothing lands before both are empty.
    `repeated` is the live batch that already holds exactly this; `instead_of` the one whose place it takes with rows
    corrected; `epoch` is the state of the data it was read against.
    """

    cursor: Cursor
    options: Options
    epoch: int
    readings: tuple[Reading, ...] = ()
    frames: Mapping[str, str] = field(default_factory=dict)
    questions: tuple[OpenQuestion, ...] = ()
    refused: tuple[InputError, ...] = ()
    notes: tuple[Note, ...] = ()
    created: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    repeated: int | None = None
    unread: tuple[Unread, ...] = ()
    sources: tuple[Source, ...] = ()
    instead_of: int | None = None

    @property
    def sheets(self) -> tuple[SheetPreview, ...]:
        """The sheets that would land, in their order."""
        return tuple(sheet_preview(reading) for reading in self.readings)


@dataclass(frozen=True)
class Landed:
    """A batch in the database (or, `repeated`, the one that held exactly this before)."""

    batch_id: int
    files: tuple[SheetPreview, ...]
    notes: tuple[Note, ...]
    repeated: bool = False


def sheet_preview(reading: Reading) -> SheetPreview:
    """What a reader sees of a reading."""
    plan = reading.plan
    return SheetPreview(
        plan.sheet.file, plan.sheet.name, plan.table, plan.uses, plan.unused, reading.rows_read, reading.accepted,
        reading.set_aside, reading.ignored, reading.sums, reading.dates,
        (*plan.sheet.notes, *plan.notes, *reading.notes), reading.sample, reading.groups,
        tuple(reading.repairs), plan.sheet.sha256, reading.words,
    )  # fmt: skip
