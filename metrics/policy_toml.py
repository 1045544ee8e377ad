"""Policies as TOML: text to checked parts, and parts to text."""

import json
import math
import tomllib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from metrics import toml
from metrics.errors import DefinitionError, nearest
from metrics.tree import ROOT, Leaf, Node

# What a policy may define where practice differs, with the default of each.
SETTINGS: dict[str, object] = {
    "renegotiated_at_risk": True,  # PAR counts all renegotiated loans, as MIX published it
    "par_from_30": False,  # True: 30 days or more; False: more than 30 days
    "overindebted_line": 0.5,  # instalments of a month over income of a month
    "complaint_days": 30,
    "small_loan_line": 0.2,  # balance over GNI per capita
    "large_loan_line": 2.5,  # balance over GNI per capita
    "retention": "mix",  # iris: borrowers at the end over borrowers at the start
    "par_overdue_amount": False,  # True: late instalments only; False: the whole balance of late loans
    "two_point_averages": False,  # True: mean of start and end of the year; False: mean of the month-ends
    "annualised": True,  # flows of fewer than 12 months are brought to a year
    "fiscal_year_start": 1,  # month
    "caseload_limit": 350,  # borrowers of a loan officer
    "poverty_line": "",  # name of a line of the scorecard; empty: its first
    "rate_cap": 0.0,  # yearly, as a share; 0: no cap
    "provision_current": 0.01,
    "provision_1_30": 0.05,
    "provision_31_60": 0.25,
    "provision_61_90": 0.5,
    "provision_91_180": 0.75,
    "provision_over_180": 1.0,
}
# Values that a setting is held to: names of formulas, or the bins that the measures keep.
CHOICES: dict[str, tuple[object, ...]] = {
    "retention": ("mix", "iris"),
    "overindebted_line": (0.3, 0.4, 0.5, 0.6, 0.7),
    "complaint_days": (15, 30, 60),
    "small_loan_line": (0.1, 0.2, 0.4, 0.6, 1.0, 1.5),
    "large_loan_line": (1.0, 1.5, 2.5, 5.0),
    "fiscal_year_start": tuple(range(1, 13)),
}

TOP_KEYS = ("title", "name", "node", "settings", "limits", "health_limit", "health_critical", "watch", "caps")
LEAF_KEYS = ("column", "goalposts", "weight", "transform")
NODE_KEYS = ("exponent", "weight", "coverage", "epsilon", "dual")
ROOT_KEYS = ("exponent", "coverage", "epsilon", "dual", "decimals")
LIMIT_KEYS = ("amber", "red")
Line = float | tuple[float, float] | None
EXPONENTS = {"min": float("-inf"), "max": float("inf")}


def fault(key: str, file: str, place: str, value: object = "", near: str | None = None) -> DefinitionError:
    """The error of one place in a policy file."""
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return DefinitionError(key, file=file, key=place, value=said, nearest=near)


def node_place(path: str, key: str = "") -> str:
    """A place in the file as the file writes it: node."social/gender".weight."""
    return f"node.{json.dumps(path, ensure_ascii=False)}" + (f".{key}" if key else "")


def read(text: str, file: str) -> dict[str, Any]:
    """The parts of a policy, by the names of its fields; what the file leaves out is left out.

    Raises:
        DefinitionError: not TOML, an unknown key (with the nearest valid one), or a value of a wrong kind.
    """
    try:
        found = toml.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError("policy.bad_toml", file=file, reason=str(error)) from error
    _known(found, TOP_KEYS, file, "")
    parts: dict[str, Any] = {key: _text(found[key], file, key) for key in ("title", "name") if key in found}
    numbers = ("health_limit", "health_critical")
    parts |= {key: _number(found[key], file, key) for key in numbers if key in found}
    if "watch" in found:
        parts["watch"] = _whole(found["watch"], file, "watch")
    if "caps" in found:
        parts["caps"] = _names(found["caps"], file, "caps")
    parts["settings"] = read_settings(_table(found.get("settings", {}), file, "settings"), file)
    parts["limits"] = _limits(_table(found.get("limits", {}), file, "limits"), file)
    return parts | _tree(_table(found.get("node", {}), file, "node"), file)


def _tree(entries: dict[str, Any], file: str) -> dict[str, Any]:
    nodes, leaves, decimals = [], [], {}
    inner = {path[:end] for path in entries for end, sign in enumerate(path) if sign == "/"} | {ROOT}
    for path, given in entries.items():
        entry = _table(given, file, node_place(path))
        if path == ROOT and "decimals" in entry:
            decimals = {"decimals": _whole(entry["decimals"], file, node_place(path, "decimals"))}
        if path in inner:
            nodes.append(_node(path, entry, file))
        else:
            leaves.append(_leaf(path, entry, file))
    return {"nodes": tuple(nodes), "leaves": tuple(leaves), **decimals}


def _node(path: str, entry: dict[str, Any], file: str) -> Node:
    for key in entry:
        if key in ("column", "goalposts", "transform"):
            raise fault("policy.leaf_key_on_node", file, node_place(path, key))
    _known(entry, ROOT_KEYS if path == ROOT else NODE_KEYS, file, node_place(path))
    readers: dict[str, Callable[[object, str, str], Any]] = {
        "exponent": _exponent,
        "weight": _number,
        "coverage": _number,
        "epsilon": _number,
        "dual": _yes_no,
    }
    given = {key: readers[key](entry[key], file, node_place(path, key)) for key in entry if key in readers}
    return Node(path, **given)


def _leaf(path: str, entry: dict[str, Any], file: str) -> Leaf:
    for key in entry:
        if isinstance(entry[key], dict):
            raise fault("policy.nested", file, node_place(path), f"{path}/{key}")
        if key in ("exponent", "coverage", "epsilon", "dual"):
            raise fault("policy.node_without_leaf", file, node_place(path, key), path)
    _known(entry, LEAF_KEYS, file, node_place(path))
    readers: dict[str, Callable[[object, str, str], Any]] = {
        "column": _text,
        "transform": _text,
        "weight": _number,
        "goalposts": _numbers,
    }
    return Leaf(path, **{key: readers[key](entry[key], file, node_place(path, key)) for key in entry})


def read_settings(found: dict[str, Any], file: str) -> dict[str, object]:
    """Settings checked, each of its own kind and within what the measures keep.

    Raises:
        DefinitionError: an unknown setting (with the nearest one), or a value that it cannot have.
    """
    _known(found, SETTINGS, file, "settings")
    read: dict[str, object] = {}
    for key, value in found.items():
        default, place = SETTINGS[key], f"settings.{key}"
        if isinstance(default, bool):
            read[key] = _yes_no(value, file, place)
        elif isinstance(default, int):
            read[key] = _whole(value, file, place)
        elif isinstance(default, float):
            read[key] = _number(value, file, place)
        else:
            read[key] = value if value == "" or key in CHOICES else _text(value, file, place)
        _allowed(key, read[key], file, place)
    return read


def _allowed(key: str, value: object, file: str, place: str) -> None:
    """Hold a setting to its choices, and a rate to 0..1; the caseload counts at least one borrower."""
    if key in CHOICES and value not in CHOICES[key]:
        near = nearest(str(value), map(str, CHOICES[key]))
        raise fault("policy.not_choice", file, place, value, near or ", ".join(map(str, CHOICES[key])))
    if key.startswith("provision_") and not 0 <= float(str(value)) <= 1:
        raise fault("policy.not_share", file, place, value)
    if key in ("rate_cap", "caseload_limit") and float(str(value)) < (key == "caseload_limit"):
        raise fault("policy.below_least", file, place, value)


def _limits(found: dict[str, Any], file: str) -> dict[str, tuple[Line, Line]]:
    limits = {}
    for indicator, given in found.items():
        place = f"limits.{indicator}"
        pair = _table(given, file, place)
        _known(pair, LIMIT_KEYS, file, place)
        if not pair:
            raise fault("policy.limit_empty", file, place)
        read = {key: _line(limit, file, f"{place}.{key}") for key, limit in pair.items()}
        limits[indicator] = (read.get("amber"), read.get("red"))
    return limits


def _line(value: object, file: str, place: str) -> Line:
    """One limit, or the two of a band, the lower one first."""
    if not isinstance(value, list):
        return _number(value, file, place)
    ends = _numbers(value, file, place)
    if len(ends) != 2 or ends[0] > ends[1]:
        raise fault("policy.limit_band", file, place, value)
    return ends[0], ends[1]


def _known(found: Mapping[str, object], known: Iterable[str], file: str, at: str) -> None:
    for key in found:
        if key not in known:
            place = f"{at}.{key}" if at else key
            raise fault("policy.unknown_key", file, place, near=nearest(key, known))


def _table(value: object, file: str, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise fault("policy.not_table", file, place, value)
    return value


def _text(value: object, file: str, place: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise fault("policy.not_text", file, place, value)
    return value


def _yes_no(value: object, file: str, place: str) -> bool:
    if not isinstance(value, bool):
        raise fault("policy.not_yes_no", file, place, value)
    return value


def _number(value: object, file: str, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise fault("policy.not_number", file, place, value)
    return float(value)


def _whole(value: object, file: str, place: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise fault("policy.not_whole", file, place, value)
    return value


def _numbers(value: object, file: str, place: str) -> tuple[float, ...]:
    if not isinstance(value, list):
        raise fault("policy.goalposts_count", file, place, value)
    return tuple(_number(number, file, place) for number in value)


def _names(value: object, file: str, place: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise fault("policy.not_names", file, place, value)
    return tuple(dict.fromkeys(_text(name, file, place) for name in value))


def _exponent(value: object, file: str, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise fault("policy.not_exponent", file, place, value)
    if isinstance(value, str):
        if value not in EXPONENTS:
            raise fault("policy.not_exponent", file, place, value, near=nearest(value, EXPONENTS))
        return EXPONENTS[value]
    if math.isnan(value):
        raise fault("policy.not_exponent", file, place, value)
    return float(value)


def write(parts: Mapping[str, Any]) -> str:
    """The parts of a policy, by the names of its fields, as TOML that `read` reads back the same."""
    top = ("title", "name", "health_limit", "health_critical", "watch")
    lines = [f"{key} = {_written(parts[key])}" for key in [*top, *(["caps"] if parts["caps"] else [])]]
    for key in ("settings", "limits"):
        if parts[key]:
            lines += ["", f"[{key}]"]
            lines += [f"{_name(name)} = {_written(value)}" for name, value in parts[key].items()]
    for node in parts["nodes"]:
        lines += ["", f"[{node_place(node.path)}]", *_fields(node, NODE_KEYS)]
        if node.path == ROOT:
            lines.append(f"decimals = {parts['decimals']}")
    for leaf in parts["leaves"]:
        lines += ["", f"[{node_place(leaf.path)}]", *_fields(leaf, LEAF_KEYS)]
    return "\n".join(lines) + "\n"


def _fields(entry: Node | Leaf, keys: tuple[str, ...]) -> list[str]:
    default = type(entry)(entry.path)
    given = ((key, getattr(entry, key)) for key in keys if getattr(entry, key) != getattr(default, key))
    return [f"{key} = {_written(value)}" for key, value in given]


def _name(key: str) -> str:
    plain = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if plain else json.dumps(key, ensure_ascii=False)


def _written(value: object) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_written(item) for item in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_written(item)}" for key, item in value.items()) + " }"
    if isinstance(value, float):
        words = {power: word for word, power in EXPONENTS.items()}
        whole = value.is_integer() and abs(value) < 1e15
        return _written(words[value]) if value in words else str(int(value)) if whole else repr(value)
    # A JSON string is a TOML string but for DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
