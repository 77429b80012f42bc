"""Words that tables use for what is known here, as data: one form for words that mean the same, then what they say."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split(";"))


_FORMS = {
    "syringe": "syringe syringes needle needles rig rigs jeringa jeringas",
    "out": "out dist distr distrib distributed distribution dispensed disbursed given gave issued provided handed "
    "supplied distribuidas",
    "back": "back returned return collected in received recovered disposed",
    "naloxone": "naloxone narcan nlx nalox naloxona",
    "kit": "kit kits",
    "dose": "dose doses vial vials",
    "participant": "participant participants people person persons individual individuals client clients guest guests "
    "member members consumer consumers pt pts ppt ppts participantes",
    "unique": "unique unduplicated undup unduplicate distinct different individuals",
    "visit": "visit visits encounter encounters visitas",
    "served": "served seen",
    "reversal": "reversal reversals reversed reverse",
    "overdose": "overdose overdoses od ods",
    "reported": "reported report self participant-reported",
    "referral": "referral referrals referred",
    "treatment": "treatment tx moud mat",
    "start": "start starts started begun linked linkage linkages enrolled",
    "wound": "wound wounds abscess abscesses",
    "care": "care treated",
    "turned": "turned turnaways turnaway",
    "away": "away",
    "session": "session sessions",
    "held": "held",
    "cancelled": "cancelled canceled cancellations",
    "closed": "closed closure closures",
    "day": "day days",
    "stockout": "stockout stockouts",
    "month": "month monthly",
    "year": "year yearly annual 12",
}
SAME = {word: form for form, words in _FORMS.items() for word in words.split()}
SAME["individuals"] = "participant"
SAME["turnaways"] = SAME["turnaway"] = "turned away"
FILLERS = _words("number num no of the a an total count counts qty quantity sum to for by and all n")

# Measure → what its name may say, in those forms; any order of the words.
WORDS = {
    "visits": "visit; visit served; participant visit",
    "participants_month": "participant unique; participant unique served; participant unique month; "
    "participant unique served month; unique participant visit",
    "participants_12_months": "participant unique year; participant unique served year; participant unique month year",
    "syringes_out": "syringe out; syringe out participant",
    "syringes_back": "syringe back; syringe back participant",
    "kits_out": "naloxone kit out; naloxone kit; kit out; naloxone kit out participant",
    "reversals": "reversal; overdose reversal; reversal reported; overdose reversal reported; naloxone reversal; "
    "participant overdose reversal reported",
    "referrals": "referral; treatment referral; referral out",
    "treatment_starts": "treatment start",
    "wounds_treated": "wound care; wound",
    "turned_away": "turned away; participant turned away",
    "sessions_held": "session held",
    "sessions_cancelled": "session cancelled",
    "days_closed": "day closed",
    "stockout_days": "stockout day",
}
# Counts of areas; the list is open.
AREA_MEASURES = {
    "deaths": _names("deaths;death;overdose deaths;drug overdose deaths;fatal overdoses;od deaths;death count;muertes"),
    "emergency_visits": _names(
        "emergency visits;ed visits;er visits;emergency department visits;overdose visits;overdose ed visits;"
        "nonfatal overdose visits"
    ),
    "ambulance_calls": _names("ambulance calls;ems calls;ems responses;ems runs;overdose calls;calls"),
}
# What is likely and not sure: "syringes" may be those out or those back.
ALONE = {
    "syringe": "syringes_out",
    "kit": "kits_out",
    "naloxone": "kits_out",
    "naloxone out": "kits_out",
    "participant": "participants_month",
    "participant served": "participants_month",
    "session": "sessions_held",
    "stockout": "stockout_days",
}

_MONTH = _names(
    "month;date;period;day;month year;year month;reporting month;reporting period;service date;date of service;"
    "visit date;month of service;mes;fecha;monat;datum;mois;report month;report date;week of"
)
_COUNTS = {
    "month": _MONTH,
    "year": frozenset({"year", "yr", "calendar year", "ano", "jahr", "annee"}),
    "month_of_year": frozenset({"month number", "month name", "mo", "month no"}),
    "measure": _names("measure;indicator;metric;item;service;services;category;activity;service type;what;statistic"),
    "value": _names("value;count;number;n;quantity;qty;how many;units;total;figure;cases;amount"),
}
COLUMNS: dict[str, dict[str, frozenset[str]]] = {
    "services": {
        **_COUNTS,
        "site": _names(
            "site;sites;location;program site;service site;place;venue;clinic;office;sitio;lugar;standort;site name;"
            "location name"
        ),
    },
    "community": {
        **_COUNTS,
        "area": _names(
            "area;state;county;jurisdiction;region;city;state name;county name;territory;geography;estado;condado"
        ),
        "case": _names("case;case definition;drug;drugs;drug type;cause;cause of death;substance"),
        "as_of": _names("as of;as of date;retrieved;accessed;date accessed;date retrieved;read on"),
        "source": _names("source;data source;quelle;fuente"),
    },
    "workforce": {
        **_COUNTS,
        "role": _names("role;position;job title;title;job;staff role;post;puesto;stelle"),
        "hires": _names("hires;hired;new hires;started;starts;hire;people hired;new staff"),
        "departures": _names(
            "departures;left;quits;quit;separations;terminations;resignations;resigned;exits;leavers;departed;"
            "departure;people who left;turnover"
        ),
        "vacancies": _names("vacancies;vacant;vacant positions;open positions;unfilled;vacancy;openings;empty posts"),
        "hours": _names("hours;hours worked;paid hours;hrs;total hours;staff hours"),
    },
    "money": {
        "month": _names(
            "date;transaction date;posting date;posted;txn date;trans date;day;post date;entry date;month;fecha;datum"
        ),
        "fund": _names(
            "fund;class;grant;funding source;funder;project;cost center;restriction;donor;program;fund name;"
            "fund class;cost centre;award"
        ),
        "account": _names(
            "account;category;gl account;account name;line item;expense type;account title;ledger account;"
            "chart of accounts;cuenta;konto"
        ),
        "amount": _names("amount;value;total;net amount;amt;importe;betrag;net"),
        "debit": _names("debit;debits;dr;debit amount;soll"),
        "credit": _names("credit;credits;cr;credit amount;haben"),
        "kind": _names("kind;type;income or expense;income expense;account type;line type"),
    },
}

INCOME = _words(
    "income revenue revenues grant grants donation donations contribution contributions gift gifts sales interest "
    "award awards fundraising receipts settlement dues reimbursement"
)
EXPENSE = _words(
    "expense expenses wage wages salary salaries payroll stipend stipends benefits fringe rent utilities insurance "
    "supplies supply travel mileage postage printing phone phones telephone internet vehicle fuel gas repairs "
    "maintenance training fees fee professional accounting audit bookkeeping disposal naloxone syringes kits food "
    "office software equipment depreciation tax taxes cleaning rental lease advertising bank charges contractor "
    "contractors contract cost costs"
)
KINDS = {
    "income": _names("income;revenue;inflow;money in;receipt;receipts;deposit"),
    "expense": _names("expense;expenses;expenditure;cost;outflow;money out"),
    "asset": frozenset({"asset"}),
    "receivable": frozenset({"receivable"}),
    "transfer": frozenset({"transfer"}),
    "in-kind": frozenset({"in kind", "donated goods"}),
}
