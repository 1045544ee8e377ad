"""Landing, also in the place of a batch that is taken out in the same transaction."""

from contextlib import closing

from metrics.ingest import landing, previewing
from metrics.ingest.model import Landed, Preview
from metrics.store import Store


def land(store: Store, preview: Preview, who: str, instead_of: int | None = None) -> Landed:
    """Land a preview as one batch; an exact repeat of a live batch changes nothing.

    Args:
        instead_of: a live batch that is rolled back in the same transaction. Files that were not read with that in
            view are read again: a branch that only this batch brought is new to them.

    Raises:
        InputError: the first file at fault; or the data changed since the preview was made.
        OpenQuestion: the first question that is still open.
    """
    if instead_of is None or preview.instead_of == instead_of:
        return landing.land(store, preview, who)
    paths = [source.path for source in preview.sources]
    again = previewing.preview(store, paths, preview.options, instead_of=instead_of)
    with closing(again.cursor):
        return landing.land(store, again, who)
