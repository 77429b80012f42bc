"""Columns that tell who somebody is are named, others are not; and no value of a cell is ever handed on."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longview.gather.importers.personal import header_kind, personal_columns

TELLING = """
Name|Full Name|First Name|Last name|LASTNAME|firstName|Client Name|Participant's name|name of participant|Staff name
Preferred name|Nickname|Initials|Client initials|Nombre|Apellidos|Nombre y apellido|Nom|Prénom|Nom de famille
Vorname|Nachname|Name, Vorname|Имя|ФИО|姓名|氏名|Naam|Emergency contact name|Name (first)|Name_Last|Mother's maiden name
DOB|D.O.B.|Date of Birth|birth_date|BirthDate|Birth Year|Year of birth|Place of birth|Geburtsdatum
Fecha de nacimiento|Date de naissance|Data de nascimento|Geboortedatum|Fødselsdato|生年月日|dob (mm/dd/yyyy)|Age in days
age_days|Exact age|Alter in Tagen|Phone|Phone number|phone_no|Cell phone|Tel.|Telephone|Home Phone|Mobile phone
Teléfono|Téléphone|Telefon|Handynummer|Phone 2|Emergency contact phone|WhatsApp|Celular|E-mail|Email address|email
Correo electrónico|E-Mail-Adresse|Address|Street address|Home address|Adresse|Dirección|Endereço|Mailing Address
address_line_1|Address 2|Incident address|Block address|Nearest intersection|Cross street|Address of residence|Zip
ZIP code|Postal code|Postcode|PLZ|Home zip code|Incident ZIP|Latitude|longitude|Lat|Long|lng|X|Y|GPS coordinates
Incident latitude|latitude_random|Coords|geometry|SSN|Social Security|Social Security Number|SS#|MRN
Medical record number|Client ID|client_id|ClientID|Participant code|Participant #|Patient No.|person_id|Unique ID
UUID|Participant unique identifier|ID of participant|HMIS ID|Medicaid ID|Incident number|Case no|Call ID|Run number
Visit ID|Driver's license|Client|Participant
"""

INNOCENT = """
Site name|fund name|name of item|Program name|Agency name|State Name|City name|Drug name|File name|County name
Event name|Item|Location name|Month|Date|Incident date|Year|Time|Visits|Participants|Number of participants
Participants seen|No. of clients|clients|New clients|Unique participants|participants_12_months|Syringes out|Kits
narcan_given|Age group|Age|Agency|Average age|Gender|Race|Births|Birth control|Phone bills|Phone calls|Phones
phone support sessions|mail|Mail orders|Kits mailed|Site address|Website|Address book updates|Mobile
Mobile unit visits|Home visits|Street outreach hours|Cell size|Amount|Account|Account number|Fund code|Item code
Invoice number|Class|Memo|Data Value|Percent Complete|State|Jurisdiction|Period|Footnote Symbol|Case definition
Cases|Case|Incident type code|Incident type|Event type|Call type|Calls|Referrals|Wounds treated|Role|Hours|Vacancies
Cap|Lives saved|Initial visits|Value|Count|Total|Rate per 100,000|Long-term funding|Notes written|Street team
Referred to|Emergency visits|Home ownership
"""


def headers(block: str) -> list[str]:
    return [name for line in block.strip().splitlines() for name in line.split("|")]


@pytest.mark.parametrize("name", headers(TELLING))
def test_a_header_that_tells_who_somebody_is(name: str) -> None:
    assert personal_columns(["Month", name, "Visits"], []) == [name]


@pytest.mark.parametrize("name", headers(INNOCENT))
def test_a_header_that_tells_nobody(name: str) -> None:
    assert header_kind(name) == ""
    assert personal_columns([name, "Visits"], [[str(n), str(n)] for n in (3, 1, 4, 1, 5, 9, 2, 6)]) == []


def rows(cells: list[str]) -> list[list[str]]:
    """A log with a day, those cells, and a count."""
    return [[f"2024-03-{day:02d}", cell, str(day % 4)] for day, cell in enumerate(cells, start=1)]


CELLS = {
    "phone": ["(401) 555-0132", "401-555-0199", "401.555.0101", "+1 401 555 0170", "4015550123 ", "n/a"],
    "phone-run-together": ["4015550132", "4015550199", "4015550101"],
    "phone-abroad": ["+44 20 7946 0958", "020 7946 0958", "06 12 34 56 78", "+49 30 901820123"],
    "mail": ["a.b@example.org", "wren@example.com", "", "x@y.example"],
    "security": ["078-05-1120", "219-09-9999"],
    "street": ["12 Main St", "145 Broad Street, Apt 3", "9 Elm Ave", "700 block of N Hill Rd"],
    "street-abroad": ["Calle Mayor 12", "Hauptstraße 5", "12 rue des Lilas", "Via Roma 3"],
    "name": ["Maria Lopez", "John Smith", "Smith, Karen", "J. Doe", "Tomás de la Cruz", "Susan O'Neil"],
    "birth": ["1984-05-02", "1979-11-30", "1992-01-17", "2001-08-09"],
    "birth-abroad": ["02.05.1984", "30.11.1979", "17.01.1992"],
    "point": ["33.4196, -111.8904", "33.3971, -111.9249", "(33.4297, -111.9334)"],
    "code": ["AB1984", "CD1979", "EF1992", "GH2001", "JK1966", "LM1988", "NO1990", "PQ1973", "RS1969"],
    "uuid": [f"{n:08x}-11aa-4bcd-9123-0242ac130003" for n in range(10, 19)],
    "record": ["4830021", "4811003", "4839917", "4700023", "4890001", "4823345", "4809998", "4861200"],
}  # fmt: skip


@pytest.mark.parametrize("kind", CELLS)
@pytest.mark.parametrize("name", ["Who", "Field 7", "Notes"])
def test_cells_that_tell_who_somebody_is_under_any_header(kind: str, name: str) -> None:
    assert personal_columns(["Date", name, "Kits"], rows(CELLS[kind])) == [name]
    assert personal_columns(["Date", "", "Kits"], rows(CELLS[kind])) == ["column B"]


HARMLESS = {
    "site": ["Main Street", "Van", "Main Street", "St. Mary", "Van", "Depot", "Main Street", "Van"],
    "months": ["2022-01", "2022-02", "2022-03", "2022-04", "2022-05", "2022-06", "2022-07", "2022-08"],
    "month names": ["Jan-22", "Feb-22", "Mar-22", "Apr-22", "May-22", "Jun-22", "Jul-22", "Aug-22"],
    "month codes": ["2022M01", "2022M02", "2022M03", "2022M04", "2022M05", "2022M06", "2022M07", "2022M08"],
    "months run together": ["202201", "202202", "202203", "202204", "202205", "202206", "202207", "202208"],
    "days run together": ["20220101", "20220205", "20220309", "20220401", "20220517", "20220611", "20220702", "20220830"],
    "counts": ["3", "1", "<5", "12", "1,204", "*", "NA", "0"],
    "large counts": ["4034", "4084", "4101", "4133", "4196", "4222", "10043", "9988"],
    "grouped": ["1 234 567", "2 345 678", "3 456 789"],
    "money": ["1,204.50", "36.00", "-12.10", "9120.45", "8200.00", "77.31", "150.00", "1.99"],
    "shares": ["0.519094", "0.016557", "0.009926", "0.150406", "0.070646", "0.087530", "0.058732", "0.343051"],
    "row numbers": [str(n) for n in range(1, 9)],
    "later days": ["2024-04-02", "2024-04-30", "2024-05-17", "2025-01-01"],
    "kinds": ["wound care", "syringes", "wound care", "food", "naloxone kit", "food", "syringes", "food"],
    "people": ["Outreach worker", "Director", "Peer", "Outreach worker", "Peer", "Nurse", "Director", "Peer"],
    "times": ["13:30", "09:05", "22:10", "00:15", "07:45", "18:20", "16:00", "11:11"],
}  # fmt: skip


@pytest.mark.parametrize("kind", HARMLESS)
def test_cells_that_tell_nobody(kind: str) -> None:
    assert personal_columns(["Date", "What", "Kits"], rows(HARMLESS[kind])) == []


def test_a_pair_of_columns_with_points_on_a_map_needs_no_header() -> None:
    at = [["2017-01-03", "33.4196", "-111.8904"], ["2017-01-09", "33.3971", "-111.9249"]] * 4
    assert personal_columns(["date", "a", "b"], at) == ["a", "b"]


def test_a_column_of_birth_days_alone_is_known_by_its_strewn_years() -> None:
    born = [
        "1984-05-02",
        "1979-11-30",
        "1992-01-17",
        "2001-08-09",
        "1966-03-03",
        "1988-12-12",
        "1955-06-30",
        "1990-02-02",
    ]
    assert personal_columns(["when"], [[day] for day in born]) == ["when"]
    assert personal_columns(["when"], [[day] for day in sorted(born)]) == []  # an old log in its order


def test_what_belongs_to_premises_is_nobodys() -> None:
    assert personal_columns(["Site", "Kits"], [["12 Main St", "3"], ["9 Elm Ave", "4"]]) == []
    assert personal_columns(["Location", "Kits"], [["12 Main St", "3"], ["9 Elm Ave", "4"]]) == ["Location"]
    assert (
        personal_columns(["Vendor"], [["Karen Smith Supplies"], ["John Brown Ltd"], ["Mary Jones"], ["Lee Ann Co"]])
        == []
    )


@given(
    st.lists(st.text(max_size=20), max_size=6),
    st.lists(st.lists(st.text(max_size=30), max_size=8), max_size=12),
)
def test_whatever_stands_there_only_names_of_columns_come_back(header: list[str], sample: list[list[str]]) -> None:
    found = personal_columns(header, sample)
    assert set(found) <= {name.strip() for name in header} | {f"column {letter}" for letter in "ABCDEF"}


def test_long_and_hostile_cells_take_no_time() -> None:
    generator = random.Random(10)
    cells = ["1 " * 5000, "(" * 9000, "9-" * 4000, "a@" * 3000, "1" * 100_000, "Calle " * 3000, "12 st " * 3000]
    cells += ["".join(generator.choice("1 -()/.x+a") for _ in range(5000)) for _ in range(20)]
    assert personal_columns(["Who"] * 3, [[cell, cell, cell] for cell in cells]) in ([], ["Who"])
