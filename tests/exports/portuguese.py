"""Two exports in Portuguese: a loan portfolio and a client register."""

from tests.exports.making import Export, client, code, day, field, loan, money, named, numbered, pick, yes

COUNTERS = ["Maputo Baixa", "Matola", "Xai-Xai", "Chókwè", "Sede"]
FIRST = ["Fictícia", "Exemplo", "Inventado", "Amostra"]
LAST = ["Semnome", "Daprova", "Modelo", "Sintética"]

LOANS = Export(
    "pt_carteira_credito", "pt", "loans",
    (
        ("Balcão", "branch_id", pick("branch", COUNTERS)),
        ("N.º Contrato", "loan_id", numbered("C{:07d}")),
        ("N.º Cliente", "client_id", numbered("000{:05d}", "client")),
        ("Nome do cliente", None, named(FIRST, LAST)),
        ("Oficial de crédito", "officer_id", pick("officer", [f"OC{n:02d}" for n in range(1, 13)])),
        ("Produto", "product_id", pick("product", ["NEG", "AGRI", "CONS", "HAB"])),
        ("Dt. Desemb.", "disbursed_on", day("given", "%d-%m-%Y")),
        ("Capital mutuado (MT)", "disbursed_amount", money("amount", ".", ",")),
        ("Prazo", None, field("months")),
        ("Tx. juro anual %", "nominal_rate_pct", lambda fact: str(fact["rate"]).replace(".", ",")),
        ("Dt. Venc. Final", "maturity_on", day("due", "%d-%m-%Y")),
        ("Prestação mensal", "instalment_month", money("instalment", ".", ",")),
        ("Capital em dívida", "principal_outstanding", money("left", ".", ",")),
        ("Juros a receber", None, money("interest", ".", ",")),
        ("Capital vencido", "overdue_principal", money("overdue", ".", ",")),
        ("Dias de atraso", "days_past_due", field("late")),
        ("Reestruturado?", "is_renegotiated", yes("again", "Sim", "Não")),
        ("Finalidade", "purpose_sector", pick("sector", ["Comércio", "Agricultura", "Transportes", "Serviços"])),
        ("Contacto", None, numbered("84 {}", "phone")),
    ),
    loan, ";",
)  # fmt: skip

CLIENTS = Export(
    "pt_cadastro_clientes", "pt", "clients",
    (
        ("Cód. do cliente", "client_id", numbered("000{:05d}")),
        ("Nome completo", None, named(FIRST, LAST)),
        ("Sexo", "gender", code("sex", {"F": "Feminino", "M": "Masculino"})),
        ("Dt. Nasc.", "birth_date", day("born", "%d-%m-%Y")),
        ("Data de adesão", "joined_on", day("joined", "%d-%m-%Y")),
        ("Data de saída", "exited_on", day("left", "%d-%m-%Y")),
        ("Agência", "branch_id", pick("branch", COUNTERS)),
        ("Zona (urbana/rural)", "location", code("place", {"urban": "Urbana", "peri": "Periurbana", "rural": "Rural"})),
        ("Distrito", "district", pick("district", ["Boane", "Manhiça", "Chibuto", "Bilene", "Moamba"])),
        ("Rendimento familiar mensal", "household_income_month", money("income", ".", ",")),
        ("Prestações noutros bancos", "bureau_instalment_month", money("elsewhere", ".", ",")),
        ("Deficiência (S/N)", "disability", yes("unable", "S", "N")),
        ("Crédito bancário anterior", "prior_formal_credit", yes("before", "Sim", "Não")),
        ("NUIT", None, numbered("{}", "paper")),
        ("E-mail", None, field("mail")),
        ("Nº de filhos", None, field("children")),
    ),
    client, ";",
)  # fmt: skip

EXPORTS = (LOANS, CLIENTS)
