"""Landing, also in the place of a batch that is taken out in the same transaction."""

import json
from contextlib import closing

from metrics import access
from metrics.errors import InputError
from metrics.ingest import landing, marked, previewing, raws, recorded
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


def to_correct(store: Store, batch: int, language: str) -> bytes:
    """A workbook of the rows that a landed batch set aside: corrected and imported, they join it.

    It shows cells as they were written, so it is for those who bring data in.

    Raises:
        Forbidden: the role brings no data in.
        InputError: the batch's files are not kept, or it set nothing aside.
    """
    access.need("upload")
    cursor = store.cursor()
    answers = cursor.execute("SELECT answers FROM batches WHERE batch_id = ?", [batch]).fetchall()[0][0]
    cursor.close()
    paths = [source.path for source in raws.of_batch(store, batch)]
    if not paths or not all(path.exists() for path in paths):
        raise InputError("import.correction_alone", file=str(batch))
    seen = previewing.preview(store, paths, recorded.options(json.loads(answers)), instead_of=batch)
    with closing(seen.cursor):
        return marked.to_correct(store, seen, language, batch).content
