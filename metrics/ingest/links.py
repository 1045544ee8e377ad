"""Rows that name a client nobody knows: they land, and how many there are is said."""

from metrics import schema
from metrics.ingest.model import Note
from metrics.store import Cursor, quote

MANY = 0.2
# These name clients themselves.
OWN = ("clients", "loans")


def notes(cursor: Cursor) -> list[Note]:
    """For each table to land, the rows whose client stands in no list of clients and no loan book."""
    said = []
    for name, table in schema.tables().items():
        if name in OWN or "client_id" not in table.columns:
            continue
        if not cursor.execute(f"SELECT count(*) FROM {quote('in_' + name)}").fetchall()[0][0]:
            continue
        rows, unlinked, known = cursor.execute(
            f"""WITH known AS (
                SELECT institution_id, client_id FROM clients UNION SELECT institution_id, client_id FROM in_clients
                UNION SELECT institution_id, client_id FROM loans UNION SELECT institution_id, client_id FROM in_loans)
            SELECT count(t.client_id), count(t.client_id) FILTER (WHERE k.client_id IS NULL),
                (SELECT count(*) FROM known)
            FROM {quote("in_" + name)} AS t LEFT JOIN known AS k
                ON k.institution_id = t.institution_id AND k.client_id = t.client_id"""
        ).fetchall()[0]
        if unlinked and known:
            key = "import.note_unlinked_many" if unlinked > rows * MANY else "import.note_unlinked"
            said.append(Note(key, {"n": unlinked, "all": rows, "table": name}))
    return said
