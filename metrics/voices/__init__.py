"""Voices: what clients, staff and communities said, how it is coded, and what became of it.

`listed` gives every voice; `loop` measures whether they are answered; `silent` says who is not heard; `quotes` gives
the few that may be shown, without names.
"""

from metrics.voices.asked import questions
from metrics.voices.listing import lessons, listed, voice
from metrics.voices.loop import Loop, loop
from metrics.voices.quoting import Quote, quotes
from metrics.voices.recorded import CODING
from metrics.voices.remembered import UNLEARNED, Lesson
from metrics.voices.rules import rules
from metrics.voices.silence import Segment, segments, silent
from metrics.voices.typed_in import ANSWERS, COMPLAINT, STAFF_ANSWERS, STATEMENT, new_id
from metrics.voices.voice import Voice

__all__ = [
    "ANSWERS", "CODING", "COMPLAINT", "STAFF_ANSWERS", "STATEMENT", "UNLEARNED", "Lesson", "Loop", "Quote", "Segment",
    "Voice", "lessons", "listed", "loop", "new_id", "questions", "quotes", "rules", "segments", "silent", "voice",
]  # fmt: skip
