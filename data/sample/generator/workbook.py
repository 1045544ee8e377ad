"""One messy workbook for trying the upload: a loan list as a branch clerk might send it, in French."""

import datetime

import duckdb
import pyarrow as pa

from generator.sheets import Cell, Formatted, workbook

BRANCHES = ("welia", "kolo", "baro")
EACH = 24
CAPTIONS = ("Client", "", "", "", "", "Prêt", "", "", "", "", "", "Retard", "", "")
HEADINGS = (
    "N° client", "Nom et prénom", "Sexe", "Date de naissance", "Agence", "N° prêt", "Produit", "Date de décaissement",
    "Montant décaissé", "Encours", "Cycle", "Jours de retard", "Capital en retard", "Rééchelonné",
)
PRODUCTS = {"individual": "Individuel", "solidarity": "Solidaire", "agricultural": "Agricole"}
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
          "décembre")
QUERY = """
SELECT
    replace(l.loan_id, '-L', '') AS loan_no, replace(c.client_id, '-', '') AS client_no, c.gender, c.birth_date,
    b.branch_name, l.product_id, l.disbursed_on, l.disbursed_amount, l.principal_outstanding, l.cycle_no,
    l.days_past_due, l.overdue_principal, l.is_renegotiated
FROM loans AS l
JOIN clients AS c USING (client_id)
JOIN branches AS b ON b.branch_id = l.branch_id
WHERE l.branch_id = ? AND l.as_of = DATE '2026-09-30' AND l.status = 'active'
ORDER BY (l.days_past_due = 0 AND NOT l.is_renegotiated), md5(l.loan_id)
LIMIT ?
"""


def messy(made: dict[str, pa.Table]) -> bytes:
    """The workbook: title rows, a two-line header, totals, decimal commas, mixed dates, bad rows, leading zeros."""
    rows: list[list[Cell]] = [
        ["Demo MFI (données synthétiques)"],
        ["Liste des prêts en cours au 30/09/2026"],
        ["Montants en FCFA, édition du 02/10/2026"],
        [],
        list(CAPTIONS),
        list(HEADINGS),
    ]
    sums = []
    for branch, loans in zip(BRANCHES, _loans(made), strict=True):
        if branch == BRANCHES[-1]:
            rows.append(list(HEADINGS))          # a page break of the print repeats the headings
        lines = [_line(loan, i) for i, loan in enumerate(loans)]
        rows.extend(lines)
        sums.append([sum(int(loan[at]) for loan in loans) for at in (7, 8, 11)])
        rows.append(_total(f"Total agence {loans[0][4]}", sums[-1]))
    _spoil(rows)
    rows += [_total("TOTAL GÉNÉRAL", [sum(column) for column in zip(*sums, strict=True)]), []]
    rows.append(["Source : système d'information, non audité. Personnes et montants inventés."])
    return workbook({"Portefeuille": rows})


def _loans(made: dict[str, pa.Table]) -> list[list[tuple]]:
    """Some running loans of each branch shown, the late and renegotiated ones first."""
    with duckdb.connect(config={"threads": 1}) as con:
        for name in ("loans", "clients", "branches"):
            con.register(name, made[name])
        return [con.execute(QUERY, [branch, EACH]).fetchall() for branch in BRANCHES]


def _line(loan: tuple, i: int) -> list[Cell]:
    number, client, gender, born, branch, product, on, amount, owed, cycle, late, overdue, eased = loan
    return [
        client, f"Personne inventée {client[-4:]}", "Féminin" if gender == "F" else "M", _date(born, i + 1), branch,
        number, PRODUCTS[product], _date(on, i), _money(int(amount), i), _money(int(owed), i + 1), cycle, late,
        _money(int(overdue), i), "Oui" if eased else "Non",
    ]


def _date(value: datetime.date, i: int) -> Cell:
    """A date in one of four ways: a cell formatted as date, or text."""
    if i % 4 == 0:
        return Formatted((value - datetime.date(1899, 12, 30)).days, "date")
    if i % 4 == 1:
        return value.strftime("%d/%m/%Y")
    return value.isoformat() if i % 4 == 2 else f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def _money(value: int, i: int) -> Cell:
    """An amount as a number, or as text with spaces and a decimal comma."""
    if i % 3 == 0:
        return value
    space = "\u00a0" if i % 3 == 1 else " "
    return f"{value:,}".replace(",", space) + (",00" if i % 2 else "")


def _total(name: str, sums: list[int]) -> list[Cell]:
    """A total row; three sums in the columns of the amounts."""
    return [name, "", "", "", "", "", "", "", _money(sums[0], 1), _money(sums[1], 2), "", "", _money(sums[2], 1), ""]


def _spoil(rows: list[list[Cell]]) -> None:
    """Make five rows wrong, each in its own way."""
    rows[9][9] = "deux cent mille"
    rows[14][7] = "31/02/2026"
    rows[21][5] = ""
    rows[38][8] = "n.d."
    rows[46][11] = "environ 60"
