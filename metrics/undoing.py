"""A batch taken out of every figure, and brought back: by whom the role allows it, the measures computed anew."""

from metrics import access, measures
from metrics.store import Store


def take_out(store: Store, batch: int) -> None:
    """Take a batch out of every figure; its rows stay in the file.

    Raises:
        Forbidden: the role takes nothing out.
        EvenkeelError: no such batch, or it is taken out already.
    """
    store.rollback(batch, after=measures.build, who=access.need("take_out").name)


def bring_back(store: Store, batch: int) -> None:
    """Bring a batch back that was taken out.

    Raises:
        Forbidden: the role takes nothing out, and so brings nothing back.
        EvenkeelError: no such batch, it counts already, or a month of its loan book was rebuilt meanwhile.
    """
    store.restore(batch, after=measures.build, who=access.need("take_out").name)
