"""The coding of a voice in sentences: which rule, which words, who taught it."""

from metrics.voices.remembered import Lesson
from metrics.voices.voice import Voice
from metrics.words import say


def title(category: str, language: str) -> str:
    """A category as readers know it; "not coded" where there is none."""
    return say(language, f"voices.category_{category}") if category else say(language, "voices.not_coded")


def why(voice: Voice, language: str) -> str:
    """Who or what decided the category, with the words of the text that did."""
    words = _listed(voice.words, language)
    subject = title(voice.category, language)
    if voice.rule == "person":
        return say(language, "voices.rule_person")
    if voice.rule == "source":
        return say(language, "voices.rule_source", topic=voice.topic or "")
    if voice.rule == "same_text":
        return say(language, "voices.rule_same_text", category=subject)
    if voice.rule == "tie":
        between = ", ".join(title(name, language) for name in voice.tied)
        return say(language, "voices.rule_tie", between=between, words=words)
    if voice.rule == "none":
        return say(language, "voices.rule_none") if voice.text else say(language, "voices.rule_no_text")
    if voice.rule == "remembered":
        return say(language, "voices.rule_remembered", category=subject, words=words)
    return say(language, "voices.rule_words", category=subject, words=words)


def taught(lesson: Lesson, language: str) -> str:
    """What was learned, from whom, by how many corrections."""
    key = "voices.lesson_text" if lesson.whole else "voices.lesson_word"
    who = ", ".join(lesson.who)
    return say(language, key, words=lesson.words, category=title(lesson.category, language), who=who, n=lesson.n)


def _listed(words: tuple[str, ...], language: str) -> str:
    return ", ".join(say(language, "voices.cited", word=word) for word in words)
