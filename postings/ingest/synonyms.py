"""What boards, scrapers and spreadsheets call our fields: English, German, and the commoner words of other languages.

Names are compared without case, accents and punctuation ("Job-Titel" = "jobtitel"); the first of a list is the best.
Dots are kept: they are the paths into JSON objects ("hiringOrganization.name").
"""

FIELDS = (
    "title", "company", "description", "place", "city", "region", "country", "date_posted", "external_id", "url",
    "pay_text", "pay_min", "pay_max", "pay_currency", "pay_period",
    "seniority", "employment_type", "remote", "language", "seen_on",
)  # fmt: skip
REQUIRED = ("title", "description")

SYNONYMS: dict[str, str] = {
    "title": (
        "jobtitle title positiontitle postedjobtitle postingtitle vacancytitle roletitle jobname positionname "
        "titleraw jobtitel titel stellentitel stellenbezeichnung berufsbezeichnung bezeichnung stelle position "
        "vacancy vacature functietitel functie job role rolename designation headline intituledeposte intitule "
        "titredeposte titre poste puesto puestodetrabajo titulo cargo titolo posizione tituldapozicji stanowisko "
        "nazwastanowiska name "
        "intituleduposte"
    ),
    "company": (
        "companyname company employer employername hiringorganization.name hiringorganization company.displayname "
        "company.name employer.name organization organisation organizationname organisationname firma firmenname "
        "unternehmen unternehmensname arbeitgeber firm firmname principalcompanyname secondarycompanyname "
        "hiringcompany advertiser recruiter entreprise societe employeur empresa compania azienda bedrijf "
        "bedrijfsnaam werkgever pracodawca nazwafirmy"
    ),
    "description": (
        "jobdescription description fulldescription descriptiontext jobdescr jobdesc descriptionhtml "
        "joblongdescription jobdetails details descr desc jobtext fulltext body content text rawtext "
        "stellenbeschreibung jobbeschreibung beschreibung anzeigentext stellentext aufgabenbeschreibung "
        "descriptionduposte descripcion descripciondelpuesto descrizione descricao omschrijving functieomschrijving "
        "opis opisstanowiska html jobsummary summary snippet "
        "descriptionplain qualificationsummary descriptiondelemploi"
    ),
    "place": (
        "location joblocation place formattedlocation locationname locationraw location.displayname location.name "
        "worklocation officelocation companylocationjob standort ort arbeitsort einsatzort stadtort lieu "
        "lieudetravail localisation ubicacion lugar luogo sede localizacao plaats standplaats werklocatie "
        "lokalizacja miejscepracy workplace locations"
    ),
    "city": (
        "city jobcity locationcity town joblocation.address.addresslocality joblocation.addresslocality address.city "
        "location.city addresslocality stadt ville ciudad citta cidade stad miasto gemeinde"
    ),
    "region": (
        "state region province jobstate locationstate statecode stateprovince joblocation.address.addressregion "
        "address.region address.state location.region location.state addressregion bundesland county provincia "
        "wojewodztwo kanton"
    ),
    "country": (
        "country jobcountry countryname countrycode locationcountry joblocation.address.addresscountry.name "
        "joblocation.address.addresscountry address.country location.country addresscountry land staat pays pais "
        "paese kraj"
    ),
    "date_posted": (
        "dateposted posteddate postedat postedon postedtime posted jobposteddate jobpostingdate postingdate "
        "dateofposting posteddatetime publishedat publisheddate publicationdate publishdate published datepublished "
        "pubdate originallistedtime listedat listeddate listedtime dateadded createdat createddate created "
        "creationdate creationtime opendate date datum veroffentlichtam veroffentlicht veroffentlichungsdatum "
        "einstelldatum datumderveroffentlichung onlineseit datedepublication datepublication fechadepublicacion "
        "fechapublicacion fecha datadipubblicazione datadepublicacao datapublikacji data "
        "postdate listingdate firstpublished publicationstartdate"
    ),
    "external_id": (
        "externalid jobid jobpostingid postingid vacancyid jobkey jobreference jobref reference referencenumber "
        "refnumber requisitionid reqid jobreqid requisition identifier.value identifier stellennummer referenznummer "
        "kennziffer uniqid uuid guid id "
        "positionid"
    ),
    "url": (
        "joburl jobpostingurl jobpostinglink postingurl joblink sourceurl url link href weblink permalink "
        "canonicalurl absoluteurl redirecturl stellenlink anzeigenlink joburldirect applyurl applylink applylinks "
        "joblapplylink applicationurl applicationlink jobapplylink lien enlace "
        "pageurl hostedurl positionuri externeurl sharelink"
    ),
    "pay_text": (
        "salarytext salaryestimate salary salaryrange salarystring jobsalary pay payrange compensation "
        "compensationrange compensationtext wage wages salaryfrompagesourceasstated estimatedsalary "
        "geschatztesbruttogehalt geschatztesgehalt bruttogehalt gehalt gehaltsspanne gehaltsangabe jahresgehalt "
        "monatsgehalt bruttojahresgehalt stundenlohn lohn verdienst vergutung remuneration salaire salario sueldo "
        "stipendio retribuzione remuneracao salaris wynagrodzenie medsalary mediansalary avgsalary averagesalary "
        "salaryavg salaryyearavg salaryhouravg "
        "payrate"
    ),
    "pay_min": (
        "salarymin minsalary minamount minimumsalary salaryminimum salarylower lowersalary salaryfrom fromsalary "
        "salarylow minpay paymin payfrom compensationmin mincompensation basesalary.value.minvalue salary.min "
        "salary.from jobminsalary gehaltvon gehaltmin mindestgehalt salairemin salariominimo"
    ),
    "pay_max": (
        "salarymax maxsalary maxamount maximumsalary salarymaximum salaryupper uppersalary salaryto tosalary "
        "salaryhigh maxpay paymax payto compensationmax maxcompensation basesalary.value.maxvalue salary.max "
        "salary.to jobmaxsalary gehaltbis gehaltmax hochstgehalt salairemax salariomaximo"
    ),
    "pay_currency": (
        "salarycurrency paycurrency currency currencycode compensationcurrency basesalary.currency salary.currency "
        "jobsalarycurrency wahrung gehaltswahrung devise moneda valuta waluta"
    ),
    "pay_period": (
        "payperiod salaryperiod salaryinterval payinterval interval compensationinterval salarytimeperiod "
        "salaryfrompagesourcetimeperiod basesalary.value.unittext salary.period salaryunit salaryrate "
        "jobsalaryperiod payfrequency salaryfrequency salarytype wageperiod zeitraum"
    ),
    "seniority": (
        "seniority senioritylevel jobseniority joblevel experiencelevel formattedexperiencelevel careerlevel level "
        "karrierestufe karrierelevel erfahrungsstufe berufserfahrung niveaudexperience niveldeexperiencia"
    ),
    "employment_type": (
        "employmenttype employmentform jobtype contracttype formattedworktype jobscheduletype scheduletype "
        "jobemploymenttype contracttime worktype workschedule timetype beschaftigungsart anstellungsart arbeitszeit "
        "arbeitszeitmodell vertragsart typedecontrat tipodecontrato contrato "
        "employmenttypejobstatus employmentstatuses commitment"
    ),
    "remote": (
        "isremote remote remoteallowed jobisremote remotestatus remotetype remotework workplacetype workmode "
        "workmodel workarrangement worklocationtype joblocationtype locationtype workfromhome jobworkfromhome "
        "workfromhometype telecommuting telecommute workformat homeoffice teletrabajo teletravail"
    ),
    "language": (
        "language lang languagecode descriptionlanguage textlanguage postinglanguage sprache langue idioma lingua "
        "taal jezyk"
    ),
    "seen_on": (
        "scrapedat scrapeddate scrapedate datescraped scrapetime timeofscrape scrapedon scrapetimestamp crawledat "
        "crawldate crawltimestamp collectedat collectedon retrievedat retrievaldate fetchedat extractedat "
        "extractiondate harvestedat seenon"
    ),
}

# Ends of paths that say too little alone: "category.name", "recruiter.title".
VAGUE_ENDS = frozenset(
    (
        "name", "id", "label", "type", "value", "code", "title", "text", "date", "url", "country", "state", "min",
        "max", "from", "to", "description",
    )
)  # fmt: skip

# Names that are in no list: a word that must be in it, and words that must not.
_MONEY = "(salary|pay|wage|gehalt|compensation)"
_MONEY = "(salary|pay|wage|gehalt|compensation)"
PATTERNS: dict[str, tuple[str, str]] = {
    "title": (r"title|titel", r"company|search|query|page|seo|short|meta|department|industry|sub"),
    "company": (r"(company|employer|firm|organi[sz]ation).*name|firmenname", r"parent|search|query|job"),
    "description": (
        r"descri|beschreibung",
        r"company|org|preprocess|clean|token|short|lang|skill|benefit|industry|employer|firm|unternehmen|meta|len|type",
    ),
    "place": (r"location|standort|arbeitsort", r"company|search|query|type|id$|lat|lon|url|hq|headquarter"),
    "date_posted": (
        r"post(ed|ing)?.*(date|time)|(date|time).*post|publi.*(date|time|at$)",
        r"scrap|crawl|expir|end|clos|last",
    ),
    "pay_min": (rf"{_MONEY}.*(min|low|from|von)|(min|low|from).*{_MONEY}", r"hourly|conv|norm"),
    "pay_max": (rf"{_MONEY}.*(max|upp|high|bis|to$)|(max|upp|high).*{_MONEY}", r"hourly|conv|norm"),
    "pay_text": (
        r"salary|gehalt|wage|compensation",
        r"min|max|low|upp|from|to$|currency|period|interval|type|source$|hourly|conv|unit|norm|predicted|id$",
    ),
    "url": (r"(job|posting|vacancy).*(url|link)|(url|link).*(job|posting|vacancy)", r"company|logo|image|employer"),
}
