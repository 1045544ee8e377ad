"""A person's word on a risk: confirming where it stands, with a reason where the data say otherwise."""

import datetime
from typing import Any

from metrics.errors import EvenkeelError
from metrics.register.book import next_body
from metrics.register.risk import differs
from metrics.register.scales import Place, flat
from metrics.register.standing import Standing


def reviewed(
    standing: Standing, place: Place, period: datetime.date, day: datetime.date, reason: str = ""
) -> dict[str, Any]:  # fmt: skip
    """The body of a risk with its residual confirmed at a place, on the data of a period.

    Raises:
        EvenkeelError: the likelihood is not the suggested one, and no reason is given.
    """
    suggested = standing.suggested
    apart = suggested is not None and differs(place.likelihood, suggested)
    if apart and not reason.strip():
        raise EvenkeelError("register.no_reason", title=standing.risk.title)
    given = {
        **flat("residual", place),
        "suggested": None if suggested is None else round(suggested, 4),
        "reason": reason.strip() if apart else "",
        "reviewed_on": day.isoformat(),
        "data_until": period.isoformat(),
    }
    return next_body(standing.risk, given)
