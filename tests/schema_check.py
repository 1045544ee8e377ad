"""A small check of JSON against the part of JSON Schema that our documents use."""

import re
from collections.abc import Mapping
from typing import Any

TYPES: dict[str, tuple[type, ...]] = {
    "array": (list,), "object": (dict,), "string": (str,), "boolean": (bool,), "integer": (int,),
    "number": (int, float), "null": (type(None),),
}  # fmt: skip
KNOWN = {
    "$schema", "title", "description", "type", "items", "additionalProperties", "required", "properties", "pattern",
    "enum", "minLength", "minimum",
}  # fmt: skip


def faults(value: Any, schema: Mapping[str, Any], place: str = "$") -> list[str]:
    """Where a value is not what a schema says; a word of the schema that is not known here is a fault too."""
    found = [f"{place}: schema has {word}" for word in schema.keys() - KNOWN]
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is(value, kind) for kind in kinds):
        return [*found, f"{place}: {value!r} is not {kinds}"]
    if "enum" in schema and value not in schema["enum"]:
        found.append(f"{place}: {value!r} is not one of {schema['enum']}")
    if isinstance(value, str):
        found += [f"{place}: {value!r} is too short"] * (len(value) < schema.get("minLength", 0))
        found += [f"{place}: {value!r} does not match"] * (not re.search(schema.get("pattern", ""), value))
    if isinstance(value, (int, float)) and value < schema.get("minimum", value):
        found.append(f"{place}: {value} is too small")
    if isinstance(value, list):
        found += [one for at, item in enumerate(value) for one in faults(item, schema["items"], f"{place}[{at}]")]
    return found + (_of_object(value, schema, place) if isinstance(value, dict) else [])


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, TYPES[kind]) and not (isinstance(value, bool) and kind in ("integer", "number"))


def _of_object(value: Mapping[str, Any], schema: Mapping[str, Any], place: str) -> list[str]:
    known = schema.get("properties", {})
    found = [f"{place}: no {name}" for name in schema.get("required", ()) if name not in value]
    if schema.get("additionalProperties") is False:
        found += [f"{place}: {name} is not in the schema" for name in value if name not in known]
    for name in value.keys() & known.keys():
        found += faults(value[name], known[name], f"{place}.{name}")
    return found
