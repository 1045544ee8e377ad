"""Method and data: how much is measured, what the data checks found, what the figures rest on, what has changed."""

from collections.abc import Iterable, Mapping, Sequence

from metrics import checks, comparing, decisions, rebuilding, scenarios
from metrics.checks import Finding
from metrics.comparing import Difference
from metrics.documents import notes
from metrics.errors import EvenkeelError
from metrics.packs import cells
from metrics.packs.asked import Asked
from metrics.packs.description import Part
from metrics.packs.model import Block, Cell, Column, Number, Section, Table, Text
from metrics.tree import Leaf, parent_of
from metrics.units import Unit
from metrics.words import catalogue, date, percent, say

MOST = 12  # batches and changes that are listed
NAMED = 3  # files and tables of a batch that are named
BATCHES = """SELECT b.batch_id, b.landed_at::DATE, list(DISTINCT f.name ORDER BY f.name),
        list(DISTINCT f.table_name ORDER BY f.table_name), sum(f.accepted)::BIGINT, sum(f.set_aside)::BIGINT
    FROM batches AS b JOIN batch_files AS f USING (batch_id) WHERE b.status = 'live'
    GROUP BY b.batch_id, b.landed_at ORDER BY b.batch_id DESC"""


def section(asked: Asked, part: Part) -> Section:
    """All that a reader needs to know how far to trust the figures."""
    language = asked.language
    found = asked.once("checks", lambda: checks.run(asked.cursor))
    blocks: list[Block] = [_coverage(asked)]
    blocks += [_checks(asked, found)] if found else [Text(say(language, "packs.checks_none"))]
    blocks += [Text(said) for said in (_limits(asked), _reconstructed(asked)) if said]
    blocks += [*_changes(asked), _batches(asked)]
    title = str(part.choices.get("title", "")) or say(language, "packs.section_method")
    share = percent(language, asked.picture.coverage, 0)
    message = say(language, "packs.method_message" if found else "packs.method_clean", n=len(found), share=share)
    return Section(part.id, part.kind, title, message, tuple(blocks))


def _table(asked: Asked, name: str, heads: Mapping[str, float], rows: Iterable[Sequence[Cell]], note: str) -> Table:
    """A table whose heads are words of the area packs; a column of numbers is one whose first cell is one."""
    made = tuple(tuple(row) for row in rows)
    kinds = ["number" if any(isinstance(row[place], Number) for row in made) else "text" for place in range(len(heads))]
    columns = tuple(
        Column(say(asked.language, f"packs.col_{head}"), kind, wide)
        for (head, wide), kind in zip(heads.items(), kinds, strict=True)
    )
    return Table(name, say(asked.language, f"packs.{name}"), columns, made, note)


def _coverage(asked: Asked) -> Table:
    """By theme: how many of its indicators have a figure, and the share of its weight, of the whole and at least."""
    language, picture = asked.language, asked.picture
    themes: dict[str, list[Leaf]] = {}
    for leaf in asked.policy.leaves:
        themes.setdefault(parent_of(leaf.path), []).append(leaf)
    rows: list[list[Cell]] = []
    for path, leaves in themes.items():
        whole = _measured(picture.whole, leaves)
        units = [(share, unit.name) for unit in picture.units if (share := _measured(unit, leaves)) is not None]
        least, name = min(units, default=(None, ""), key=lambda pair: pair[0] or 0.0)
        scored = {driver.indicator for driver in picture.whole.drivers if driver.score is not None}
        known = sum(leaf.indicator in scored for leaf in leaves)
        rows.append(
            [
                _titled(language, path.partition("/")[0]), _titled(language, path),
                say(language, "packs.of_all", n=known, all=len(leaves)), cells.percentage(asked, whole),
                cells.percentage(asked, least), name if least is not None and least < 1 else cells.MISSING,
            ]
        )  # fmt: skip
    heads = {"pillar": 1.2, "theme": 1.6, "indicators": 1.0, "measured": 1.0, "least": 1.0, "least_at": 1.4}
    if all(row[-1] == cells.MISSING for row in rows):
        heads.pop("least_at")
        rows = [row[:-1] for row in rows]
    return _table(asked, "coverage", heads, rows, say(language, "packs.coverage_note"))


def _measured(unit: Unit, leaves: Sequence[Leaf]) -> float | None:
    """The share of the weight of some leaves that is measured at a unit, of those that have a meaning there."""
    scores = {driver.indicator: driver.score for driver in unit.drivers}
    asked = [leaf for leaf in leaves if leaf.indicator in scores]
    total = sum(leaf.weight for leaf in asked)
    return sum(leaf.weight for leaf in asked if scores[leaf.indicator] is not None) / total if total else None


def _titled(language: str, path: str) -> str:
    last = path.rpartition("/")[2]
    return str(catalogue(language).get(f"themes.{last}", last))


def _checks(asked: Asked, found: Sequence[Finding]) -> Table:
    """What the data checks found, the gravest first: how many cases and what they may mean."""
    language = asked.language
    rows = (
        (
            say(language, f"checks.severity_{one.check.severity}"), one.check.text(language, "title"),
            cells.plain(asked, one.count), one.check.text(language, "meaning"),
        )
        for one in found
    )  # fmt: skip
    heads = {"severity": 1.2, "check": 2.0, "cases": 0.7, "meaning": 5.0}
    return _table(asked, "checks", heads, rows, say(language, "checks.ran", n=len(checks.catalogue())))


def _limits(asked: Asked) -> str:
    picture = asked.picture
    if not notes.limited(picture):
        return say(asked.language, "documents.limits_unset_text")
    n, approved = picture.limits_default, picture.limits_approved
    return say(asked.language, "documents.limits_count", n=n, approved=approved)


def _reconstructed(asked: Asked) -> str:
    """The dates of the loan book that were rebuilt from a later extract, where the pack looks at them."""
    found = asked.once("reconstructed", lambda: sorted(rebuilding.reconstructed_periods(asked.cursor)))
    if not found:
        return say(asked.language, "packs.reconstructed_none")
    first, last = (date(asked.language, day) for day in (found[0], found[-1]))
    said = say(asked.language, "packs.reconstructed", n=len(found), first=first, last=last)
    return f"{said} {say(asked.language, 'documents.reconstructed')}" if asked.reconstructed else said


def _changes(asked: Asked) -> list[Block]:
    """What differs between the weighting that the last meeting had before its eyes and that of the pack."""
    language, since = asked.language, asked.since
    if since is None:
        return [Text(say(language, "packs.changes_no_meeting"))]
    found = asked.once("changes", lambda: _differences(asked))
    if found is None:
        return [Text(say(language, "packs.changes_unknown", day=since))]
    if not found:
        return [Text(say(language, "packs.changes_none", day=since))]
    rows = [(one.name, one.before, one.after) for one in found[:MOST]]
    more = len(found) - MOST
    note = say(language, "packs.changes_more", n=more) if more > 0 else say(language, "packs.changes_note", day=since)
    return [_table(asked, "changes", {"what": 3.0, "then": 1.5, "now": 1.5}, rows, note)]


def _differences(asked: Asked) -> list[Difference] | None:
    """None where the last meeting did not say its weighting, or it cannot be read any more."""
    assert asked.since is not None, "asked for only where a meeting is known"
    met = decisions.last_meeting(asked.cursor, asked.since)
    then = next((one for one in met.decisions if one.policy), None) if met else None
    if then is None or then.policy is None:
        return None
    try:
        policy = scenarios.load(asked.cursor, then.policy)
    except EvenkeelError:
        return None
    policy = policy.with_social(then.social) if then.social is not None else policy
    one, other = (scenarios.completed(asked.cursor, given) for given in (policy, asked.policy))
    return comparing.differences(one, other, asked.language, asked.picture.currency)


def _batches(asked: Asked) -> Table:
    """The batches of data that count, the newest first."""
    language = asked.language
    found = asked.once("batches", lambda: asked.cursor.execute(BATCHES).fetchall())
    rows = (
        (
            cells.plain(asked, number), date(language, landed), _listed(language, files), _listed(language, tables),
            cells.plain(asked, accepted), cells.plain(asked, aside),
        )
        for number, landed, files, tables, accepted, aside in found[:MOST]
    )  # fmt: skip
    note = say(language, "packs.batches_more", n=len(found) - MOST) if len(found) > MOST else ""
    heads = {"batch": 0.6, "landed": 1.0, "files": 3.0, "tables": 2.6, "rows": 0.9, "set_aside": 0.9}
    return _table(asked, "batches", heads, rows, note)


def _listed(language: str, names: Sequence[str]) -> str:
    """A few names, and how many more there are."""
    few = ", ".join(names[:NAMED])
    return say(language, "documents.and_more", names=few, n=len(names) - NAMED) if len(names) > NAMED else few
