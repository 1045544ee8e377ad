"""What a pack is asked for, made in one way for the command line and for the pages."""

import datetime
from collections.abc import Iterable, Mapping

import duckdb

from metrics import accounts, decisions, picture, rebuilding, scenarios, versions
from metrics.packs.asked import Asked
from metrics.policy import Policy
from metrics.words import date, say

Cursor = duckdb.DuckDBPyConnection


def prepare(
    cursor: Cursor,
    language: str,
    policy: str = "",
    social: float | None = None,
    themes: Mapping[str, float] | None = None,
    as_of: datetime.date | None = None,
    by: str = "",
    where: Iterable[tuple[str, Iterable[str]]] = (),
    part: str = "",
    decision: str = "",
    sample: bool = False,
) -> Asked:
    """All that the sections of a pack read.

    Args:
        cursor: scoped to what the reader may see.
        policy: a weighting's name; empty: the version that was approved last, else the usual one.
        social: a social share, 0..100, instead of the weighting's own.
        themes: weights of themes by path, instead of the weighting's own.
        as_of: None for the newest date.
        by: kind of unit; empty: branches where there are any.
        where: filters beside those of the cursor, as (column, values).
        part: what the filters leave, in words; empty for the whole.
        sample: whether these are the sample's figures.

    Raises:
        EvenkeelError: no such weighting, no data, or none at that date.
    """
    given = scenarios.load(cursor, policy or versions.in_use(cursor) or versions.DEFAULT)
    used = given if social is None else given.with_social(social)
    used = used.with_theme_weights(dict(themes)) if themes else used
    filters = tuple((column, tuple(wanted)) for column, wanted in where)
    shown = picture.picture(cursor, used, as_of=as_of, by=by or _kind(cursor), where=filters)
    met = decisions.last_meeting(cursor, shown.as_of)
    return Asked(
        cursor, shown, language, weighting=title(given, language), own_share=given.social,
        institution=institution(cursor, language), part=part, sample=sample, by_hand=bool(themes),
        reconstructed=shown.as_of in rebuilding.reconstructed_periods(cursor), since=met.day if met else None,
        where=filters, decision=decision, data=data(cursor, language),
        account="" if sample else accounts.line(accounts.mark(cursor), language),
    )  # fmt: skip


def title(policy: Policy, language: str) -> str:
    """The title of a weighting, with the number of a kept version."""
    named, number = policy.title_in(language), policy.name.partition("@")[2]
    if not number:
        return named
    first, colon, rest = named.partition(":")
    return say(language, "settings.version_title", title=first.rstrip(), version=number) + colon + rest


def institution(cursor: Cursor, language: str) -> str:
    """Whose figures these are, in words where they are several or have no name."""
    rows = cursor.execute("SELECT institution_name FROM v_institutions ORDER BY 1 LIMIT 2").fetchall()
    if len(rows) > 1:
        return say(language, "pages.several_institutions")
    name = str(rows[0][0] or "") if rows else ""
    return say(language, "pages.own_institution") if name == "own" else name


def data(cursor: Cursor, language: str) -> str:
    """What the figures rest on, in one line: how many batches count, the newest of which day, the state of the data."""
    n, newest = cursor.execute("SELECT count(*), max(landed_at)::DATE FROM batches WHERE status = 'live'").fetchall()[0]
    version = cursor.execute("SELECT value FROM meta WHERE name = 'epoch'").fetchall()[0][0]
    if not n:
        return ""
    return say(language, "packs.data_line", n=int(n), newest=date(language, newest), version=int(version))


def _kind(cursor: Cursor) -> str:
    """Branches where there are any, else the institution alone."""
    return "branch" if cursor.execute("SELECT count(*) FROM v_branches").fetchall()[0][0] else "institution"
