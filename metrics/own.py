"""Indicators that an institution made itself: one small TOML file each in its data folder, values as reported.

`DATA/indicators/PILLAR/own/ID.toml` is in the catalogue, `DATA/indicators/withdrawn/PILLAR/ID.toml` was: an id keeps
its meaning, as the values that were landed under it do. One process serves
one data folder: the one whose database it opened last.
"""

import json
import math
import re
import time
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from metrics import toml
from metrics.errors import DefinitionError, nearest

FOLDER, THEME, START, WITHDRAWN = "indicators", "own", "own_", "withdrawn"
PILLARS = ("financial", "social")
UNITS = ("%", "ratio", "count", "money", "days", "points")
SUMMED = ("count", "money")  # a mean of these says nothing of the whole
BETTER = ("higher", "lower")
KINDS = ("institution", "branch", "product")
ID = re.compile(r"own_[a-z0-9][a-z0-9_]{0,55}")
LONGEST = 80
KEYS = ("title", "unit", "better", "goalposts", "units", "headings", "file")
EVERY = 0.05
Stamp = tuple[str, int, int, int]
_folder: list[Path] = []
_written: list[Path] = []  # by this process: two changes may fall into one tick of the file system's clock
_looked: list[tuple[float, Stamp]] = [(0.0, ("", 0, 0, -1))]


@dataclass(frozen=True)
class Own:
    """An indicator of one's own.

    `goalposts` are (scores 0, scores 100); shares and points are fractions (0.6 for 60 %). `units` are the kinds of
    unit that it was reported for, `headings` the columns that it is read from, `file` where it came from first.
    """

    id: str
    pillar: str
    title: str
    unit: str
    better: str
    goalposts: tuple[float, float]
    units: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    file: str = ""

    @property
    def path(self) -> str:
        """Its place in a policy's tree: pillar/own/id."""
        return f"{self.pillar}/{THEME}/{self.id}"

    def same(self, other: "Own") -> bool:
        """Whether both mean the same, wherever each was read from."""
        names = ("id", "pillar", "title", "unit", "better", "goalposts")
        return all(getattr(self, name) == getattr(other, name) for name in names)

    def with_sources(self, other: "Own") -> "Own":
        """This one, read also from where the other was read."""
        units = tuple(dict.fromkeys((*self.units, *other.units)))
        return replace(self, units=units, headings=tuple(dict.fromkeys((*self.headings, *other.headings))))


def use(data: Path) -> None:
    """Serve the definitions of a data folder from now on."""
    if (data.parent.name, data.name) != ("staging", "empty"):  # a database to read against only
        _folder[:] = [data.resolve() / FOLDER]


def folder() -> Path | None:
    """The folder of definitions of the data folder in use; None before any is."""
    return _folder[0] if _folder else None


def stamp() -> Stamp:
    """What changes whenever a definition is added or taken out, for caches: cheap enough to ask at every look-up.

    What this process writes counts at once; the files are looked at again after a twentieth of a second.
    """
    root, written, now = folder(), len(_written), time.monotonic()
    looked, last = _looked[0]
    if (last[0], last[3]) == (str(root or ""), written) and now - looked < EVERY:
        return last
    times = [_changed(root / pillar / THEME) if root else 0 for pillar in PILLARS]
    found = str(root or ""), times[0], times[1], written
    _looked[0] = now, found
    return found


def _changed(place: Path) -> int:
    try:
        return place.stat().st_mtime_ns
    except OSError:
        return 0


def every() -> tuple[Own, ...]:
    """The sound definitions of the data folder in use, by pillar and id."""
    return tuple(one for one in _read() if isinstance(one, Own))


def faults() -> tuple[DefinitionError, ...]:
    """What is wrong in files that are therefore left out of the catalogue."""
    return tuple(one for one in _read() if isinstance(one, DefinitionError))


def withdrawn() -> tuple[Own, ...]:
    """The definitions that were taken out of the catalogue; wrong files are left out."""
    root, found = folder(), []
    for pillar in PILLARS if root else ():
        for file in sorted((root / WITHDRAWN / pillar).glob("*.toml")) if root else ():
            with suppress(DefinitionError):
                found.append(_file(file, pillar))
    return tuple(found)


def _read() -> list[Own | DefinitionError]:
    root = folder()
    found: list[Own | DefinitionError] = []
    for pillar in PILLARS if root else ():
        for file in sorted((root / pillar / THEME).glob("*.toml")) if root else ():
            try:
                found.append(_file(file, pillar))
            except DefinitionError as error:
                found.append(error)
    return found


def _file(file: Path, pillar: str) -> Own:
    try:
        given = toml.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DefinitionError("errors.definition_bad_toml", file=file.name, reason=str(error)[:200]) from error
    _known(file.name, given, KEYS)
    posts = given.get("goalposts")
    if not isinstance(posts, list) or len(posts) != 2:
        raise _bad(file.name, "goalposts", posts, "[worst, best]")
    one = of(file.name, file.stem, {**given, "pillar": pillar, "worst": posts[0], "best": posts[1]})
    units, headings = (_listed(file.name, name, given.get(name, [])) for name in ("units", "headings"))
    return replace(one, units=units, headings=headings, file=str(given.get("file", "")))


def _listed(place: str, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _bad(place, key, value, "[...]")
    return tuple(map(str, value))


def of(place: str, name: str, given: Mapping[str, Any]) -> Own:
    """A definition, checked.

    Args:
        place: the file or sheet that errors name.
        name: its id.
        given: pillar, title, unit, better, worst, best.

    Raises:
        DefinitionError: names place, key, the value and what it may be.
    """
    if not ID.fullmatch(name):
        raise DefinitionError("own.bad_id", file=place, id=name[:LONGEST])
    _chosen(place, name, given)
    title = " ".join(str(given["title"]).split())
    if not title or len(title) > LONGEST or not title.isprintable():
        raise DefinitionError("own.bad_title", file=place, most=LONGEST)
    worst, best = (_number(place, f"{name}.{key}", given[key]) for key in ("worst", "best"))
    if worst == best:
        raise DefinitionError("own.worst_is_best", file=place, title=title)
    if (worst < best) != (given["better"] == "higher"):
        raise DefinitionError(f"own.against_{given['better']}", file=place, title=title)
    return Own(name, given["pillar"], title, given["unit"], given["better"], (worst, best))


def _chosen(place: str, name: str, given: Mapping[str, Any]) -> None:
    """Hold a definition to its keys, and those that are chosen from a list to it."""
    for key in ("pillar", "title", "unit", "better", "worst", "best"):
        if key not in given:
            raise DefinitionError("errors.definition_missing_key", file=place, key=f"{name}.{key}")
    for key, choices in (("pillar", PILLARS), ("unit", UNITS), ("better", BETTER)):
        if given[key] not in choices:
            near = nearest(str(given[key]), choices)
            raise _bad(place, f"{name}.{key}", given[key], ", ".join(choices), near)


def _number(place: str, key: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise _bad(place, key, value, "0.25, 60 ...")
    return float(value)


def _known(place: str, given: Mapping[str, Any], known: Iterable[str]) -> None:
    names = list(known)
    for key in given:
        if key not in names:
            raise DefinitionError("errors.definition_unknown_key", file=place, key=key, nearest=nearest(key, names))


def _bad(place: str, key: str, value: object, expected: str, near: str | None = None) -> DefinitionError:
    return DefinitionError(
        "errors.definition_bad_value", file=place, key=key, value=str(value), expected=expected, nearest=near
    )


def suggested(heading: str, taken: Iterable[str] = ()) -> str:
    """An id for a heading: its letters and digits without accents; a number follows where it is taken."""
    text = unicodedata.normalize("NFKD", heading.replace("œ", "oe").lower())
    plain = "".join(c for c in text if not unicodedata.combining(c))
    words = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:50].strip("_")
    first, known = START + (words or "figure"), set(taken)
    return next(name for name in (first, *(f"{first}_{n}" for n in range(2, 1000))) if name not in known)


def told(one: Own) -> dict[str, Any]:
    """What the account says of a definition: all that its file holds, and its pillar."""
    return {"title": one.title, "pillar": one.pillar, "unit": one.unit, "better": one.better,
            "goalposts": list(one.goalposts), "units": list(one.units), "headings": list(one.headings),
            "file": one.file}  # fmt: skip


def write(data: Path, one: Own) -> Path:
    """Write a definition into a data folder, in one move; returns the file."""
    file = data / FOLDER / one.pillar / THEME / f"{one.id}.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    values = {name: value for name, value in told(one).items() if name != "pillar"}
    # A JSON string is a TOML string but for DEL, which TOML wants escaped.
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    draft = file.with_suffix(".new")
    draft.write_text("\n".join(lines).replace("\x7f", "\\u007f") + "\n", encoding="utf-8")
    draft.replace(file)
    _written.append(file)
    return file


def take_back(file: Path, data: Path, before: Own | None) -> None:
    """Undo a `write`: the definition that was there before, or none."""
    if before is not None:
        write(data, before)
        return
    file.unlink(missing_ok=True)
    _written.append(file)


def withdraw(one: Own, data: Path) -> tuple[Path, Path]:
    """Move a definition out of the catalogue; returns where it was and where it is."""
    file = data / FOLDER / one.pillar / THEME / f"{one.id}.toml"
    target = data / FOLDER / WITHDRAWN / one.pillar / file.name
    target.parent.mkdir(parents=True, exist_ok=True)
    file.replace(target)
    _written.append(file)
    return file, target
