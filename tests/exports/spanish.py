"""Three exports in Spanish: a loan portfolio, a book of complaints, a payroll list."""

from tests.exports.making import (
    AS_OF,
    Export,
    code,
    complaint,
    day,
    field,
    loan,
    money,
    named,
    numbered,
    person,
    pick,
    yes,
)  # fmt: skip

OFFICES = ["Huancayo", "El Tambo", "Jauja", "La Oroya", "Principal"]
ANALYSTS = [f"AN{n:03d}" for n in range(1, 13)]
FIRST = ["Ficticia", "Ejemplo", "Inventado", "Muestra"]
LAST = ["De Prueba", "Sin Nombre", "Modelo", "Simulada"]

LOANS = Export(
    "es_cartera_colocaciones", "es", "loans",
    (
        ("F. Corte", "as_of", lambda fact: AS_OF.strftime("%d/%m/%Y")),
        ("Ag.", "branch_id", pick("branch", OFFICES)),
        ("Cód. Analista", "officer_id", pick("officer", ANALYSTS)),
        ("Cta. Crédito", "loan_id", numbered("107-{:06d}-2")),
        ("Cód. Socio", "client_id", numbered("0{:06d}", "client")),
        ("Apellidos y Nombres", None, named(FIRST, LAST)),
        ("Sub-producto", "product_id", pick("product", ["MES", "AGRO", "CONS", "HIPO"])),
        ("Mda", "currency", lambda fact: "PEN"),
        ("F. Desemb.", "disbursed_on", day("given", "%d/%m/%Y")),
        ("Mto. Desemb.", "disbursed_amount", money("amount")),
        ("T.E.A. (%)", None, lambda fact: str(round(((1 + fact["rate"] / 1200) ** 12 - 1) * 100, 2))),
        ("T.N.A. (%)", "nominal_rate_pct", field("rate")),
        ("Nro. Cuotas", None, field("months")),
        ("F. Últ. Vcto.", "maturity_on", day("due", "%d/%m/%Y")),
        ("Cuota mensual", "instalment_month", money("instalment")),
        ("Saldo Cap.", "principal_outstanding", money("left")),
        ("Capital vencido", "overdue_principal", money("overdue")),
        ("Días Mora", "days_past_due", field("late")),
        ("Reprog./Refin.", "is_renegotiated", yes("again", "SI", "NO")),
        ("Act. económica", "purpose_sector", pick("sector", ["Comercio", "Agrícola", "Transporte", "Servicios"])),
        ("Nro. de ciclo", "cycle_no", field("cycle")),
        ("Teléfono", None, numbered("9{}", "phone")),
    ),
    loan,
)  # fmt: skip

COMPLAINTS = Export(
    "es_libro_reclamos", "es", "complaints",
    (
        ("Nro. Reclamo", "complaint_id", numbered("REC-{:05d}")),
        ("Fecha de presentación", "received_on", day("received", "%d/%m/%Y")),
        ("Vía de ingreso", "channel", pick("channel", ["Teléfono", "Ventanilla", "Buzón", "Correo", "Regulador"])),
        ("DNI", None, numbered("{}", "paper")),
        ("Cliente (código)", "client_id", numbered("0{:06d}", "client")),
        ("Agencia", "branch_id", pick("branch", OFFICES)),
        ("Producto", "product_id", pick("product", ["MES", "AGRO", "CONS", "HIPO"])),
        ("Motivo del reclamo", "category", pick("about", ["Cobranza", "Comisiones", "Demora", "Datos", "Otro"])),
        ("Descripción", "description", pick("story", [
            "Cobraron dos veces la cuota", "El analista levantó la voz", "No explicaron el seguro",
            "Saldo equivocado en el recibo", "Demora de un mes", "Llamaron al trabajo",
        ])),
        ("Gravedad", "severity", field("grave")),
        ("Analista involucrado", "officer_id", pick("officer", ANALYSTS)),
        ("Fecha de solución", "closed_on", day("closed", "%d/%m/%Y")),
        ("Días de atención", None, field("days")),
        ("Resultado", "outcome", code("end", {"yes": "Fundado", "part": "Fundado en parte", "no": "Infundado"})),
        ("¿Conforme? (S/N)", "satisfied", yes("glad", "S", "N")),
    ),
    complaint,
)  # fmt: skip

STAFF = Export(
    "es_planilla_personal", "es", "staff",
    (
        ("Nº", None, field("row")),
        ("Cód. Empleado", "staff_id", numbered("T{:04d}")),
        ("Nombre completo", None, named(FIRST, LAST)),
        ("Sexo", "gender", code("sex", {"F": "Mujer", "M": "Hombre"})),
        ("Año de nac.", "birth_year", field("born")),
        ("Puesto", "role", code("post", {
            "officer": "Asesor de negocios", "manager": "Administrador de agencia", "chief": "Gerente de negocios",
            "cashier": "Cajero", "driver": "Chofer",
        })),
        ("Sede", "branch_id", pick("branch", OFFICES)),
        ("Fec. Ingreso", "joined_on", day("joined", "%d/%m/%Y")),
        ("Fec. Cese", "left_on", day("left", "%d/%m/%Y")),
        ("Motivo de salida", "leave_reason", code("why", {
            "resigned": "Renuncia", "dismissed": "Despido", "retired": "Jubilación", "other": "Otro",
        })),
        ("Modalidad de contrato", "contract_type", code("contract", {"open": "Indeterminado", "fixed": "Plazo fijo"})),
        ("Rem. bruta mensual (S/)", "monthly_salary", money("pay")),
        ("Horas/semana", "weekly_hours", field("hours")),
        ("CUSPP", None, numbered("{}XYZ", "paper")),
    ),
    person,
)  # fmt: skip

EXPORTS = (LOANS, COMPLAINTS, STAFF)
