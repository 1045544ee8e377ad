"""The errors that a user can cause. Each is a sentence: where, what, and what to do."""

import difflib
from collections.abc import Iterable

from metrics.words import say


class EvenkeelError(Exception):
    """A fault that a user can mend; its text comes from the catalogues, in the reader's language.

    Args:
        key: key of the sentence in `metrics/words` (`errors.already_open`).
        params: what the sentence names: file, sheet, row, column, value, remedy ...
    """

    def __init__(self, key: str, /, **params: object) -> None:
        self.key = key
        self.params = params
        super().__init__(key)

    def text(self, language: str = "en") -> str:
        """The sentence in a language; a 'did you mean' follows where a near name is known."""
        said = say(language, self.key, **self.params)
        near = self.params.get("nearest")
        return f"{said} {say(language, 'errors.did_you_mean', nearest=near)}" if near else said

    def __str__(self) -> str:
        return self.text()


class DefinitionError(EvenkeelError):
    """A definition file (table, measure, indicator, policy) is wrong: file, key and nearest valid key."""


class InputError(EvenkeelError):
    """A file that a user gave is at fault; nothing of it was kept."""


class OpenQuestion(InputError):
    """Two readings are possible and nothing proves one; `option` is the command-line option that answers."""

    def __init__(self, key: str, /, *, option: str, **params: object) -> None:
        super().__init__(key, option=option, **params)
        self.option = option


class BusyError(EvenkeelError):
    """Another process owns the database."""


class DamagedError(EvenkeelError):
    """What is stored is damaged, or less than what was acknowledged: nothing of it is shown."""


class UsageError(EvenkeelError):
    """The command line was used wrongly (exit code 2)."""


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The most similar of some names, or None where none is near."""
    found = difflib.get_close_matches(str(name), list(names), n=1, cutoff=0.6)
    return found[0] if found else None
