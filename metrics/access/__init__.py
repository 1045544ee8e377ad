"""Who acts, and what that person may do. Whatever writes or reads rows asks here, not the page that has the button.

The app names the person with `use`: it is asked at every look-up, so that a role that was changed or revoked counts at
once. A thread that works for a person is given that person with `acting`. Where neither is said (the command line,
which runs beside the data) it is the computer's own user.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace

from metrics import speaking
from metrics.access import roles
from metrics.errors import EvenkeelError
from metrics.scope import EVERYTHING, NOTHING, Scope

OWNER, NOBODY = "owner", "nobody"


@dataclass(frozen=True)
class Actor:
    """A person at work: the name that changes are kept under, the role, and the branches given (None: all)."""

    name: str
    role: str = OWNER
    branches: tuple[str, ...] | None = None

    @property
    def reach(self) -> Scope:
        """The most that this person sees of the data; nothing without a role."""
        role = roles.roles().get(self.role)
        if role is None:
            return NOTHING
        branches = None if role.whole else self.branches or ()
        return replace(EVERYTHING, branches=branches, masked=role.masked)

    def may(self, action: str, page: str = "") -> bool:
        """Whether this person may do an action: on a page, or anywhere."""
        if _only and action not in _only[0]:
            return False
        return roles.may(self.role, action, page)


class Forbidden(EvenkeelError):
    """The person's role does not allow it; nothing was done."""


_given: ContextVar[Actor | None] = ContextVar("actor", default=None)
_app: list[Callable[[], Actor | None]] = []
_only: list[Collection[str]] = []


def use(found: Callable[[], Actor | None]) -> None:
    """Ask the app who acts from now on; None from it is the computer's own user."""
    _app[:] = [found]


def only(actions: Collection[str]) -> None:
    """Allow no more than some actions in this process, whatever the role: it reads a copy. Empty: no such bound."""
    _only[:] = [actions] if actions else []


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """Work for a person until the block ends, in this thread."""
    token = _given.set(actor)
    try:
        yield actor
    finally:
        _given.reset(token)


def current() -> Actor:
    """Who acts now."""
    given = _given.get()
    if given is None and _app:
        given = _app[0]()
    return given or Actor(speaking.who())


def need(action: str) -> Actor:
    """Who acts, where the role allows the action.

    Raises:
        Forbidden: it does not.
    """
    actor = current()
    if _only and action not in _only[0]:
        raise Forbidden("backup.copy_only")
    if not actor.may(action):
        raise Forbidden("access.forbidden", action=action, role=actor.role)
    return actor
