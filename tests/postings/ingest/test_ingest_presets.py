"""Exports that are known: recognised by their columns, and mapped as their documentation says."""

import json
from datetime import date

import pytest

from postings.ingest import FIELDS, RawRow, clean_row, read_rows, sniff_format, suggestions
from postings.ingest.presets import presets, recognised

# Columns as the exports write them, and the mapping. "(2)" marks a fallback, as in ColumnMap.to_dict.
EXPORTS = {
    "JobSpy": (
        (
            "id,site,job_url,job_url_direct,title,company,location,date_posted,job_type,salary_source,interval,min_amount,"
            "max_amount,currency,is_remote,job_level,job_function,listing_type,emails,description,company_industry,"
            "company_url,company_logo,skills,experience_range,vacancy_count,work_from_home_type"
        ),
        (
            "external_id=id;url=job_url;url (2)=job_url_direct;title=title;company=company;place=location;"
            "date_posted=date_posted;employment_type=job_type;pay_period=interval;pay_min=min_amount;pay_max=max_amount;"
            "pay_currency=currency;remote=is_remote;remote (2)=work_from_home_type;seniority=job_level;"
            "description=description"
        ),
    ),
    "LinkedIn (search scraper)": (
        "job_id,link,apply_link,title,company,company_link,place,description,description_html,date,date_text,insights",
        (
            "external_id=job_id;url=link;url (2)=apply_link;title=title;company=company;place=place;"
            "description=description;description (2)=description_html;date_posted=date;date_posted (2)=date_text"
        ),
    ),
    "LinkedIn (guest scraper)": (
        (
            "id,publishedAt,postedTime,salary,title,jobUrl,companyName,companyUrl,location,applicationsCount,description,"
            "contractType,experienceLevel,workType,sector,applyUrl,applyType,posterFullName"
        ),
        (
            "external_id=id;date_posted=publishedAt;date_posted (2)=postedTime;pay_text=salary;title=title;url=jobUrl;"
            "url (2)=applyUrl;company=companyName;place=location;description=description;employment_type=contractType;"
            "seniority=experienceLevel"
        ),
    ),
    "LinkedIn (posting scraper)": (
        (
            "id,trackingId,refId,link,title,companyName,companyLinkedinUrl,companyLogo,location,salaryInfo,postedAt,"
            "benefits,descriptionHtml,applicantsCount,applyUrl,descriptionText,seniorityLevel,employmentType,jobFunction,"
            "industries,companyDescription"
        ),
        (
            "external_id=id;url=link;url (2)=applyUrl;title=title;company=companyName;place=location;"
            "pay_text=salaryInfo;date_posted=postedAt;description=descriptionText;"
            "description (2)=descriptionHtml;seniority=seniorityLevel;"
            "employment_type=employmentType"
        ),
    ),
    "LinkedIn (Bright Data)": (
        (
            "url,job_posting_id,job_title,company_name,company_id,job_location,job_summary,job_seniority_level,"
            "job_function,job_employment_type,job_industries,company_url,job_posted_time,job_num_applicants,apply_link,"
            "country_code,job_posted_date,job_description_formatted,timestamp"
        ),
        (
            "url=url;url (2)=apply_link;external_id=job_posting_id;title=job_title;company=company_name;"
            "place=job_location;description=job_summary;description (2)=job_description_formatted;"
            "seniority=job_seniority_level;employment_type=job_employment_type;date_posted=job_posted_date;"
            "date_posted (2)=job_posted_time;country=country_code;seen_on=timestamp"
        ),
    ),
    "Indeed": (
        (
            "positionName,salary,jobType,company,location,rating,reviewsCount,url,id,postedAt,postingDateParsed,scrapedAt,"
            "description,externalApplyLink,searchInput.position,searchInput.country,isExpired"
        ),
        (
            "title=positionName;pay_text=salary;employment_type=jobType;company=company;place=location;url=url;"
            "url (2)=externalApplyLink;external_id=id;date_posted=postingDateParsed;date_posted (2)=postedAt;"
            "seen_on=scrapedAt;description=description"
        ),
    ),
    "Indeed (Bright Data)": (
        (
            "jobid,company_name,date_posted_parsed,job_title,description_text,benefits,qualifications,job_type,location,"
            "salary_formatted,company_rating,company_reviews_count,country,date_posted,description,region,company_link,"
            "apply_link,srcname,url,is_expired,job_location"
        ),
        (
            "external_id=jobid;company=company_name;date_posted=date_posted_parsed;date_posted (2)=date_posted;"
            "title=job_title;description=description_text;description (2)=description;employment_type=job_type;"
            "place=job_location;place (2)=location;pay_text=salary_formatted;country=country;region=region;url=url;"
            "url (2)=apply_link"
        ),
    ),
    "Glassdoor": (
        (
            ",Job Title,Salary Estimate,Job Description,Rating,Company Name,Location,Headquarters,Size,Founded,"
            "Type of ownership,Industry,Sector,Revenue,Competitors,Easy Apply"
        ),
        "title=Job Title;pay_text=Salary Estimate;description=Job Description;company=Company Name;place=Location",
    ),
    "Google Jobs (SerpApi)": (
        (
            "title,company_name,location,via,share_link,thumbnail,extensions,detected_extensions.posted_at,"
            "detected_extensions.schedule_type,detected_extensions.salary,description,job_highlights,apply_options.title,"
            "apply_options.link,job_id"
        ),
        (
            "title=title;company=company_name;place=location;url=share_link;url (2)=apply_options.link;"
            "date_posted=detected_extensions.posted_at;employment_type=detected_extensions.schedule_type;"
            "pay_text=detected_extensions.salary;description=description;external_id=job_id"
        ),
    ),
}

# One record each as the interfaces answer, in our own words.
RECORDS = {
    "Adzuna": (
        {
            "id": "77001", "adref": "eyJ", "title": "Cider Analyst", "description": "You taste and you count.",
            "created": "2026-02-03T10:00:00Z", "redirect_url": "https://www.adzuna.example/details/77001",
            "company": {"display_name": "Fernhollow"}, "category": {"label": "IT Jobs", "tag": "it-jobs"},
            "location": {"display_name": "Leeds, West Yorkshire", "area": ["UK", "Leeds"]},
            "salary_min": 30000, "salary_max": 34000, "salary_is_predicted": "0", "contract_time": "full_time",
            "contract_type": "permanent", "latitude": 53.8, "longitude": -1.5,
        },
        "Cider Analyst|Fernhollow|Leeds, West Yorkshire|2026-02-03|full-time||77001|30000",
    ),
    "Greenhouse": (
        {
            "id": 4105, "internal_job_id": 88, "title": "Pomologist", "updated_at": "2026-03-09T08:00:00-05:00",
            "first_published": "2026-03-02T08:00:00-05:00", "requisition_id": "R-9", "company_name": "Moss & Stone",
            "location": {"name": "Porto, Portugal"}, "absolute_url": "https://boards.example.io/moss/jobs/4105",
            "content": "&lt;p&gt;You name the apples that nobody knows.&lt;/p&gt;", "metadata": None,
            "departments": [{"id": 1, "name": "Fruit", "child_ids": []}], "offices": [{"id": 2, "name": "Porto"}],
        },
        "Pomologist|Moss & Stone|Porto, Portugal|2026-03-02|||4105|",
    ),
    "Lever": (
        {
            "id": "9f2c", "text": "Beekeeper, Platform", "hostedUrl": "https://jobs.example.co/nettle/9f2c",
            "applyUrl": "https://jobs.example.co/nettle/9f2c/apply", "createdAt": 1772582400000, "country": "PL",
            "workplaceType": "hybrid", "state": "published",
            "categories": {"commitment": "Full-time", "team": "Hives", "department": "Ops", "location": "Kraków"},
            "descriptionPlain": "You keep the bees that keep us.", "description": "<div>You keep the bees.</div>",
            "additional": "<p>We answer.</p>", "additionalPlain": "We answer.",
            "lists": [{"text": "You bring", "content": "<li>calm</li>"}, {"text": "We bring", "content": "<li>x</li>"}],
            "salaryRange": {"min": 90000, "max": 120000, "currency": "PLN", "interval": "per-year-salary"},
        },
        "Beekeeper, Platform||Kraków|2026-03-04|full-time|hybrid|9f2c|90000",
    ),
    "Ashby": (
        {
            "id": "b7", "title": "Grafting Lead", "department": "Trees", "team": "Old Trees",
            "employmentType": "FullTime", "location": "Bologna", "secondaryLocations": [], "isRemote": True,
            "workplaceType": None, "publishedAt": "2026-01-15T09:30:00.000+00:00", "isListed": True,
            "address": {"postalAddress": {"addressLocality": "Bologna", "addressCountry": "Italy"}},
            "jobUrl": "https://jobs.example.com/graft/b7", "applyUrl": "https://jobs.example.com/graft/b7/application",
            "descriptionHtml": "<p>You join twigs.</p>", "descriptionPlain": "You join twigs to trunks.",
            "shouldDisplayCompensationOnJobPostings": True,
            "compensation": {"compensationTierSummary": "€50K – €60K • Offers Equity",
                             "scrapeableCompensationSalarySummary": "€50K - €60K"},
        },
        "Grafting Lead||Bologna|2026-01-15|full-time|remote|b7|50000",
    ),
    "Workday": (
        {
            "jobPostingInfo": {
                "id": "c1", "title": "Cellar Engineer", "jobDescription": "<p>You watch the barrels.</p>",
                "location": "Lyon, France", "postedOn": "Posted 3 Days Ago", "startDate": "2026-02-20",
                "timeType": "Full time", "jobReqId": "JR-501", "jobPostingId": "Cellar-Engineer_JR-501",
                "country": {"descriptor": "France", "id": "54c5"}, "canApply": True, "posted": True,
                "externalUrl": "https://quatre.example.com/Careers/job/Cellar-Engineer_JR-501",
            },
            "hiringOrganization": {"name": "Quatre Vents", "url": ""},
        },
        "Cellar Engineer|Quatre Vents|Lyon, France|2026-02-20|full-time||JR-501|",
    ),
    "schema.org JobPosting": (
        {
            "@context": "https://schema.org/", "@type": "JobPosting", "title": "Press Operator",
            "description": "<p>You press apples.</p>", "datePosted": "2026-02-11", "validThrough": "2026-04-01",
            "employmentType": "PART_TIME", "jobLocationType": "TELECOMMUTE",
            "identifier": {"@type": "PropertyValue", "name": "Birkwood", "value": "P-12"},
            "hiringOrganization": {"@type": "Organization", "name": "Birkwood", "sameAs": "https://birkwood.example"},
            "jobLocation": {"@type": "Place", "address": {"addressLocality": "Utrecht", "addressCountry": "NL"}},
            "baseSalary": {"currency": "EUR", "value": {"minValue": 18, "maxValue": 21, "unitText": "HOUR"}},
        },
        "Press Operator|Birkwood|Utrecht, NL|2026-02-11|part-time|remote|P-12|18",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_is_recognised_and_mapped(name):
    header, expected = EXPORTS[name]
    found = suggestions(header.split(","))
    assert found.preset == name
    assert found.map.to_dict() == dict(pair.split("=") for pair in expected.split(";"))


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_of_an_interface_becomes_a_posting(name, tmp_path):
    record, expected = RECORDS[name]
    path = tmp_path / "export.json"
    path.write_text(json.dumps([record, record | {"id": "other"}]), encoding="utf-8")
    rows = [row for row in read_rows(path, sniff_format(path, name=path.name)) if isinstance(row, RawRow)]
    found = suggestions(list(rows[0].values), [row.values for row in rows])
    assert found.preset == name
    row = clean_row(rows[0], found.map, seen_on=date(2026, 3, 20), language_of=lambda text: "en")
    pay = str(int(row.pay.min)) if row.pay else ""
    said = (row.title, row.company, row.place, str(row.date_posted or ""), row.employment_type, row.remote)
    assert "|".join((*said, row.external_id, pay)) == expected
    assert row.text.startswith("You ")


def test_an_export_says_its_name_with_each_column():
    header = EXPORTS["JobSpy"][0].split(",")
    because = {entry.column: entry.because for entry in suggestions(header).columns}
    assert because["min_amount"] == "JobSpy export"
    assert because["company_logo"] == "JobSpy export: none of our fields"


def test_what_stands_in_a_column_overrules_an_export():
    header = EXPORTS["JobSpy"][0].split(",")
    rows = [dict.fromkeys(header, "") | {"date_posted": "soon", "title": "Baker"} for _ in range(5)]
    assert "date_posted" not in suggestions(header, rows).map.columns


def test_a_few_columns_in_common_are_no_export():
    assert recognised(["id", "title", "company", "location", "description", "date_posted", "job_type"]) is None


@pytest.mark.parametrize("preset", presets(), ids=lambda preset: preset.name)
def test_a_preset_can_be_recognised_and_contradicts_itself_nowhere(preset):
    columns = [column for names in preset.fields.values() for column in names]
    assert len(columns) == len(set(columns))
    assert not set(columns) & preset.unused
    assert {"title", "description"} <= set(preset.fields) <= set(FIELDS)
    assert 4 <= preset.needs <= len(preset.signature)
    assert preset.signature <= set(columns) | preset.unused, "a signature column is a field or known to be none"
    assert recognised(sorted(preset.signature)) == preset
