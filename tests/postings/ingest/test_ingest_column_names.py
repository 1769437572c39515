import tomllib

import pytest

from postings.ingest import FIELDS, suggest_columns
from postings.ingest.column_names import NAMES_FILE, folded, is_stranger, says_nothing
from postings.ingest.synonyms import LANGUAGES

# Headers as a person of that language might write them, with what each column is.
HEADERS = {
    "en, a spreadsheet": "Vacancy=title;Hiring Company=company;Town=city;Advert Text=description;Posted on=date_posted",
    "en, from an applicant system": (
        "reqId=external_id;roleTitle=title;fullDescription=description;officeLocation=place;commitment=employment_type;"
        "payFrom=pay_min;payTo=pay_max;currencyCode=pay_currency;crawledAt=seen_on"
    ),
    "en, wrapped in objects": "job.title=title;job.description=description;job.location=place;employer.name=company",
    "de, a spreadsheet": (
        "Stellenbezeichnung=title;Arbeitgeber=company;Einsatzort=place;Bundesland=region;Beschreibung=description;"
        "Veröffentlicht am=date_posted;Gehalt von=pay_min;Gehalt bis=pay_max;Währung=pay_currency"
    ),
    "de, without umlauts": (
        "Titel der Stelle=title;Taetigkeitsbeschreibung=description;Veroeffentlichungsdatum=date_posted;"
        "Waehrung=pay_currency;Beschaeftigungsart=employment_type;Laendercode=country"
    ),
    "de, the rest": "Anstellungsart=employment_type;Karrierestufe=seniority;Homeoffice=remote;Sprache=language",
    "fr, a spreadsheet": (
        "Intitulé=title;Société=company;Ville=city;Région=region;Pays=country;Descriptif du poste=description;"
        "Date de parution=date_posted;Rémunération=pay_text;Référence=external_id;Lien de l'offre=url"
    ),
    "fr, the rest": (
        "Type d'emploi=employment_type;Niveau d'expérience=seniority;Télétravail=remote;Langue=language;"
        "Devise=pay_currency"
    ),
    "fr, with a word more": "Titre de l'annonce=title;Nom de la société=company;Texte de l'annonce=description",
    "es, a spreadsheet": (
        "Puesto=title;Empresa=company;Ubicación=place;Descripción=description;Fecha de publicación=date_posted;"
        "Sueldo=pay_text;Enlace=url"
    ),
    "es, the rest": (
        "Tipo de contrato=employment_type;Modalidad=remote;Nivel de experiencia=seniority;Idioma=language;País=country;"
        "Moneda=pay_currency;Salario mínimo=pay_min;Salario máximo=pay_max;Ciudad=city;Provincia=region"
    ),
    "es, with a word more": (
        "Fecha de publicación de la oferta=date_posted;Nombre de la empresa=company;Identificador=external_id"
    ),
    "pt, a spreadsheet": (
        "Título da vaga=title;Companhia=company;Localização=place;Descrição da vaga=description;"
        "Data de publicação=date_posted;Faixa salarial=pay_text;Link da vaga=url;Código da vaga=external_id"
    ),
    "pt, the rest": (
        "Regime de contratação=employment_type;Senioridade=seniority;Trabalho remoto=remote;Cidade=city;Estado=region;"
        "Moeda=pay_currency;Salário até=pay_max;Salário a partir de=pay_min"
    ),
    "nl, a spreadsheet": (
        "Functietitel=title;Werkgever=company;Standplaats=place;Functieomschrijving=description;"
        "Geplaatst op=date_posted;Salaris=pay_text;Vacaturenummer=external_id;Vacature-URL=url"
    ),
    "nl, the rest": (
        "Dienstverband=employment_type;Ervaringsniveau=seniority;Thuiswerken=remote;Taal=language;Woonplaats=city;"
        "Provincie=region;Land=country;Salaris vanaf=pay_min;Salaris tot=pay_max;Opgehaald op=seen_on"
    ),
    "it, a spreadsheet": (
        "Posizione=title;Azienda=company;Sede di lavoro=place;Descrizione=description;"
        "Data di pubblicazione=date_posted;Retribuzione=pay_text;Riferimento=external_id;Link annuncio=url"
    ),
    "it, the rest": (
        "Tipologia contrattuale=employment_type;Livello=seniority;Smart working=remote;Lingua=language;Città=city;"
        "Regione=region;Paese=country;Stipendio da=pay_min;Stipendio massimo=pay_max;Valuta=pay_currency"
    ),
    "pl, a spreadsheet": (
        "Stanowisko=title;Pracodawca=company;Miejsce pracy=place;Opis oferty=description;Data dodania=date_posted;"
        "Wynagrodzenie=pay_text;Numer referencyjny=external_id;Link do oferty=url"
    ),
    "pl, the rest": (
        "Rodzaj umowy=employment_type;Poziom stanowiska=seniority;Praca zdalna=remote;Język=language;Miasto=city;"
        "Województwo=region;Kraj=country;Wynagrodzenie od=pay_min;Wynagrodzenie do=pay_max;Waluta=pay_currency"
    ),
    "pl, on the fold of ł": "Treść ogłoszenia=description;Nazwa oferty=title;Data dodania=date_posted;Spółka=company",
    "fr, in objects": (
        "offre.intitule=title;entreprise.nom=company;lieuTravail.libelle=place;salaire.libelle=pay_text;"
        "dateCreation=date_posted"
    ),
    "two languages in one file": "Job Title=title;Firma=company;Ort=place;Description=description;Gehalt=pay_text",
}

STRANGERS = (
    "company_description", "Company URL", "companyLogo", "Unternehmensbeschreibung", "Firmengröße",
    "Sitio web de la empresa", "Descrição da empresa", "Bedrijfsomschrijving", "Descrizione azienda",
    "Opis firmy pracodawcy", "employer.description", "hiringOrganization.address.addressLocality", "recruiter.title",
    "recruiter.name",
    "category.name", "author.name", "skills", "Required Skills", "Kompetenzen", "Compétences requises", "benefits",
    "Avantages", "applicationsCount", "num_applicants", "Anzahl Bewerberzahl", "search_query", "searchTitle",
    "Suchbegriff", "Job Query", "search location", "validThrough", "expiry_date", "Bewerbungsfrist", "Date limite",
    "closing date", "updated_at", "Aktualisiert am", "industry", "Branche", "Secteur d'activité", "job_function",
    "department", "rating", "Bewertung", "views", "logo_url", "poster_name", "email", "latitude",
    "description_preprocessed", "title_normalized", "page", "status", "Funktion", "fonction", "salary_source",
    "education level", "years of experience", "skills_desc", "headquarters", "scrape_id",
)  # fmt: skip


@pytest.mark.parametrize("name", HEADERS)
def test_columns_are_known_by_their_names_in_eight_languages(name):
    expected = dict(pair.split("=") for pair in HEADERS[name].split(";"))
    assert dict(suggest_columns(list(expected)).columns) == {field: column for column, field in expected.items()}


@pytest.mark.parametrize("column", STRANGERS)
def test_a_name_that_says_something_else_is_no_field(column):
    assert dict(suggest_columns([column]).columns) == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_names_in_every_language(language):
    listed = tomllib.loads(NAMES_FILE.read_text(encoding="utf-8"))
    assert [name for name in FIELDS if not listed[name].get(language)] == []


def test_no_name_stands_for_two_fields():
    listed = tomllib.loads(NAMES_FILE.read_text(encoding="utf-8"))
    fields: dict[str, set[str]] = {}
    for name in FIELDS:
        for words in listed[name].values():
            for word in words.split("|"):
                fields.setdefault(folded(word), set()).add(name)
    shared = {word: sorted(names) for word, names in fields.items() if len(names) > 1}
    assert shared == {}


@pytest.mark.parametrize(
    "column", ["col1", "field_7", "Column 3", "Spalte 4", "Unnamed: 2", "V12", "c", "17", "2024-03-01"]
)
def test_some_names_say_nothing(column):
    assert says_nothing(column)


@pytest.mark.parametrize("column", ["id", "title", "Ort", "job_2_title", "Datum", "URL", "nr"])
def test_short_names_that_say_something_are_not_overlooked(column):
    assert not says_nothing(column)


def test_the_employer_itself_is_no_stranger():
    assert [
        name for name in ("company_name", "Firmenname", "Nombre de la empresa", "employer") if is_stranger(name)
    ] == []
