"""Numbers of clients, and of what is theirs, become pseudonyms before anything of a file is stored.

With `client_ids = "keyed"` the sheet's own numbers are replaced as soon as it is read, so that every check against
landed rows compares pseudonyms with pseudonyms. Numbers of groups, staff, complaints and answers stay: an institution
works with those, and none leads to a client but by a list that is not here.
"""

from metrics import pseudonyms
from metrics.configuration import configuration
from metrics.ingest.model import Reading
from metrics.store import Cursor, Store, quote

COLUMNS = ("client_id", "loan_id", "account_id", "application_id")
# Where core banking tables name the same numbers otherwise.
OTHERWISE = {("m_client", "id"): "client_id", ("m_loan", "id"): "loan_id"}


def replace(store: Store, cursor: Cursor, reading: Reading) -> None:
    """Replace the numbers in a reading's rows, where the settings ask for it."""
    if configuration().client_ids != "keyed":
        return
    secret = pseudonyms.key(store.path.parent)
    for use in reading.plan.uses:
        name = OTHERWISE.get((reading.plan.table, use.column), use.column)
        if name in COLUMNS:
            _column(cursor, reading.typed, use.column, name, secret)


def _column(cursor: Cursor, table: str, column: str, name: str, secret: str) -> None:
    x = quote(column)
    rows = cursor.execute(f"SELECT DISTINCT {x} FROM {quote(table)} WHERE {x} IS NOT NULL").fetchall()
    plain = [str(row[0]) for row in rows]
    cursor.execute("CREATE OR REPLACE TEMP TABLE in_keyed (plain VARCHAR, keyed VARCHAR)")
    cursor.execute(
        "INSERT INTO in_keyed SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
        [plain, [pseudonyms.keyed(secret, name, one) for one in plain]],
    )
    cursor.execute(f"UPDATE {quote(table)} AS t SET {x} = k.keyed FROM in_keyed AS k WHERE t.{x} = k.plain")
    cursor.execute("DROP TABLE in_keyed")
