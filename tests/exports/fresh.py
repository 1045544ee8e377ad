"""Four more exports, one a language, never looked at while the synonyms are written: how well do they carry over?"""

from tests.exports.making import Export, client, code, complaint, day, field, money, named, numbered, person, pick, yes

BRANCHES = ["Kisumu", "Busia", "Homa Bay", "Siaya"]
FIRST = ["Phony", "Virtual", "Testy", "Nobody"]
LAST = ["Stub", "Fixture", "Blank", "Proxy"]

CLIENTS = Export(
    "en_customer_master", "en", "clients",
    (
        ("CIF", "client_id", numbered("{:08d}")),
        ("Full name", None, named(FIRST, LAST)),
        ("Sex (M/F)", "gender", field("sex")),
        ("D.O.B", "birth_date", day("born", "%d/%m/%Y")),
        ("Opened on", "joined_on", day("joined", "%d/%m/%Y")),
        ("Branch office", "branch_id", pick("branch", BRANCHES)),
        ("Urban/Rural", "location", code("place", {"urban": "Urban", "peri": "Peri-urban", "rural": "Rural"})),
        ("Sub-county", "district", pick("district", ["Nyando", "Teso", "Suba", "Gem"])),
        ("Hhold income p.m. (KES)", "household_income_month", money("income", places=0)),
        ("No. of lenders", "active_lenders", field("lenders")),
        ("PWD?", "disability", yes("unable", "Yes", "No")),
        ("Staff/insider", "is_staff", yes("staff", "Yes", "No")),
        ("Dependants", None, field("children")),
        ("National ID", None, numbered("{}", "paper")),
    ),
    client,
)  # fmt: skip

COMPLAINTS = Export(
    "fr_registre_plaintes", "fr", "complaints",
    (
        ("N° d'ordre", None, numbered("{}")),
        ("Réf. plainte", "complaint_id", numbered("PL-{:04d}")),
        ("Reçue le", "received_on", day("received", "%d/%m/%Y")),
        ("Canal", "channel", pick("channel", ["Téléphone", "Boîte", "Agence", "Courriel"])),
        ("Plaignant", None, named(FIRST, LAST)),
        ("Code client", "client_id", numbered("00{:05d}", "client")),
        ("Point de service", "branch_id", pick("branch", ["Sokodé", "Kara", "Atakpamé"])),
        ("Objet de la plainte", "category", pick("about", ["Frais", "Conduite", "Retard", "Autre"])),
        ("Détails", "description", pick("story", ["Frais non expliqués", "Agent impoli", "Solde erroné", "Attente"])),
        ("Niveau de gravité", "severity", field("grave")),
        ("Clôturée le", "closed_on", day("closed", "%d/%m/%Y")),
        ("Suite donnée", "outcome", code("end", {"yes": "Fondée", "part": "Partiellement fondée", "no": "Rejetée"})),
        ("Client satisfait (O/N)", "satisfied", yes("glad", "O", "N")),
        ("Délai (jours)", None, field("days")),
    ),
    complaint, ";",
)  # fmt: skip

MEMBERS = Export(
    "es_padron_clientes", "es", "clients",
    (
        ("Nº Cliente", "client_id", numbered("{:07d}")),
        ("Nombres y apellidos", None, named(FIRST, LAST)),
        ("Género", "gender", code("sex", {"F": "Femenino", "M": "Masculino"})),
        ("F. Nacimiento", "birth_date", day("born", "%d/%m/%Y")),
        ("Tipo de persona", "client_type", code("kind", {"person": "Natural", "firm": "Jurídica", "group": "Grupo"})),
        ("F. Alta", "joined_on", day("joined", "%d/%m/%Y")),
        ("F. Baja", "exited_on", day("left", "%d/%m/%Y")),
        ("Sucursal", "branch_id", pick("branch", ["Estelí", "Jinotega", "Ocotal"])),
        ("Área", "location", code("place", {"urban": "Urbana", "peri": "Periurbana", "rural": "Rural"})),
        ("Municipio", "district", pick("district", ["Somoto", "Condega", "Pueblo Nuevo"])),
        ("Ingreso familiar mensual C$", "household_income_month", money("income")),
        ("Nro. de acreedores", "active_lenders", field("lenders")),
        ("Cédula", None, numbered("{}A", "paper")),
        ("Celular", None, numbered("8{}", "phone")),
    ),
    client,
)  # fmt: skip

STAFF = Export(
    "pt_quadro_pessoal", "pt", "staff",
    (
        ("N.º mecanográfico", "staff_id", numbered("F{:04d}")),
        ("Nome", None, named(FIRST, LAST)),
        ("Género", "gender", field("sex")),
        ("Ano de nascimento", "birth_year", field("born")),
        ("Função", "role", code("post", {"officer": "Oficial de crédito", "manager": "Gerente de balcão",
                                         "chief": "Director de crédito", "cashier": "Caixa", "driver": "Motorista"})),
        ("Local de trabalho", "branch_id", pick("branch", ["Beira", "Dondo", "Chimoio"])),
        ("Data de admissão", "joined_on", day("joined", "%d-%m-%Y")),
        ("Data de cessação", "left_on", day("left", "%d-%m-%Y")),
        ("Motivo de saída", "leave_reason", code("why", {"resigned": "Demissão voluntária", "dismissed": "Despedimento",
                                                         "retired": "Reforma", "other": "Outro"})),
        ("Tipo de contrato", "contract_type", code("contract", {"open": "Sem termo", "fixed": "A termo"})),
        ("Salário bruto (MT)", "monthly_salary", money("pay", ".", ",")),
        ("Horas semanais", "weekly_hours", field("hours")),
        ("NIB", None, numbered("{}", "paper")),
    ),
    person, ";",
)  # fmt: skip

FRESH = (CLIENTS, COMPLAINTS, MEMBERS, STAFF)
