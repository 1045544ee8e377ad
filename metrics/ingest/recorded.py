"""The answers of an import as plain JSON, as a batch keeps them: read again, they are the same options."""

import datetime
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from metrics.ingest import mappings
from metrics.ingest.model import Correction, Options

CORRECTED = ("sha256", "sheet", "row_no", "place", "text")


def stored(options: Options) -> dict[str, Any]:
    """The answers that were given, without those that were not; a mapping file is kept by its content.

    Raises:
        DefinitionError: the mapping file is missing or wrong.
    """
    given = {one.name: getattr(options, one.name) for one in fields(Options)}
    if isinstance(options.mapping, Path):
        content = mappings.load(options.mapping) or {}
        given["mapping"] = {key: value for key, value in content.items() if key != "name"}
    given["as_of"] = str(options.as_of) if options.as_of else None
    given["accept_new"], given["off"] = sorted(options.accept_new), sorted(options.off)
    given["mappings"] = {name: dict(mapping) for name, mapping in options.mappings.items()}
    given["corrections"] = [[getattr(one, name) for name in CORRECTED] for one in options.corrections]
    return {name: value for name, value in given.items() if value not in (None, False, [], {})}


def options(kept: Mapping[str, Any]) -> Options:
    """The options that `stored` wrote; what this version does not know is left out."""
    known = {one.name for one in fields(Options)}
    given = {name: value for name, value in kept.items() if name in known}
    day = given.pop("as_of", None)
    return Options(
        as_of=datetime.date.fromisoformat(day) if day else None,
        accept_new=frozenset(given.pop("accept_new", ())),
        off=frozenset(given.pop("off", ())),
        corrections=tuple(Correction(*cell) for cell in given.pop("corrections", ())),
        **given,
    )
