"""The data at hand: an institution's own where the data folder has any, else the sample; never both.

Everything cached is keyed by the data folder, the database, its epoch and the reader's scope. A cursor lives
for one call and is never cached.
"""

import datetime
import os
import threading
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from metrics import access, checks, measures, rebuilding, scenarios, values
from metrics import picture as pictures
from metrics import policy as policies
from metrics.catalogue import indicators
from metrics.configuration import configuration
from metrics.copies import Copy, Reader
from metrics.errors import EvenkeelError
from metrics.sample import open_sample
from metrics.scope import EVERYTHING
from metrics.store import Cursor, Scope, Store
from metrics.words import say
from pages.ui.state import DEFAULT_POLICY, Choices, Options

OWN, SAMPLE = "evenkeel", "sample"


def folder() -> Path:
    """The data folder: EVENKEEL_DATA, else data/local."""
    return Path(os.environ.get("EVENKEEL_DATA") or "data/local")


def database() -> Path:
    """The file of the institution's own database, whether it is there or not."""
    return folder() / f"{OWN}.duckdb"


@dataclass(frozen=True)
class Source:
    """One database of a data folder, at one state (`epoch`) of its data, as far as a reader sees (`reach`)."""

    folder: str
    name: str
    epoch: int
    reach: Scope = EVERYTHING

    @property
    def is_sample(self) -> bool:
        """Whether these are the sample institution's figures."""
        return self.name == SAMPLE

    @property
    def store(self) -> Store:
        """The open database, shared by the whole process; its cursors see no further than the reader does."""
        return opened(self.folder, self.name).within(self.reach)


def copy() -> Copy | None:
    """The newest copy of the data, where this process reads one; None where it owns the data."""
    reads = configuration().reads
    return _reader(reads).copy() if reads else None


@st.cache_resource(show_spinner=False)
def _reader(reads: str) -> Reader:
    return Reader(Path(reads), folder() / "staging")


def opened(folder: str, name: str) -> Store:
    """The database of a data folder, opened once in a process; or the copy that stands there, or the newest."""
    reads = configuration().reads
    return _reader(reads).of(Path(folder)) if reads and name == OWN else _kept(folder, name)


@st.cache_resource(show_spinner=False)
def _kept(folder: str, name: str) -> Store:
    """The sample is built when first needed."""
    return open_sample(Path(folder)) if name == SAMPLE else _opened(Path(folder), name)


def _opened(folder: Path, name: str) -> Store:
    """An institution's own database; measures of another version are computed anew."""
    store = Store.open(folder, name)
    measures.ensure(store.cursor())
    return store


def control() -> Store:
    """The database that knows who may come in: the institution's own, made where there is none yet."""
    return opened(str(folder()), OWN)


def has_own(data: Path) -> bool:
    """Whether the data folder has data of its own: at least one batch that counts."""
    if not _exists(data):
        return False
    batches = opened(str(data), OWN).batches()
    return bool((batches["status"] == "live").any())


def _exists(data: Path) -> bool:
    return bool(configuration().reads) or Store.exists(data, OWN)


def all_taken_out() -> Source | None:
    """One's own database, where no batch of it counts any more: the pages show the sample, the way back stays."""
    data = folder()
    if has_own(data) or not _exists(data) or opened(str(data), OWN).batches().empty:
        return None
    return Source(str(data), OWN, opened(str(data), OWN).epoch, access.current().reach)


def source(sample: bool) -> Source:
    """The database to show: the sample where it is asked for, or where there is nothing else."""
    data = folder()
    name = SAMPLE if sample or not has_own(data) else OWN
    found = copy() if name == OWN else None
    if found is not None:
        data = found.path.parent
    return Source(str(data), name, opened(str(data), name).epoch, access.current().reach)


def prepare() -> None:
    """Open and compute what the first page will ask for; what goes wrong is said there, to a reader."""
    # Reading the definitions is Python's work, building the sample the database's: both at once.
    threading.Thread(target=indicators, daemon=True).start()
    with suppress(EvenkeelError), access.acting(access.Actor("evenkeel")):
        found = source(False)
        known = options(found)
        if known.periods:
            picture(found, Scope(), Choices(policy=known.default), "branch" if known.branches else "institution")


@st.cache_data(show_spinner=False, max_entries=16)
def options(source: Source) -> Options:
    """What there is to choose from: dates (newest first), branches and products by id with their names."""
    with closing(source.store.cursor()) as cursor:
        found = values.periods(cursor)
        branches = cursor.execute("SELECT branch_id, branch_name FROM v_branches ORDER BY 2").fetchall()
        products = cursor.execute("SELECT product_id, product_name FROM v_products ORDER BY 2").fetchall()
        kept = [version.name for version in scenarios.versions(cursor)]
        known = {name: scenarios.load(cursor, name) for name in [*policies.names(), *kept]}
        default = scenarios.in_use(cursor) or DEFAULT_POLICY
    themes = {name: [node.path for node in one.nodes if "/" in node.path] for name, one in known.items()}
    return Options(tuple(reversed(found)), dict(branches), dict(products), themes, default)


@st.cache_resource(show_spinner=False, max_entries=64)
def policy(source: Source, name: str) -> policies.Policy:
    """A policy by name, shipped or kept. Frozen, so that sessions may share it."""
    with closing(source.store.cursor()) as cursor:
        return scenarios.load(cursor, name)


@st.cache_resource(show_spinner=False, max_entries=64)
def picture(source: Source, scope: Scope, choices: Choices, by: str) -> pictures.Picture | None:
    """The picture of a scope under the reader's choices; None where the filters leave no loan.

    A frozen value, so that sessions may share it.
    """
    used = policy(source, choices.policy)
    if choices.social is not None:
        used = used.with_social(choices.social)
    if choices.themes:
        used = used.with_theme_weights(dict(choices.themes))
    where = [("product", (choices.product,))] if choices.product else []
    with closing(source.store.cursor(scope)) as cursor:
        if choices.product and not _lent(cursor, choices):
            return None
        return pictures.picture(cursor, used, as_of=choices.period, by=by, where=where)


def _lent(cursor: Cursor, choices: Choices) -> bool:
    """Whether the product chosen has a portfolio in the scope on the day chosen."""
    day = choices.period or values.periods(cursor)[-1]
    sql = "SELECT count(*) FROM v_m_portfolio WHERE cut = 'main' AND product_id = ? AND period = ?"
    return bool(cursor.execute(sql, [choices.product, day]).fetchall()[0][0])


@st.cache_data(show_spinner=False, max_entries=16)
def whole_values(source: Source, scope: Scope, named: str, period: datetime.date) -> pd.DataFrame:
    """Every indicator's value for the whole institution on one date."""
    with closing(source.store.cursor(scope)) as cursor:
        settings = policy(source, named).settings
        return values.values(cursor, settings, by="institution", periods=[period])


@st.cache_data(show_spinner=False, max_entries=16)
def reconstructed(source: Source) -> list[datetime.date]:
    """The month-ends whose loan book is wholly or partly reconstructed, oldest first, for pages to mark."""
    with closing(source.store.cursor()) as cursor:
        return sorted(rebuilding.reconstructed_periods(cursor))


@st.cache_resource(show_spinner=False, max_entries=16)
def checked(source: Source, scope: Scope) -> tuple[checks.Finding, ...]:
    """What the data checks find in a scope. Frozen, so that sessions may share it."""
    with closing(source.store.cursor(scope)) as cursor:
        return tuple(checks.run(cursor))


@st.cache_data(show_spinner=False, max_entries=16)
def institution(source: Source, language: str) -> str:
    """Whose figures these are, for the header."""
    with closing(source.store.cursor()) as cursor:
        rows = cursor.execute("SELECT institution_name FROM v_institutions ORDER BY 1 LIMIT 2").fetchall()
    if len(rows) > 1:
        return say(language, "pages.several_institutions")
    name = rows[0][0] if rows else ""
    return say(language, "pages.own_institution") if name == "own" else name
