"""What persons write down about a voice: how they code it, and to which risk and indicator they link it."""

from metrics import catalogue
from metrics.errors import EvenkeelError, nearest
from metrics.records import Body, Cursor, Kind
from metrics.voices.rules import rules

FIELDS = {"category": False, "severity": False, "sentiment": False, "risk_id": False, "indicator": False,
          "branch_id": False}  # fmt: skip


def check_category(category: str) -> None:
    """Refuse a category that the rules do not have.

    Raises:
        EvenkeelError: names the nearest one and those there are.
    """
    known = rules().categories
    if category not in known:
        listed, near = ", ".join(known), nearest(category, known)
        raise EvenkeelError("voices.unknown_category", name=category, known=listed, nearest=near)


def check_severity(severity: object) -> None:
    """Refuse a severity outside 1 to 4."""
    if severity not in (1, 2, 3, 4):
        raise EvenkeelError("voices.severity_outside", value=str(severity))


def check_sentiment(sentiment: object) -> None:
    """Refuse a sentiment outside -1 to 1."""
    if not isinstance(sentiment, (int, float)) or not -1 <= sentiment <= 1:
        raise EvenkeelError("voices.sentiment_outside", value=str(sentiment))


def _check(cursor: Cursor, record_id: str, body: Body) -> None:
    """Refuse what the rules do not know, or figures out of bounds."""
    if "category" in body:
        check_category(str(body["category"]))
    if "severity" in body:
        check_severity(body["severity"])
    if "sentiment" in body:
        check_sentiment(body["sentiment"])
    indicator = body.get("indicator")
    known = catalogue.indicators()
    if indicator and indicator not in known:
        raise EvenkeelError("voices.unknown_indicator", name=indicator, nearest=nearest(indicator, known))


CODING = Kind("coding", "voices", FIELDS, check=_check)
