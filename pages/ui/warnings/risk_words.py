"""Words that the views of the register share: places, points and reasons as a reader sees them."""

from metrics.catalogue import indicators
from metrics.register.driving import Push
from metrics.register.scales import Place, Rule, level, likelihood_name
from metrics.register.standing import Register, Standing
from metrics.words import month, number, percent, say
from pages.ui.indicator import figures, reads
from pages.ui.screen import Screen

ARROWS = {"worse": "↗", "better": "↘", "same": "→", "": ""}


def said(screen: Screen, name: str, /, **params: object) -> str:
    """A text of the register, in the reader's language."""
    return say(screen.language, f"register.{name}", **params)


def points(screen: Screen, expected: float) -> str:
    """Points of impact: 1.92."""
    return number(screen.language, expected, 2)


def share(screen: Screen, value: float) -> str:
    """A share in percent; small ones with a decimal."""
    return percent(screen.language, value, 0 if value >= 0.1 or value == 0 else 1)


def likelihood(screen: Screen, value: float) -> str:
    """A likelihood with its name: 34 % (possible)."""
    return said(
        screen, "likelihood_named", share=share(screen, value), name=said(screen, f"likely_{likelihood_name(value)}")
    )


def expected(screen: Screen, place: Place, rule: Rule) -> str:
    """Expected impact with its name: 1.92 (moderate)."""
    value = rule.expected(place)
    return said(screen, "expected_named", points=points(screen, value), name=said(screen, f"level_{level(value)}"))


def harm(screen: Screen, place: Place) -> str:
    """Harm in its parts: 7 % of clients, hardship."""
    return said(
        screen, "harm_parts", share=share(screen, place.harmed), severity=said(screen, f"severity_{place.severity}")
    )


def trend(screen: Screen, one: Standing) -> str:
    """How it moved since the last review, with its arrow; empty where there was none."""
    if not one.trend or one.since is None:
        return ""
    since = month(screen.language, one.since)
    return f"{ARROWS[one.trend]} {said(screen, f'trend_{one.trend}', since=since)}"


def reasons(screen: Screen, one: Standing) -> list[str]:
    """Why it needs somebody, one phrase each; its appetite and its trend are said elsewhere."""
    names = [name for name in one.needs if name not in ("above", "worse")]
    return [said(screen, f"need_{name}", n=len(one.red)) for name in names]


def value(screen: Screen, push: Push, amount: float | None) -> str:
    """A value of a linked indicator in its unit."""
    return figures.written(screen.language, indicators()[push.indicator], amount, _currency(screen))


def limits(screen: Screen, push: Push) -> str:
    """Its lines: amber 5 %, red 10 %."""
    one = indicators()[push.indicator]
    parts = [
        said(screen, f"line_{name}", value=figures.line_text(screen.language, one, line, _currency(screen)))
        for name, line in (("amber", push.amber), ("red", push.red))
        if line is not None
    ]
    return ", ".join(parts) or said(screen, "no_limit")


def _currency(screen: Screen) -> str:
    return reads.currency(screen.source, screen.scope)


def rule_text(screen: Screen, register: Register) -> str:
    """How the two legs make one impact."""
    if register.rule.way == "higher":
        return said(screen, "rule_higher")
    return said(screen, "rule_weighted", share=share(screen, register.rule.social))
