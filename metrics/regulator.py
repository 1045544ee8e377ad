"""A regulator's profile: one TOML of the user's own, read with checks, and applied to a policy."""

import datetime
import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from metrics import catalogue, definitions, toml
from metrics.catalogue import Indicator
from metrics.errors import nearest
from metrics.policy import Fixed, Policy
from metrics.policy_toml import Line, fault

EXAMPLE = Path(__file__).parent / "regulators" / "example.toml"
KEYS = ("title", "country", "source", "valid_from", "rate_cap", "par", "provision", "ratios")
TEXTS = ("title", "country", "source")
PAR_KEYS = ("days", "meaning", "limit", "hard")
RATIO_KEYS = ("limit", "hard")
# Key of the profile -> setting of a policy.
RATES = {name.replace("provision_", "late_").replace("late_current", "current"): name for name in definitions.PROVISION}
PERCENT = 5.0  # no limit of a share is 500 %: above it stands a percentage


@dataclass(frozen=True)
class Profile:
    """A regulator's rules: `settings` by name, and by indicator the limit and whether breaking it is a breach."""

    title: str
    country: str
    source: str
    valid_from: datetime.date
    settings: Fixed[object]
    ratios: Fixed[tuple[Line, bool]]


def template() -> str:
    """A profile with invented values and a word on every key, to be filled in."""
    return EXAMPLE.read_text(encoding="utf-8")


def read(text: str, file: str) -> Profile:
    """The profile of a TOML text.

    Raises:
        DefinitionError: names the file, the key and the nearest valid key.
    """
    try:
        found = toml.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise fault("settings.profile_toml", file, "", str(error)) from error
    _known(found, KEYS, file, "")
    for key in (*TEXTS, "valid_from"):
        if key not in found:
            raise fault("settings.profile_lacks", file, key)
    for key in TEXTS:
        if not isinstance(found[key], str) or not found[key].strip():
            raise fault("policy.not_text", file, key, found[key])
    day = found["valid_from"]
    if not isinstance(day, datetime.date) or isinstance(day, datetime.datetime):
        raise fault("settings.profile_date", file, "valid_from", str(day))
    par, ratios = _par(_table(found.get("par", {}), file, "par"), file)
    settings = {**par, **_provision(_table(found.get("provision", {}), file, "provision"), file)}
    if "rate_cap" in found:
        settings["rate_cap"] = _share(found["rate_cap"], file, "rate_cap", PERCENT)
    ratios |= _ratios(_table(found.get("ratios", {}), file, "ratios"), file)
    title, country, source = (str(found[key]).strip() for key in TEXTS)
    return Profile(title, country, source, day, Fixed(tuple(settings.items())), Fixed(tuple(ratios.items())))


def apply(profile: Profile, policy: Policy) -> Policy:
    """The policy under a regulator's rules; to be kept as a new version.

    A hard limit becomes red, another one amber. The other colour stays as it is where it still stands on its
    own side of the new one, and falls away where it does not.
    """
    limits = dict(policy.limits)
    for name, (line, hard) in profile.ratios.items():
        indicator = catalogue.indicators()[name]
        amber, red = limits.get(name, (None, None))
        pair = (amber, line) if hard else (line, red)
        limits[name] = pair if ordered(indicator, *pair) else (None, line) if hard else (line, None)
    settings = {**policy.settings, **profile.settings}
    return replace(policy, settings=Fixed(tuple(settings.items())), limits=Fixed(tuple(limits.items())))


def ordered(indicator: Indicator, amber: Line, red: Line) -> bool:
    """Whether amber comes before red on the way to worse; true where either is open."""
    if amber is None or red is None:
        return True
    if isinstance(amber, tuple) and isinstance(red, tuple):
        return red[0] <= amber[0] <= amber[1] <= red[1]
    if isinstance(amber, tuple) or isinstance(red, tuple):
        return False
    return amber >= red if indicator.better == "higher" else amber <= red


def _par(found: dict[str, object], file: str) -> tuple[dict[str, object], dict[str, tuple[Line, bool]]]:
    """The settings of a meaning, and the limit of the portfolio at risk that the days name."""
    _known(found, PAR_KEYS, file, "par")
    settings: dict[str, object] = {}
    if "meaning" in found:
        meaning = found["meaning"]
        if not isinstance(meaning, str) or meaning not in definitions.MEANINGS:
            near = nearest(str(meaning), definitions.MEANINGS) or ", ".join(definitions.MEANINGS)
            raise fault("policy.not_choice", file, "par.meaning", meaning, near)
        whole = definitions.with_meaning({}, meaning)
        settings = {name: whole[name] for name in definitions.PAR}
    known = {int(name[3:]) for name in catalogue.indicators() if re.fullmatch(r"par\d+", name)}
    days = found.get("days", 30)
    if isinstance(days, bool) or not isinstance(days, int) or days not in known:
        raise fault("settings.profile_days", file, "par.days", f"{days} ({', '.join(map(str, sorted(known)))})")
    if "limit" not in found:
        return settings, {}
    indicator = catalogue.indicators()[f"par{days}"]
    return settings, {indicator.id: _ratio(indicator, found, file, "par")}


def _provision(found: dict[str, object], file: str) -> dict[str, object]:
    _known(found, RATES, file, "provision")
    rates = {RATES[key]: _share(value, file, f"provision.{key}", 1.0) for key, value in found.items()}
    if rates and len(rates) != len(RATES):
        lacking = next(key for key in RATES if key not in found)
        raise fault("settings.profile_lacks", file, f"provision.{lacking}")
    return dict(rates)


def _ratios(found: dict[str, object], file: str) -> dict[str, tuple[Line, bool]]:
    indicators, ratios = catalogue.indicators(), {}
    _known(found, indicators, file, "ratios")
    for name, given in found.items():
        place = f"ratios.{name}"
        entry = _table(given, file, place)
        _known(entry, RATIO_KEYS, file, place)
        if "limit" not in entry:
            raise fault("settings.profile_lacks", file, f"{place}.limit")
        ratios[name] = _ratio(indicators[name], entry, file, place)
    return ratios


def _ratio(indicator: Indicator, entry: Mapping[str, object], file: str, place: str) -> tuple[Line, bool]:
    hard = entry.get("hard", True)
    if not isinstance(hard, bool):
        raise fault("policy.not_yes_no", file, f"{place}.hard", hard)
    return _line(indicator, entry["limit"], file, f"{place}.limit"), hard


def _line(indicator: Indicator, value: object, file: str, place: str) -> Line:
    most = PERCENT if indicator.unit == "%" else math.inf
    if indicator.better != "band":
        return _share(value, file, place, most, least=-most)
    if not isinstance(value, list) or len(value) != 2:
        raise fault("policy.limit_band", file, place, value)
    low, high = (_share(end, file, place, most, least=-most) for end in value)
    if low > high:
        raise fault("policy.limit_band", file, place, value)
    return low, high


def _share(value: object, file: str, place: str, most: float, least: float = 0.0) -> float:
    """A number between two others; a share above its most is a percentage, written as such by mistake."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise fault("policy.not_number", file, place, value)
    if not least <= value <= most:
        raise fault("settings.profile_share", file, place, value)
    return float(value)


def _known(found: Mapping[str, object], known: Iterable[str], file: str, at: str) -> None:
    names = list(known)
    for key in found:
        if key not in names:
            raise fault("policy.unknown_key", file, f"{at}.{key}" if at else key, near=nearest(key, names))


def _table(value: object, file: str, place: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise fault("policy.not_table", file, place, value)
    return value
