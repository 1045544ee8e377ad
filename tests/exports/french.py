"""Four exports in French: a loan book, a client list, a trial balance, survey answers in long form."""

import random
from datetime import date

from tests.exports.making import (
    AS_OF,
    Export,
    Fact,
    client,
    code,
    day,
    field,
    loan,
    money,
    named,
    numbered,
    pick,
    yes,
)  # fmt: skip

AGENCIES = ["Marché Central", "Thiaroye", "Kaolack", "Fatick-Nord", "Siège"]
OFFICERS = [f"AC-{n:02d}" for n in range(1, 13)]
FIRST = ["Fictive", "Exemple", "Inventé", "Modèle"]
LAST = ["ESSAI", "DUMODELE", "SANSNOM", "FACTICE"]

LOANS = Export(
    "fr_encours_credits", "fr", "loans",
    (
        ("Date arrêté", "as_of", lambda fact: AS_OF.strftime("%d/%m/%Y")),
        ("Guichet", "branch_id", pick("branch", AGENCIES)),
        ("N° dossier crédit", "loan_id", numbered("D{:06d}")),
        ("N° membre", "client_id", numbered("00{:05d}", "client")),
        ("Nom & prénom(s)", None, named(FIRST, LAST)),
        ("Agent de crédit", "officer_id", pick("officer", OFFICERS)),
        ("Type de crédit", "product_id", pick("product", ["AGR", "COM", "CONSO", "HAB"])),
        ("Dt décaiss.", "disbursed_on", day("given", "%d/%m/%Y")),
        ("Mt décaissé (FCFA)", "disbursed_amount", money("amount", " ", ",", 0)),
        ("Durée (mois)", None, field("months")),
        ("Tx d'int. annuel (%)", "nominal_rate_pct", lambda fact: str(fact["rate"]).replace(".", ",")),
        ("Dernière éch.", "maturity_on", day("due", "%d/%m/%Y")),
        ("Encours capital", "principal_outstanding", money("left", " ", ",")),
        ("Capital impayé", "overdue_principal", money("overdue", " ", ",")),
        ("Nbre jours de retard", "days_past_due", field("late")),
        ("Rééchelonné", "is_renegotiated", yes("again", "Oui", "Non")),
        ("Secteur d'activité", "purpose_sector", pick("sector", ["Commerce", "Agriculture", "Transport", "Services"])),
        ("Cycle", "cycle_no", field("cycle")),
        ("Épargne nantie", None, money("pledge", " ", ",", 0)),
        ("Observations", None, lambda fact: ""),
    ),
    loan, ";",
)  # fmt: skip

CLIENTS = Export(
    "fr_fichier_membres", "fr", "clients",
    (
        ("Code adhérent", "client_id", numbered("00{:05d}")),
        ("Nom", None, named(FIRST, LAST)),
        ("Genre", "gender", code("sex", {"F": "Femme", "M": "Homme"})),
        ("Né(e) le", "birth_date", day("born", "%d/%m/%Y")),
        ("Qualité", "client_type", code("kind", {"person": "Personne physique", "firm": "Personne morale",
                                                 "group": "Groupement"})),
        ("Dt adhésion", "joined_on", day("joined", "%d/%m/%Y")),
        ("Dt démission", "exited_on", day("left", "%d/%m/%Y")),
        ("Caisse", "branch_id", pick("branch", AGENCIES)),
        ("Milieu de résidence", "location", code("place", {"urban": "Urbain", "peri": "Périurbain",
                                                           "rural": "Rural"})),
        ("Département", "district", pick("district", ["Mbour", "Foundiougne", "Nioro", "Gossas", "Pikine"])),
        ("Revenu du ménage /mois", "household_income_month", money("income", " ", ",", 0)),
        ("Nbre d'IMF créancières", "active_lenders", field("lenders")),
        ("Handicap O/N", "disability", yes("unable", "O", "N")),
        ("Tél. portable", None, numbered("77 {}", "phone")),
        ("N° CNI", None, numbered("1{}", "paper")),
        ("Nb enfants", None, field("children")),
    ),
    client, ";",
)  # fmt: skip

ACCOUNTS = [
    ("101000", "Caisse", 5_400_000), ("203100", "Crédits à court terme", 812_000_000),
    ("299000", "Provisions sur créances", 21_500_000), ("251000", "Dépôts à vue des membres", 402_000_000),
    ("165000", "Emprunts", 260_000_000), ("570000", "Capital social", 150_000_000),
    ("702000", "Intérêts sur crédits", 14_800_000), ("602000", "Intérêts sur dépôts", 1_900_000),
    ("640000", "Frais de personnel", 6_100_000), ("630000", "Services extérieurs", 2_200_000),
]  # fmt: skip


def balance(stream: random.Random, number: int) -> Fact:
    """The facts of one line of a trial balance, ten accounts a month."""
    account, name, usual = ACCOUNTS[number % 10]
    month = number // 10 + 1
    credit = account.startswith(("165", "251", "299", "570", "702"))
    amount = round(usual * stream.uniform(0.9, 1.1), 2)
    end = date(2026, month + 1, 1)
    return {"account": account, "name": name, "amount": amount, "debit": 0 if credit else amount,
            "credit": amount if credit else 0, "end": date.fromordinal(end.toordinal() - 1),
            "line": ["cash", "gross_loan_portfolio", "impairment_allowance", "deposits", "borrowings", "equity",
                     "interest_income_on_loans", "financial_expense", "personnel_expense",
                     "administrative_expense"][number % 10]}  # fmt: skip


LEDGER = Export(
    "fr_balance_generale", "fr", "financials_monthly",
    (
        ("Fin de mois", "month", day("end", "%d/%m/%Y")),
        ("N° compte", "account_code", field("account")),
        ("Libellé du compte", "account_name", field("name")),
        ("Mvt débit", None, money("debit", " ", ",")),
        ("Mvt crédit", None, money("credit", " ", ",")),
        ("Solde (FCFA)", "amount", money("amount", " ", ",")),
        ("Poste états financiers", "mapped_line", field("line")),
    ),
    balance, ";",
)  # fmt: skip


def answer(stream: random.Random, number: int) -> Fact:
    """The facts of one answer: each respondent answers three questions."""
    who = random.Random(f"respondent {number // 3}")
    question = ["nps", "quality_of_life", "satisfaction"][number % 3]
    codes = {"quality_of_life": ["very_much_improved", "slightly_improved", "no_change"],
             "satisfaction": ["very_satisfied", "satisfied", "dissatisfied"]}  # fmt: skip
    return {"who": number // 3, "question": question, "sex": who.choice("FFM"), "branch": who.randint(0, 4),
            "score": stream.randint(0, 10) if question == "nps" else None, "agent": who.randint(0, 3),
            "code": stream.choice(codes[question]) if question in codes else None,
            "place": who.choice(["urban", "rural"]), "on": date(2026, 5, who.randint(2, 28)),
            "weight": who.choice(["0,8", "1", "1,3"]), "mode": who.choice(["Téléphone", "Visite"])}  # fmt: skip


SURVEY = Export(
    "fr_enquete_satisfaction", "fr", "client_surveys",
    (
        ("Vague d'enquête", "survey_id", lambda fact: "SAT-2026-1"),
        ("N° questionnaire", "response_id", numbered("Q{:04d}", "who")),
        ("Date de passation", "answered_on", day("on", "%d/%m/%Y")),
        ("Mode d'administration", "mode", field("mode")),
        ("Enquêteur", None, pick("agent", ["ENQ1", "ENQ2", "ENQ3", "ENQ4"])),
        ("Agence du répondant", "branch_id", pick("branch", AGENCIES)),
        ("Sexe du répondant", "gender", field("sex")),
        ("Zone", "location", code("place", {"urban": "urbaine", "rural": "rurale"})),
        ("Coef. de pondération", "weight", field("weight")),
        ("Question", "question_key", field("question")),
        ("Code réponse", "answer_code", field("code")),
        ("Note /10", "answer_num", field("score")),
        ("Verbatim", "answer_text", lambda fact: "RAS" if fact["who"] % 9 == 0 else ""),
    ),
    answer, ";", 90,
)  # fmt: skip

EXPORTS = (LOANS, CLIENTS, LEDGER, SURVEY)
