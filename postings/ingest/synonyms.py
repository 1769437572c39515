"""Our fields, and the words by which a column's name tells them or something else.

The names themselves, in eight languages, are in words/columns.toml.
"""

FIELDS = (
    "title", "company", "description", "place", "city", "region", "country", "date_posted", "external_id", "url",
    "pay_text", "pay_min", "pay_max", "pay_currency", "pay_period",
    "seniority", "employment_type", "remote", "language", "seen_on",
)  # fmt: skip
REQUIRED = ("title", "description")
LANGUAGES = ("en", "de", "fr", "es", "pt", "nl", "it", "pl")

# Ends of paths that say too little alone: "category.name", "recruiter.title".
VAGUE_ENDS = frozenset(
    (
        "name", "id", "label", "type", "value", "code", "title", "text", "date", "url", "country", "state", "min",
        "max", "from", "to", "description", "level", "html", "link", "href", "created", "body", "content", "summary",
        "identifier", "published", "details", "role", "position", "titel", "titre", "titulo", "titolo", "nom",
        "nombre", "naam", "descripcion", "beschreibung", "uri",
    )
)  # fmt: skip
# Ends of paths that name what stands before them: "company.name", "lieuTravail.libelle".
NAME_ENDS = frozenset(
    ("name", "displayname", "label", "libelle", "nom", "nombre", "nome", "naam", "nazwa", "descriptor")
)
NAMED_FIELDS = frozenset(
    ("company", "place", "city", "region", "country", "pay_text", "seniority", "employment_type", "language")
)
# Beginnings of paths that only wrap the posting: "job.title", "jobPostingInfo.jobDescription".
WRAPPERS = frozenset(
    (
        "job", "jobs", "posting", "jobposting", "jobpostinginfo", "vacancy", "offer", "data", "item", "items",
        "attributes", "node", "properties", "fields", "record", "source", "result", "listing", "ad", "stelle", "offre",
        "oferta", "vaga", "vacature", "annuncio",
    )
)  # fmt: skip
# Words that may stand around a name without changing it: "Titel der Stelle", "fecha de publicación de la oferta".
FILLERS = frozenset(
    (
        "the", "a", "of", "for", "job", "jobs", "posting", "vacancy", "raw", "full", "text", "field", "col", "der",
        "die", "das", "des", "dem", "zur", "zum", "von", "stelle", "stellen", "anzeige", "stellenanzeige", "de", "la",
        "le", "les", "l", "d", "du", "offre", "annonce", "emploi", "del", "el", "los", "las", "oferta", "empleo",
        "do", "da", "dos", "das", "o", "vaga", "emprego", "het", "een", "van", "vacature", "di", "il", "lo", "dell",
        "della", "annuncio", "offerta", "lavoro", "oferty", "ogloszenia", "pracy", "praca",
    )
)  # fmt: skip

_MONEY = "(salary|pay|wage|gehalt|compensation|salaire|salario|stipendio|salaris|wynagrodzenie)"
# Names that are in no list: a word that must be in it, and words that must not.
PATTERNS: dict[str, tuple[str, str]] = {
    "title": (r"title|titel", r"company|search|query|page|seo|short|meta|department|industry|sub|norm|clean"),
    "company": (r"(company|employer|firm|organi[sz]ation).*name|firmenname", r"parent|search|query|job|url"),
    "description": (
        r"descri|beschreibung",
        r"company|org|preprocess|clean|token|short|lang|skill|benefit|industry|employer|firm|unternehmen|meta|len|type",
    ),
    "place": (r"location|standort|arbeitsort", r"company|search|query|type|id$|lat|lon|url|hq|headquarter|count"),
    "date_posted": (
        r"post(ed|ing)?.*(date|time)|(date|time).*post|publi.*(date|time|at$)|veroe?ffentlichung",
        r"scrap|crawl|expir|end|clos|last",
    ),
    "pay_min": (rf"{_MONEY}.*(min|low|from|von)|(min|low|from).*{_MONEY}", r"hourly|conv|norm"),
    "pay_max": (rf"{_MONEY}.*(max|upp|high|bis|to$)|(max|upp|high).*{_MONEY}", r"hourly|conv|norm"),
    "pay_text": (
        r"salary|gehalt|wage|compensation|salaire|salario|stipendio|salaris|wynagrodzenie",
        r"min|max|low|upp|from|to$|currency|period|interval|type|source$|hourly|conv|unit|norm|predicted|id$",
    ),
    "url": (r"(job|posting|vacancy).*(url|link)|(url|link).*(job|posting|vacancy)", r"company|logo|image|employer"),
}

# Words that say of a column that it is about something else than our fields.
STRANGERS = (
    r"skill|kompetenz|benefit|perk|competenc|kenntnis|compétence|umiejetno|vorteile|avantage|beneficio|"
    r"applicant|applications?count|applycount|applies|numapplic|bewerberzahl|candidat|views?$|clicks?$|likes?$|"
    r"search|query|keyword|suchbegriff|recherche|busqueda|busca|zoek|ricerca|wyszuk|"
    r"scrap|crawl|abgerufen|expir|valid(through|until|to|bis)|deadline|clos(ed|ing)|enddate|dateend|bewerbungsfrist|"
    r"datelimite|vencimiento|sluitingsdatum|scadenza|updat|modif|changed|geaendert|geandert|aktualisiert|gegrundet|"
    r"founded|logo|image|photo|picture|icon|avatar|thumbnail|e?mails?$|phone|telefon|contact|kontakt|poster|"
    r"industr|sector|sektor|branche|secteur|categor|kategor|catégor|settore|branza|funktion|jobfunction|department|"
    r"abteilung|departament|team|education|bildung|degree|diplom|studi|experience(years|months|range)|"
    r"(years|months)(of)?experience|rating|review|bewertung|stars|score|rank|page|site$|domain|portal|status|"
    r"latitude|longitude|^lat$|^lon$|^lng$|coordinat|hash|token|preprocess|cleaned|normali[sz]ed|embedding|vector|"
    r"headquarter|hauptsitz|siege|competitor|konkurrent|revenue|umsatz|ownership|rechtsform|employees|mitarbeiter|"
    r"num[a-z]*words|sponsored|tracking|session|currentpage|vacancycount"
)
# Words for the employer: with anything but its name behind them, a column is about the employer, not the posting.
EMPLOYERS = (
    r"compan(y|ies)|employer|organi[sz]ation|organisatie|unternehmen|firmen|firma(?=[a-z])|entreprise|empresa|azienda|"
    r"bedrijfs|werkgever|pracodawc|arbeitgeber|employeur"
)

# Beginnings of words that names of jobs are made of, in our eight languages; with what may stand before them.
ROLE_WORDS = (
    r"\w*engineer|\w*developer|develop\b|\w*programm(?:er|ierer|eur|ista)|\w*analyst\b|analyste|analista|analityk|"
    r"\w*architect|\w*architekt|architecte|arquitect|architetto|\w*scientist|\w*manager|gestionnaire|gerente|"
    r"kierownik|\w*leiter(?:in)?\b|\w*consultant|\w*berater|consulente|konsultant|conseiller|\w*administrator|"
    r"administrateur|administrador|\w*specialist|spécialiste|especialista|specjalista|specialista|\w*assistant|"
    r"\w*assistent|asistente|assistente|asystent|\w*technician|\w*techniker|technicien|técnico|tecnico|technik\b|"
    r"\w*designer|grafiker|\w*director|directeur|dyrektor|\w*direktor|\w*coordinator|koordinator|coordinat(?:eur|ore)|"
    r"coordinador|intern\b|internship|trainee|praktikant|stagiaire|becari|werkstudent|\w*officer|\w*executive\b|"
    r"\w*lead\b|head of|\w*supervisor|\w*nurse|pflege\w*|infirmi|enfermer|\w*teacher|lehrer|\w*driver|fahrer|chauffeur|"
    r"\w*accountant|buchhalter|comptable|contador|księgow|\w*clerk|\w*operator|\w*mechanic|\w*entwickler|"
    r"développeur|desarrollador|desenvolvedor|ontwikkelaar|sviluppatore|programista|ingénieur|ingenier|engenheiro|"
    r"ingegnere|inżynier|\w*ingenieur|\w*medewerker|sachbearbeiter|referent|\w*therapist|\w*representative|"
    r"sales associate|associate\b|cashier|\w*worker|advisor|adviser|recruiter|\w*writer|editor|researcher|"
    r"\w*forscher|statistician|tester|\w*owner\b|scrum master|\w*attorney|lawyer|counsel|chef\b|cook\b|housekeeper|"
    r"receptionist|\w*fachkraft|mitarbeiter(?:in)?\b|verkäufer|vendeur|vendedor|sprzedawca|educator|professor|lecturer"
)
# Words that names of companies are made of: legal forms first.
COMPANY_WORDS = (
    r"inc\.?|llc|l\.l\.c|ltd\.?|limited|gmbh|mbh|ag|kg|se|plc|corp\.?|corporation|company|co\.|s\.?a\.?s?\.?|s\.?r\.?l|"
    r"s\.?p\.?a|s\.?l\.?|b\.?v|n\.?v|sp\.? z o\.?o|lda|ltda|pty|oy|ab|aps|group|gruppe|holdings?|partners|associates|"
    r"bank|university|universität|hospital|institute|college|foundation|technolog(?:y|ies)|solutions|consulting|"
    r"systems|services|software|labs?|studios?|capital|health|financial|insurance|media|global|international|"
    r"recruitment|staffing|agency|trust|council|networks?|analytics|digital|energy|pharma\w*|ventures|logistics"
)
