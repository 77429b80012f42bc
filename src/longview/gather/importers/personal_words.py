"""Words of headers that tell who somebody is, in the languages that are met most; small letters, accents left out.

A header is of a kind where it is one of its `phrases`, or one of its `words` stands there and all others only say whose
or which (`BESIDE`, `beside`): "phone number" is one, "phone bills" is not. `alone` counts with no other word only.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """The words of one kind, parted by spaces; `phrases` by semicolons."""

    words: str = ""
    alone: str = ""
    beside: str = ""
    phrases: str = ""


BESIDE = """
1 2 3 a an and of the or no nr num number numero nummer nombre numer de del della di du da do der des la le el los
van client clients participant participants patient patients person persons people staff worker employee caller
contact individual member guest visitor volunteer emergency parent mother father partner next kin s my your his her
their own home work private personal main primary secondary other alternate alternative current last latest first
second full complete legal preferred given family middle maiden nick nickname sur title whole birth date day year
month time exact precise code id street line city town state zip cliente participante paciente persona usuario
usuaria personne patiente beneficiaire teilnehmer teilnehmerin klient klientin patientin person deelnemer klant
utente cliente contato contacto kontakt kontaktperson mitarbeiter mitarbeiterin trabajador trabajadora empleado
empleada employe employee funcionario medewerker personal reverso text field value entry info information details
optional required if known incident event call caller y e et und famille familia mm dd yyyy yy residence residential
mailing postal billing permanent location place address home's
"""

KINDS = {
    "name": Kind(
        words="""
name names firstname lastname fullname givenname familyname surname forename middlename maidenname nickname alias
aka nombre nombres apellido apellidos nom prenom prenoms vorname nachname familienname rufname nome nomes cognome
sobrenome apelido naam voornaam achternaam fornavn etternavn efternavn fornamn efternamn etunimi sukunimi imie
nazwisko jmeno prijmeni имя фамилия отчество фио ім'я прізвище 姓名 名前 氏名 이름 الاسم clientname participantname
patientname staffname workername callername initials initial initialen initiales iniciales iniziali iniciais
initialer
""",
    ),
    "birth": Kind(
        words="""
dob birthdate birthday birthdates dateofbirth birthyear yearofbirth yob birth born geburtsdatum geburtstag
geburtsjahr nacimiento naissance nascimento nascita geboortedatum geboortejaar fodselsdato fodselsdag fodelsedatum
fodelsedag syntymaaika urodzenia fechanacimiento fechadenacimiento datedenaissance datanascimento рождения 生年月日 出生日期
""",
        beside="""
fecha data datum ano annee an anno jahr jaar rok data дата год country place lugar lieu luogo local age
""",
    ),
    "age": Kind(
        phrases="""
age in days; age days; age in weeks; age in months; age in hours; exact age; age exact; precise age; age at death in
days; alter in tagen; edad exacta; edad en dias; age exact en jours; age en jours
""",
    ),
    "phone": Kind(
        words="""
phone telephone tel cellphone mobilephone phonenumber telefon telefono telefone telephonenumber telefoon
telefonnummer telefoonnummer handynummer mobilnummer mobilenumber cellnumber celular movil portable whatsapp gsm
puhelin numertelefonu телефон 电话 電話 전화 هاتف
""",
        alone="cell handy fax msisdn",
        beside="cell mobile mobil day evening fax ext extension landline fijo fixe tele",
    ),
    "mail": Kind(
        words="""
email emails emailaddress mailaddress correoelectronico courriel mailadresse epost emailadresse почта 邮箱 メール
""",
        beside="adresse direccion adres",
        phrases="e mail; e mail address; mail address; e mail adresse; correo electronico; direccion de correo; adresse e mail",
    ),
    "address": Kind(
        words="""
address addresses adresse adressen adress adres direccion domicilio endereco morada indirizzo domicile strasse
straße homeaddress streetaddress anschrift wohnort hausnummer адрес 地址 住所 주소 عنوان intersection crossstreet
crossstreets
""",
        alone="street road apartment apt block rue calle rua via straat gata",
        beside="""
cross nearest closest block hundred hundredth apt unit apartment suite ip 100 rue calle mailing from pick up pickup
drop off
""",
    ),
    "zip": Kind(
        words="""
zip zipcode zipcodes zip5 zip4 postcode postalcode postleitzahl plz codepostal codigopostal cep postnummer
""",
        phrases="""
zip code; post code; postal code; code postal; codigo postal; codice postale; home zip; zip code of residence
""",
    ),
    "place": Kind(
        words="""
latitude longitude lat lon lng coordinates coordinate coords coord geocode geolocation gps latlong latlng latlon
latitud longitud latitudine longitudine breitengrad langengrad easting northing geometry geom xcoord ycoord geohash
plus_code what3words point_x point_y широта долгота 纬度 经度
""",
        alone="long x y shape the_geom",
        beside="""
long random randomized randomised rounded masked jittered approximate wgs84 dd decimal degrees deg x y point
""",
    ),
    "number": Kind(
        words="""
ssn nhsnumber mrn medicalrecord dni nif nss cpf curp rut bsn personnummer fodselsnummer socialsecurity clientid
participantid patientid personid memberid recordid visitorid guestid hmisid uniqueid uuid guid pseudonym clientcode
participantcode patientcode clientnumber participantnumber patientnumber clientno medicaid medicaidid medicare
passport passportnumber driverslicense driverlicense licenseplate licenceplate incidentid incidentnumber casenumber
caseid callid callnumber runnumber reportnumber visitid encounterid cadnumber
""",
        alone="""
client participant patient cliente participante paciente klient teilnehmer identifier pseudonym
""",
        phrases="""
social security; social security number; ss number; ss #; medical record; medical record number; nhs number;
medicaid number; drivers license; driver's license; driver license number; license plate; passport number; hmis id;
unique identifier; unique id; seguro social; numero de seguro social; numero de securite sociale;
sozialversicherungsnummer; steuernummer
""",
    ),
}

# A code of one of these is somebody's: "participant no", "incident #". "number of participants" is a count.
OWNERS = """
client participant patient person member guest visitor individual caller subject respondent recipient consumer
beneficiary incident case call run event record report encounter visit cad dispatch cliente participante paciente
teilnehmer klient patientin beneficiaire deelnemer
"""
CODES = """
id ids code number no nr num numero nummer key identifier identificador identifiant kennung hash ref reference #
"""

# The name, street or number of one of these is nobody's: "site name", "name of item", "account number".
THINGS = """
site sites fund funds item items program programme programs organization organisation agency funder grant project
product brand drug drugs substance medication service services measure state county city town country region area
jurisdiction hospital clinic pharmacy facility place school department team station unit location route van
neighborhood neighbourhood district precinct account class vendor supplier company business category type kind group
option role post job position event campaign month day week host user-agent web website url bank budget line chart
center centre office source dataset sitio fondo articulo producto programa organizacion estado condado ciudad pais
site's standort fonds artikel programm verein stadt land lieu produit programme organisation ville pays
"""

# What a table has of its own: "field name" is nobody's either, and says nothing of what stands in "field 7".
PARTS = "file column field sheet table variable"

# Whose street is nobody's home.
PREMISES = """
site sites clinic pharmacy hospital agency organization organisation vendor supplier venue facility office warehouse
program programme fund funder standort
"""

# Common given names, to know a column of names by.
GIVEN_NAMES = """
james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald
steven paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary nicholas
eric jonathan stephen larry justin scott brandon benjamin samuel gregory frank alexander raymond patrick jack dennis
jerry tyler aaron jose adam henry nathan douglas zachary peter kyle mary patricia jennifer linda elizabeth barbara
susan jessica sarah karen lisa nancy betty margaret sandra ashley kimberly emily donna michelle carol amanda melissa
deborah stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda pamela emma nicole helen
samantha katherine christine debra rachel carolyn janet catherine maria heather diane ruth julie olivia joyce
virginia victoria kelly lauren christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria
teresa ann sara madison frances kathryn janice jean alice carlos juan luis miguel jorge pedro manuel francisco
antonio javier fernando ricardo diego rafael ramon alejandro carmen rosa ana guadalupe sofia lucia elena isabel
marta ines tomas wren jean pierre michel philippe alain nicolas marie nathalie isabelle sylvie camille hans klaus
jurgen wolfgang stefan andreas thomas petra sabine monika ursula jan piotr anna katarzyna ivan olga natalia sergei
dmitri ahmed mohamed mohammed muhammad ali fatima omar hassan aisha wei li ming yan priya raj amit kenji yuki minh
linh ngoc kofi ama tom tim joe jim bob bill mike dave steve chris matt dan ben sam alex jen kate liz sue beth pat
tony nick greg jeff doug
"""
