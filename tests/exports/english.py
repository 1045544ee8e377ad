"""Three exports in English: a loan listing, a grievance register, a staff list."""

from tests.exports.making import Export, code, complaint, day, field, loan, money, named, numbered, person, pick, yes

BRANCHES = ["Mukasa Road", "Lakeside", "Old Market", "Hilltop", "NA"]
OFFICERS = [f"CO{n:02d}" for n in range(1, 13)]
PRODUCTS = ["BIZ", "AGRI", "SCHOOL", "HOME"]
FIRST = ["Testa", "Sampleton", "Mocky", "Dummio", "Ficta"]
LAST = ["Placeholder", "Invented", "Synthet", "Madeup"]

LOANS = Export(
    "en_loan_listing", "en", "loans",
    (
        ("Br.", "branch_id", pick("branch", BRANCHES)),
        ("Cr. Officer", "officer_id", pick("officer", OFFICERS)),
        ("Loan A/C No.", "loan_id", numbered("0{:05d}/01")),
        ("Cust. No", "client_id", numbered("00{:05d}", "client")),
        ("Customer Name", None, named(FIRST, LAST)),
        ("Mobile", None, numbered("+256 7{}", "phone")),
        ("Pdt Code", "product_id", pick("product", PRODUCTS)),
        ("Loan Cyc.", "cycle_no", field("cycle")),
        ("Disb. Dt", "disbursed_on", day("given", "%d-%b-%Y")),
        ("Disb. Amt (UGX)", "disbursed_amount", money("amount")),
        ("Int. % p.a.", "nominal_rate_pct", field("rate")),
        ("Tenor (months)", None, field("months")),
        ("Mat. Date", "maturity_on", day("due", "%d-%b-%Y")),
        ("O/S Principal (UGX)", "principal_outstanding", money("left")),
        ("O/S Interest (UGX)", None, money("interest")),
        ("Princ. in Arrears (UGX)", "overdue_principal", money("overdue")),
        ("Arrears Days", "days_past_due", field("late")),
        ("Restruct. Y/N", "is_renegotiated", yes("again", "Y", "N")),
        ("Purpose", "purpose_sector", pick("sector", ["Trade", "Farming", "Transport", "Services", "Housing"])),
        ("Collateral value", None, money("pledge")),
        ("Last Paid", None, day("paid", "%d-%b-%Y")),
    ),
    loan,
)  # fmt: skip

COMPLAINTS = Export(
    "en_grievance_register", "en", "complaints",
    (
        ("S/N", None, numbered("{}")),
        ("Grievance Ref.", "complaint_id", numbered("GR/2026/{:04d}")),
        ("Date Rec'd", "received_on", day("received", "%d/%m/%Y")),
        ("How received", "channel", pick("channel", ["Hotline", "Suggestion box", "Walk-in", "WhatsApp", "Regulator"])),
        ("Complainant", None, named(FIRST, LAST)),
        ("Member No", "client_id", numbered("M-{:05d}", "client")),
        ("Outlet", "branch_id", pick("branch", BRANCHES)),
        ("Loan type", "product_id", pick("product", PRODUCTS)),
        ("Nature of grievance", "category", pick("about", ["Fees", "Staff conduct", "Delay", "Privacy", "Other"])),
        ("Narration", "description", pick("story", [
            "Officer shouted in front of neighbours", "Fee was not explained", "Waited five weeks for the loan",
            "Balance on the receipt is wrong", "Officer asked for a gift", "Phone number given to a third party",
        ])),
        ("Severity (1=low, 4=high)", "severity", field("grave")),
        ("Staff complained of", "officer_id", pick("officer", OFFICERS)),
        ("Date resolved", "closed_on", day("closed", "%d/%m/%Y")),
        ("TAT (days)", None, field("days")),
        ("Finding", "outcome", code("end", {"yes": "Upheld", "part": "Partly upheld", "no": "Rejected"})),
        ("Client satisfied w/ answer?", "satisfied", yes("glad", "Yes", "No")),
        ("Remarks", None, lambda fact: ""),
    ),
    complaint,
)  # fmt: skip

STAFF = Export(
    "en_staff_nominal_roll", "en", "staff",
    (
        ("No.", None, field("row")),
        ("Payroll No", "staff_id", numbered("E{:04d}")),
        ("Surname & other names", None, named(FIRST, LAST)),
        ("M/F", "gender", field("sex")),
        ("YOB", "birth_year", field("born")),
        ("Duty station", "branch_id", pick("branch", BRANCHES)),
        ("Designation", "role", code("post", {
            "officer": "Loan officer", "manager": "Branch manager", "chief": "Head of credit", "cashier": "Teller",
            "driver": "Driver",
        })),
        ("Date of appt.", "joined_on", day("joined", "%d %b %Y")),
        ("Terms of service", "contract_type", code("contract", {"open": "Permanent", "fixed": "Fixed term"})),
        ("Gross pay/month (KES)", "monthly_salary", money("pay", places=0)),
        ("Hrs per week", "weekly_hours", field("hours")),
        ("Date left", "left_on", day("left", "%d %b %Y")),
        ("Reason for exit", "leave_reason", code("why", {
            "resigned": "Resigned", "dismissed": "Dismissed", "retired": "Retired", "other": "Other",
        })),
        ("NSSF No", None, numbered("{}", "paper")),
        ("Next of kin", None, named(LAST, FIRST)),
    ),
    person,
)  # fmt: skip

EXPORTS = (LOANS, COMPLAINTS, STAFF)
