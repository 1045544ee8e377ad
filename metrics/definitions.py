"""Definitions where practice differs: how each is set, what readers are told, and PAR30's four living meanings."""

import re
from collections.abc import Iterable, Mapping

from metrics.catalogue import Indicator, indicators
from metrics.policy_toml import CHOICES, SETTINGS
from metrics.words import number, percent, say

Settings = Mapping[str, object]

PAR = ("renegotiated_at_risk", "par_from_30", "par_overdue_amount")
PROVISION = tuple(name for name in SETTINGS if name.startswith("provision_"))
# Each meaning of PAR30 -> the three settings that make it, in the order of PAR.
MEANINGS: dict[str, tuple[bool, bool, bool]] = {
    "mix": (True, False, False),
    "without_renegotiated": (False, False, False),
    "from_30_days": (False, True, False),
    "overdue_amount": (False, False, True),
}
MIXED = "from_30_with_renegotiated"  # a file may say so; no published definition does
SHORTEST = 40
# What a short phrase names even where it is the default: the figure means something else without it.
LINES = ("overindebted_line", "complaint_days", "small_loan_line", "large_loan_line", "poverty_line")
ALWAYS_NAMED = ("retention", *LINES)


def kind(name: str) -> str:
    """How a setting is given: 'yes_no', 'choice', 'whole', 'share' or 'text'."""
    default = SETTINGS[name]
    if name in CHOICES:
        return "choice"
    if isinstance(default, bool):
        return "yes_no"
    return "whole" if isinstance(default, int) else "share" if isinstance(default, float) else "text"


def options(name: str) -> tuple[object, ...]:
    """The values that a setting may have where the measures keep fixed bins or a formula has names; else none."""
    return CHOICES.get(name, ())


def readers(names: Iterable[str]) -> list[Indicator]:
    """The indicators whose formula reads any of these settings."""
    wanted = set(names)
    return [indicator for indicator in indicators().values() if wanted & set(indicator.settings)]


def par30_meaning(settings: Settings) -> str:
    """Which meaning of PAR30 is in force: one of `MEANINGS`, or `MIXED`."""
    if settings["par_overdue_amount"]:
        return "overdue_amount"
    given = tuple(bool(settings[name]) for name in PAR)
    return next((meaning for meaning, wanted in MEANINGS.items() if wanted == given), MIXED)


def with_meaning(settings: Settings, meaning: str) -> dict[str, object]:
    """The settings with another meaning of PAR30; `MIXED` is day 30 with the renegotiated loans."""
    wanted = MEANINGS.get(meaning, (True, True, False))
    return {**settings, **dict(zip(PAR, wanted, strict=True))}


def phrase(indicator: Indicator, settings: Settings, language: str, short: bool = False) -> str:
    """The definitions in force behind a figure, as part of a sentence; empty where its formula reads none.

    Args:
        indicator: whose formula counts.
        settings: every key of `SETTINGS`.
        language: one of `metrics.words.LANGUAGES`.
        short: only what changes the figure's meaning, in at most 40 signs, for labels.
    """
    read = set(indicator.settings)
    parts = []
    if read & set(PAR):
        masked = {name: bool(settings[name]) and name in read for name in PAR}
        form = "short" if short else "par"
        parts.append(say(language, f"settings.{form}_{par30_meaning(masked)}", days=str(_days(indicator))))
    if read & set(PROVISION) and not short:
        rates = " / ".join(_share(language, settings[name]) for name in PROVISION)
        parts.append(say(language, "settings.said_provision", rates=rates))
    rest = [name for name in SETTINGS if name in read - {*PAR, *PROVISION}]
    if short:
        rest = [name for name in rest if name in ALWAYS_NAMED or settings[name] != SETTINGS[name]]
    parts += [said(name, settings[name], language) for name in rest]
    return _fitting(parts) if short else ", ".join(parts)


def named(indicator: Indicator, settings: Settings, language: str, form: str = "plain") -> str:
    """The indicator's name; a portfolio at risk bears its meaning: Late loans (PAR30, with renegotiated).

    Args:
        form: title, short or plain.
    """
    name = indicator.text(language, form)
    if not set(indicator.settings) & set(PAR):
        return name
    meaning = phrase(indicator, {**SETTINGS, **{key: settings[key] for key in PAR}}, language, short=True)
    return f"{name[:-1]}, {meaning})" if name.endswith(")") else f"{name} ({meaning})"


def listed(settings: Settings, language: str) -> list[str]:
    """Every definition of a policy in words, PAR30's meaning first."""
    rates = " / ".join(_share(language, settings[name]) for name in PROVISION)
    meaning = say(language, f"settings.par_{par30_meaning(settings)}", days="30")
    rest = [name for name in SETTINGS if name not in (*PAR, *PROVISION)]
    found = [say(language, "settings.listed_par30", meaning=meaning)]
    for name in rest:
        label = say(language, f"settings.label_{name}")
        found.append(say(language, "settings.listed", label=label, said=said(name, settings[name], language)))
    return [*found, say(language, "settings.said_provision", rates=rates)]


def _fitting(parts: list[str]) -> str:
    """As many of the parts, in order, as fit a label; one that is too long alone is cut at a word."""
    found = ""
    for part in parts:
        longer = f"{found}, {part}" if found else part
        if len(longer) > SHORTEST:
            return found or longer[: SHORTEST - 1].rpartition(" ")[0] + "…"
        found = longer
    return found


def said(name: str, value: object, language: str) -> str:
    """One setting other than PAR's or the provision table's, in words: complaints within 30 days."""
    if name in ("annualised", "two_point_averages"):
        return say(language, f"settings.said_{name}_{'yes' if value else 'no'}")
    if name == "retention":
        return say(language, f"settings.said_retention_{value}")
    if name == "fiscal_year_start":
        return say(language, "settings.said_fiscal_year_start", month=say(language, f"settings.month_{value}"))
    if not value and name in ("poverty_line", "rate_cap"):
        return say(language, f"settings.said_{name}_none")
    return say(language, f"settings.said_{name}", value=value_text(name, value, language))


def value_text(name: str, value: object, language: str) -> str:
    """A setting's value as readers write it: 50 %, 30, yes, MIX."""
    if kind(name) == "yes_no":
        return say(language, f"pages.{'yes' if value else 'no'}")
    if name == "retention":
        return say(language, f"settings.retention_{value}")
    if isinstance(value, float):
        return _share(language, value)
    return number(language, value) if isinstance(value, int) else str(value)


def _share(language: str, value: object) -> str:
    share = float(str(value))
    return percent(language, share, 0 if abs(share * 100 - round(share * 100)) < 1e-9 else 1)


def _days(indicator: Indicator) -> int:
    """The days late that a portfolio at risk counts from, as its id has them: par90 -> 90."""
    found = re.fullmatch(r"par(\d+)\w*", indicator.id)
    return int(found[1]) if found else 30
