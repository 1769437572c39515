import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postings.ingest import CONSTANT_FIELDS, FIELDS, REQUIRED, ColumnMap, suggest_columns

SCHEMAS = {
    "glassdoor scraper": (
        ",Job Title,Salary Estimate,Job Description,Rating,Company Name,Location,Headquarters,Founded,Industry",
        {"title": "Job Title", "description": "Job Description", "company": "Company Name", "place": "Location"}
        | {"pay_text": "Salary Estimate"},
    ),
    "glassdoor in German": (
        "Job-Titel,Geschätztes Bruttogehalt,Stellenbeschreibung,Bewertung,Firmenname,Ort,Hauptsitz,Firmengröße,Umsatz",
        {"title": "Job-Titel", "description": "Stellenbeschreibung", "company": "Firmenname", "place": "Ort"}
        | {"pay_text": "Geschätztes Bruttogehalt"},
    ),
    "lower case and an index": (
        "Column1,company,job title,location,job description,salary estimate,company_size",
        {"title": "job title", "company": "company", "place": "location", "description": "job description"}
        | {"pay_text": "salary estimate"},
    ),
    "JobSpy": (
        (
            "id,site,job_url,job_url_direct,title,company,location,date_posted,job_type,salary_source,interval,min_amount,"
            "max_amount,currency,is_remote,job_level,job_function,listing_type,emails,description,company_industry,company_url"
        ),
        {"external_id": "id", "url": "job_url", "title": "title", "company": "company", "place": "location"}
        | {"date_posted": "date_posted", "employment_type": "job_type", "pay_period": "interval"}
        | {"pay_min": "min_amount", "pay_max": "max_amount", "pay_currency": "currency", "remote": "is_remote"}
        | {"seniority": "job_level", "description": "description"},
    ),
    "camel case": (
        ",Title,Company,Location,DatePosted,SalaryFrom,SalaryTo,EmploymentType,Source,preferred_skills,description",
        {"title": "Title", "company": "Company", "place": "Location", "date_posted": "DatePosted"}
        | {"pay_min": "SalaryFrom", "pay_max": "SalaryTo", "employment_type": "EmploymentType"}
        | {"description": "description"},
    ),
    "Google jobs": (
        "Job Query,Title,Company,Location,Posted,Source,Apply Links,Description",
        {"title": "Title", "company": "Company", "place": "Location", "date_posted": "Posted", "url": "Apply Links"}
        | {"description": "Description"},
    ),
    "LinkedIn actor": (
        (
            "id,url,title,company,location,description,applyUrl,employmentType,seniority,workplaceType,salary,postedAt,"
            "scrapedAt,searchTitle,searchLocation"
        ),
        {"external_id": "id", "url": "url", "title": "title", "company": "company", "place": "location"}
        | {"description": "description", "employment_type": "employmentType", "seniority": "seniority"}
        | {"remote": "workplaceType", "pay_text": "salary", "date_posted": "postedAt", "seen_on": "scrapedAt"},
    ),
    "LinkedIn dump": (
        (
            "job_id,company_name,title,description,max_salary,pay_period,location,company_id,views,med_salary,min_salary,"
            "formatted_work_type,applies,original_listed_time,remote_allowed,job_posting_url,application_url,expiry,"
            "closed_time,formatted_experience_level,skills_desc,listed_time,work_type,currency"
        ),
        {"external_id": "job_id", "company": "company_name", "title": "title", "description": "description"}
        | {"pay_min": "min_salary", "pay_max": "max_salary", "pay_text": "med_salary", "pay_period": "pay_period"}
        | {"pay_currency": "currency", "place": "location", "employment_type": "formatted_work_type"}
        | {"date_posted": "original_listed_time", "remote": "remote_allowed", "url": "job_posting_url"}
        | {"seniority": "formatted_experience_level"},
    ),
    "daily LinkedIn search": (
        "Job_ID,Link,Apply Link,Title,Company,Place,Description,HTML,Date",
        {"external_id": "Job_ID", "url": "Link", "title": "Title", "company": "Company", "place": "Place"}
        | {"description": "Description", "date_posted": "Date"},
    ),
    "one word each": (
        ",Name,Company,State,City,Salary,Location,Url,Description",
        {"title": "Name", "company": "Company", "region": "State", "city": "City", "pay_text": "Salary"}
        | {"place": "Location", "url": "Url", "description": "Description"},
    ),
    "Indeed in London": (
        (
            ",Unnamed: 0,company,job_title,job_descr,time_of_scrape,job_search_term,job_location,"
            "salary_from_page_source_as_stated,salary_from_page_source_conv_hourly,salary_from_page_source_time_period,date"
        ),
        {"company": "company", "title": "job_title", "description": "job_descr", "seen_on": "time_of_scrape"}
        | {"place": "job_location", "pay_text": "salary_from_page_source_as_stated", "date_posted": "date"}
        | {"pay_period": "salary_from_page_source_time_period"},
    ),
    "two names for the company": (
        "job_url,posted_job_title,principal_company_name,secondary_company_name,location,rating,rating_count,description",
        {"url": "job_url", "title": "posted_job_title", "company": "principal_company_name", "place": "location"}
        | {"description": "description"},
    ),
    "Polish board": (
        "position,salary_lower,salary_upper,main_skill,seniority,main_category,description,description_preprocessed",
        {"title": "position", "pay_min": "salary_lower", "pay_max": "salary_upper", "seniority": "seniority"}
        | {"description": "description"},
    ),
    "two kinds of type": (
        "title,location,publishedAt,companyName,description,applicationsCount,contractType,experienceLevel,workType,sector",
        {"title": "title", "place": "location", "date_posted": "publishedAt", "company": "companyName"}
        | {"description": "description", "employment_type": "contractType", "seniority": "experienceLevel"},
    ),
    "schema.org": (
        (
            "title,datePosted,hiringOrganization.name,jobLocation.address.addressLocality,jobLocation.address.addressCountry,"
            "employmentType,jobLocationType,baseSalary.currency,baseSalary.value.minValue,baseSalary.value.maxValue,"
            "baseSalary.value.unitText,identifier.value,description"
        ),
        {"title": "title", "date_posted": "datePosted", "company": "hiringOrganization.name"}
        | {"city": "jobLocation.address.addressLocality", "country": "jobLocation.address.addressCountry"}
        | {"employment_type": "employmentType", "remote": "jobLocationType", "pay_currency": "baseSalary.currency"}
        | {"pay_min": "baseSalary.value.minValue", "pay_max": "baseSalary.value.maxValue"}
        | {"pay_period": "baseSalary.value.unitText", "external_id": "identifier.value", "description": "description"},
    ),
    "paths into objects": (
        "header.jobTitle,header.location,header.employerName,header.posted,category.name,job.description",
        {"title": "header.jobTitle", "place": "header.location", "company": "header.employerName"}
        | {"date_posted": "header.posted", "description": "job.description"},
    ),
    "French": (
        "Intitulé du poste,Entreprise,Lieu de travail,Type de contrat,Salaire,Date de publication,Description du poste",
        {"title": "Intitulé du poste", "company": "Entreprise", "place": "Lieu de travail"}
        | {"employment_type": "Type de contrat", "pay_text": "Salaire", "date_posted": "Date de publication"}
        | {"description": "Description du poste"},
    ),
    "words that only hint": (
        "Vacancy Title Text,Employer Full Name,Full Description Text,Primary Location,Posting Date,Annual Salary GBP",
        {"title": "Vacancy Title Text", "company": "Employer Full Name", "description": "Full Description Text"}
        | {"place": "Primary Location", "date_posted": "Posting Date", "pay_text": "Annual Salary GBP"},
    ),
}


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_known_way_to_name_the_columns_is_mapped_without_help(name):
    header, expected = SCHEMAS[name]
    assert dict(suggest_columns(header.split(",")).columns) == expected


@pytest.mark.parametrize("header", [["", "Unnamed: 0", "Column1", "index"], ["views", "sector", "logo"]])
def test_row_numbers_and_strangers_are_no_fields(header):
    assert dict(suggest_columns(header).columns) == {}


def test_what_is_missing_is_named():
    assert suggest_columns(["Firma", "Ort"]).missing() == ["title", "description"]
    assert suggest_columns(["Titel", "Beschreibung"]).missing() == []


def test_the_content_overrules_a_name_that_misleads():
    header = ["title", "description", "workType", "position", "date"]
    sample = [
        {"title": "A", "description": "x", "workType": "Information Technology", "position": str(n), "date": "soon"}
        for n in range(9)
    ]
    assert dict(suggest_columns(header, sample).columns) == {"title": "title", "description": "description"}


def test_a_column_that_is_empty_yields_to_one_that_is_not():
    header = ["job_title", "title", "description"]
    sample = [{"job_title": "", "title": "Data Engineer", "description": "text"}]
    assert suggest_columns(header, sample).columns["title"] == "title"


def test_a_row_number_is_no_external_id_even_under_a_good_name():
    sample = [{"id": str(n), "title": f"T{n}", "description": "x"} for n in range(1, 20)]
    assert "external_id" not in suggest_columns(["id", "title", "description"], sample).columns


def test_an_id_that_different_postings_share_is_no_external_id():
    sample = [{"ref": f"R{n // 3}", "title": f"T{n}", "description": "x"} for n in range(12)]
    assert "external_id" not in suggest_columns(["ref", "title", "description"], sample).columns


def test_an_id_seen_on_several_days_stays_an_external_id():
    sample = [{"Job_ID": f"34{n // 3}99", "Title": f"T{n // 3}", "Description": "x"} for n in range(12)]
    assert suggest_columns(["Job_ID", "Title", "Description"], sample).columns["external_id"] == "Job_ID"


def test_a_second_column_is_asked_where_the_first_is_empty():
    columns = suggest_columns(["title", "description", "principal_company_name", "secondary_company_name"])
    assert columns.value({"principal_company_name": " ", "secondary_company_name": "Acme"}, "company") == "Acme"
    assert columns.value({"principal_company_name": "Main", "secondary_company_name": "Acme"}, "company") == "Main"


def test_a_map_can_be_stored_as_field_and_column_and_read_back():
    columns = suggest_columns(["title", "description", "principal_company_name", "secondary_company_name"])
    stored = columns.to_dict()
    assert stored["company"] == "principal_company_name"
    assert stored["company (2)"] == "secondary_company_name"
    assert ColumnMap.from_dict(stored) == columns
    assert ColumnMap.from_dict({"title": "T", "place": ""}) == ColumnMap({"title": "T"})


def test_a_field_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="salary"):
        ColumnMap.from_dict({"salary": "Gehalt"})


def test_the_required_fields_are_fields():
    assert set(REQUIRED) <= set(FIELDS)


columns_of_a_file = st.text(min_size=1, max_size=12)
maps = st.builds(
    ColumnMap,
    st.dictionaries(st.sampled_from(FIELDS), columns_of_a_file),
    st.dictionaries(st.sampled_from(FIELDS), st.lists(columns_of_a_file, min_size=1, max_size=12).map(tuple)),
    st.dictionaries(st.sampled_from(CONSTANT_FIELDS), columns_of_a_file),
)


@pytest.mark.slow
@given(maps)
def test_every_map_survives_being_stored(columns):
    assert ColumnMap.from_dict(json.loads(json.dumps(columns.to_dict()))) == columns


def test_what_is_the_same_for_all_rows_is_stored_as_fixed_and_stands_in_where_a_row_is_silent():
    columns = ColumnMap({"title": "T", "pay_currency": "cur"}, constants={"pay_currency": "PLN", "pay_period": "month"})
    assert columns.to_dict()["pay_currency (fixed)"] == "PLN"
    assert columns.value({"cur": "EUR"}, "pay_currency") == "EUR"
    assert columns.value({"cur": "N/A"}, "pay_currency") == "PLN"
    assert columns.value({}, "pay_period") == "month"
    assert columns.value({}, "title") == ""


def test_a_title_cannot_be_the_same_for_all_rows():
    with pytest.raises(ValueError, match="title"):
        ColumnMap({}, constants={"title": "Baker"})


def test_what_a_source_lacks_is_said_in_sentences():
    assert ColumnMap({"title": "T", "description": "D"}).lacks() == [
        "No column gives the company: postings will have no employer.",
        "No column gives the place: postings will have no place and no country.",
        "No column gives the date: postings will have no day.",
        "No column gives an id or an address: postings are told apart by company, title, place and text.",
        "No column gives the pay: postings will have none.",
    ]


def test_a_source_that_says_everything_lacks_nothing():
    columns = dict.fromkeys(("title", "description", "city", "date_posted", "url", "pay_min", "pay_currency"), "c")
    assert ColumnMap(columns, constants={"company": "Fernhollow"}).lacks() == []


def test_figures_of_pay_without_a_currency_are_pointed_out_until_one_is_named():
    columns = {name: name for name in ("title", "description", "company", "place", "date_posted", "url", "pay_min")}
    assert ColumnMap(columns).lacks() == [
        "No column gives the currency of pay: name one for all rows, or it stays open."
    ]
    assert ColumnMap(columns, constants={"pay_currency": "PLN"}).lacks() == []
