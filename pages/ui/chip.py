"""The data chip: as of when, how complete, whose data, whose limits; and a weighting that is not the usual one."""

from metrics.picture import Picture
from metrics.policy import load
from metrics.words import date, percent
from pages.ui import state
from pages.ui.screen import Screen
from pages.ui.text import md


def text(screen: Screen, picture: Picture) -> str:
    """The chip as one grey line."""
    parts = [
        screen.say("chip_as_of", date=date(screen.language, picture.as_of)),
        screen.say("chip_complete", share=percent(screen.language, picture.coverage, 0)),
        screen.say("chip_sample" if screen.source.is_sample else "chip_own"),
        screen.say("chip_limits", n=picture.limits_default, approved=picture.limits_approved),
    ]
    if screen.choices.policy != state.DEFAULT_POLICY:
        parts.append(load(screen.choices.policy).title_in(screen.language).split(":")[0])
    return f":gray[{md(' · '.join(parts))}]"
