"""What stands around a title and says nothing about the work: marks, codes, calls, pay, contracts, ways of working.

Each pattern here describes a whole part of a title ("6 month contract", "Req 1234"), so that words of the work itself
("Contract Manager", "Remote Sensing Scientist") are never touched.
"""

import re

ORNAMENT = re.compile(
    "[\U0001f000-\U0001faff\u2190-\u21ff\u2600-\u26ff\u2700-\u27bf\u2b00-\u2bff★☆►▶◆◇●■□▪\ufe0f\u200d\ufffd]+"
    r"|\*{2,}|\${2,}(?!\s?\d)|~{2,}|!+$|!{2,}|¡|(?<=\s)\*(?=\s|$)|^\*+"
)

_GENDER_LETTER = r"(?:div(?:ers|erse)?\.?|gn|[mwfdxihvkan]|\*|all|any)"
GENDER = re.compile(
    rf"[(\[{{]\s*(?:{_GENDER_LETTER}(?:\s*[/|,*.:+&_-]\s*{_GENDER_LETTER}){{1,4}}|[mwfdxhgn]{{3,4}}|m/?w/?d|gn|"
    r"(?:all|any|every)[\s-]?genders?|alle(?: geschlechter)?|(?:he|she|they)(?:\s*/\s*(?:he|she|they|him|her|"
    r"them)){1,2}|"
    r"h/f|f/h|gender[\s-]?neutral|divers)\s*\*?\s*[)\]}]"
    r"|(?<![\w/.&+(-])(?:[mwfdxi]\s?[/|]\s?[mwfdxi]\s?[/|]\s?(?:div(?:ers)?|gn|[mwfdxian])(?:\s?[/|]\s?[mwfdxian])?"
    r"|m\s?/\s?w|w\s?/\s?m|m\s?/\s?f|f\s?/\s?m|h\s?/\s?f|f\s?/\s?h|m\s?/\s?v|v\s?/\s?m|m\s?/\s?k|k\s?/\s?m|mwd|"
    r"all genders?"
    r")\*?(?![\w/&+])",
    re.IGNORECASE,
)

_CODE_LABEL = (
    r"(?:(?:job|position|posting|vacancy|opening|reference|requisition|kennziffer|offre|oferta|stellen)?[\s_-]?"
    r"(?:req(?:uisition)?|ref(?:erence|erenz)?|id|nr|no|num(?:ber)?|code|kennziffer|jr|réf)\b[\s.:#_°-]*){1,3}"
)
_BARE_CODE = r"#?(?:[A-Z]{1,5}[-_ ]?)?\d[\dA-Z]*(?:[-_./]\d[\dA-Z]*)*"
CODE = re.compile(
    rf"(?:{_CODE_LABEL}{_BARE_CODE}|#\s?\d{{2,}}[\w-]*|(?:R|JR|REQ|RQ|JOB|VN|PR|TR|BH|SR|WD|IRC|P|"
    rf"J)[-_ ]?\d{{4,}}[\w-]*|"
    r"(?:R|JR|REQ|RQ|BH)[-_]\d{3,}[\w-]*|\d{2,4}-\d{3,}(?:-\d+)?|\d{5,}(?:[-_]\d+)*|"
    r"(?!(?:ISO|IEC|IEEE|RFC|CFR|MS|PL|AZ|DP|EN|DIN|SAP|RS|NIST|SAE|AS|BS|FY)[-_ ]?\d)[A-Z]{1,5}[-_]?\d{4,}(?:[-_]\d+)*"
    r"|\d{4,}[A-Z]{1,4})",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-/]\s?(?:(?:19|20)?\d\d))?")

CALL = re.compile(
    r"(?:urgent(?:ly)?(?: (?:hiring|requirement|need(?:ed)?|hire|opening|position|role|required))?|hot (?:job|role|"
    r"opening|requirement)|"
    r"(?:(?:we(?:'|’| a)?re |now |currently |actively |urgently )+)?(?:hiring|recruiting)(?: now| immediately| asap)?|"
    r"immediate(?:ly)? (?:hire|hiring|start|joiners?|joining|opening|need|requirement|interviews?|placement|available)|"
    r"apply (?:now|today|here)|join (?:us|our team|the team)(?: now| today)?|walk[- ]?in|new(?: job| role| position|"
    r" opening)?|neu|"
    r"(?:exciting|great|amazing|fantastic|excellent|new|career) (?:opportunity|role|position)|hiring event|"
    r"asap|start(?:ing)? asap|ab sofort|sofort|ab sofort gesucht|gesucht|wir suchen|(?:dringend|urgent) gesucht|"
    r"zum nächstmöglichen (?:zeitpunkt|termin)|recrutement urgent|urgence|se busca|contratando|vaga urgente|"
    r"multiple (?:openings|positions|locations)|(?:\d+|several|various) (?:openings|positions|locations)|"
    r"several openings)[!.]*",
    re.IGNORECASE,
)
# "We are hiring a ...", "Urgent: ...", "New! ...": before the title on its line.
OPENER = re.compile(
    r"^(?:(?:we(?:'|’| a)?re |now |currently |urgently )+(?:hiring|recruiting|looking for|"
    r"seeking)(?: for)?[\s:!-]+(?:an? )?|"
    r"(?:urgent(?:ly)? (?:hiring|requirement|need|needed|opening)(?: for)?|hiring(?: now| immediately)?|"
    r"immediate (?:hire|opening|need|hiring)(?: for)?)"
    r"(?:\s*[:!–-]+\s*|\s+(?:for\s+)?(?:an?\s+)?(?=[A-Z]))|"
    r"(?:urgent(?:ly)?|hot|new|neu|apply now|now|wanted|gesucht|join us|vacancy|job(?: title| opening)?|position|"
    r"role|title)\s*[:!]+\s*|"
    r"(?:wir suchen|nous recherchons|recherchons|buscamos|cerchiamo|szukamy|zatrudnimy)\s*:?\s+(?:einen?n? |une? |"
    r"una? )?)",
    re.IGNORECASE,
)

AMOUNT = (
    r"(?:(?:USD|EUR|GBP|CHF|PLN|CAD|AUD|INR|Rs\.?)\s?|[A-Z]{0,2}[$€£₹]\s?)\d[\d.,'\s]*[km]?(?:\s?/?\s?(?:lakh|lpa))?|"
    r"\d[\d.,']*\s?(?:k\b|[$€£₹]|(?:USD|EUR|GBP|CHF|PLN|CAD|AUD|INR|zł|lpa|lakhs?)\b)(?:\s?[€£$])?"
)
PAY_TIME = (
    r"(?:\s*(?:/|per |an? |pro |par |p\.?\s?)\s?(?:h(?:ou)?r?|hour|d(?:ay)?|w(?:ee)?k|week|mo(?:nth)?|y(?:ea)?r|year|"
    r"annum|a|"
    r"stunde|tag|monat|jahr|heure|jour|mois|an|month)\b\.?)?"
)
PAY = re.compile(
    rf"(?:(?:(?:salary|pay|rate|ote|base|gehalt|salaire|up to|upto|bis zu|bis|jusqu.à|hasta|from|ab|circa|ca\.?|c\.|"
    rf"to|earn|@|"
    rf"tjm|max\.?|min\.?|around|paying)[\s:]*){{0,3}}(?:{AMOUNT})\+?{PAY_TIME}"
    rf"(?:\s*(?:-|–|—|to|bis|à|a)\s*(?:{AMOUNT}|\d[\d.,]*\s?k?)\+?{PAY_TIME})?"
    r"|\d{1,3}\s?k?\s?[-–]\s?\d{1,3}\s?k"
    r")(?:\s*(?:\+|&|and|plus|salary|dependent|doe|ote|base|basic|annually|yearly|hourly|gross|brutto|brut|bonus|"
    r"benefits?|"
    r"equity|commission|"
    r"bens|package|car|sign[- ]?on|signing|pa|p\.a\.?|w2|c2c|1099|all inclusive|dependent on experience|"
    r"neg(?:otiable)?|uncapped|"
    r"inside ir35|outside ir35|pension|hybrid|remote|super|days?))*[\s+.*!]*"
    r"|\+?\s*(?:(?:up to\s)?(?:\$+\s?)?[\d.,k$€£ ]*\s?(?:sign[- ]?on|signing|joining|retention|referral|"
    r"hiring)\s?bonus(?:es)?(?: available)?)"
    r"(?:\s*(?:\+|&|and)\s*\w+){0,2}[!.]*"
    r"|\+\s*(?:great |excellent )?(?:benefits|bonus|equity|commission|bens)(?:\s*(?:\+|&|and)\s*(?:benefits|bonus|"
    r"equity|bens))*"
    r"|(?:competitive|great|excellent|good|attractive|high|top) (?:salary|pay|benefits|compensation)(?:\s*(?:\+|&|"
    r"and)\s*(?:benefits|bonus|equity))*",
    re.IGNORECASE,
)

MAYBE_PAY = re.compile(r"\d|bonus|salary|pay\b|benefits|bens\b|equity|commission|compensation", re.IGNORECASE)

_COUNT = (
    r"(?:\d{1,2}\s?(?:-|–|to|\+)?\s?(?:\d{1,2})?|six|three|twelve|nine|one|two)\s?\+?[\s-]*"
    r"(?:months?|mos?\b|mths?|years?|yrs?|weeks?|wks?|monate?|mois|meses|mesi|maanden)"
)
CONTRACT_WORDS = re.compile(
    rf"(?:(?:{_COUNT}|initial|long[- ]?term|short[- ]?term|rolling|fixed[- ]?term|open[- ]?ended|outside ir35|"
    rf"inside ir35|full[- ]?time|"
    r"part[- ]?time|temp(?:orary)?|perm(?:anent)?|limited|unlimited|w-?2|c2c|c2h|1099|corp[- ]?to[- ]?corp|b2b|uop|"
    r"freelance(?:r)?|"
    r"contract(?:or|ing)?|vollzeit|teilzeit|befristet|unbefristet|festanstellung|minijob|"
    r"\d{1,3}\s?[-–]?\s?\d{0,3}\s?%|cdi|cdd|"
    r"temps (?:plein|partiel|complet)|tiempo (?:completo|parcial)|jornada (?:completa|parcial)|tempo (?:pieno|"
    r"parziale|integral|"
    r"indeterminato|determinato)|indefinido|voltijd|deeltijd|fulltime|parttime|pełny etat|umowa o pracę|contrat|"
    r"duration|position|"
    r"role|term|ftc|extension|extensions|with|possible|possibility of|possibility|for|only|or|and|und|oder|ou|et|y|o|"
    r"e|in|of|"
    r"to|hire|perm|direct[- ]hire|temp[- ]to[- ](?:perm|hire)|contract[- ]to[- ]hire|(?:right|"
    r"contract)[- ]to[- ]hire|regular|exempt|non-exempt|"
    r"employee|employment|basis|no|sponsorship|visa|usc|gc|ead|h1b|us citizens?|citizens?|locals?|candidates?|"
    r"preferred|required|"
    r"\d{1,2}(?:[.,]\d)?\s?(?:-|–)?\s?\d{0,2}\s?(?:h|hrs?|hours?|std\.?|stunden|uur|heures|godz)(?:\s?(?:/|per|pro|a|"
    r"p\.?)\s?(?:week|woche|wk|w|month|semaine|w\.?))?|"
    r"(?:immediate )?start|asap)(?:[\s,/&+|.:;-]+|$))+",
    re.IGNORECASE,
)
# One of these must be there, or the words above say nothing of a contract.
CONTRACT = re.compile(
    rf"{_COUNT}|full[- ]?time|part[- ]?time|\btemp(?:orary)?\b|\bperm(?:anent)?\b|\bw-?2\b|\bc2[ch]\b|\b1099\b|"
    rf"corp[- ]?to[- ]?corp|\bb2b\b|"
    r"freelance|\bcontract|vollzeit|teilzeit|befristet|festanstellung|minijob|\bcd[id]\b|temps |tiempo |jornada |"
    r"tempo |indefinido|"
    r"voltijd|deeltijd|\betat|fixed[- ]?term|\bftc\b|ir35|direct[- ]hire|sponsorship|\bvisa\b|\busc\b|citizens?\b|"
    r"\d\s?%|"
    r"\d\s?(?:h|hrs?|hours?|std\.?|stunden|uur|heures|godz)\b|long[- ]?term|short[- ]?term|locals? only",
    re.IGNORECASE,
)

WORKPLACE = re.compile(
    r"\b(?:(?:100\s?%|fully|full|partially|partly|temporarily|currently|mostly|initially)\s*)?(?:remote(?:ly)?|"
    r"hybrid[ea]?[rs]?|on-?\s?site|in[- ]?office|"
    r"in[- ]person|home\s?-?office|wfh|work(?:ing)?[- ]from[- ]home|work[- ]from[- ]anywhere|telecommut(?:e|ing)|"
    r"virtual|teletrabajo|télétravail|"
    r"remoto|remota|híbrido|zdalnie|zdalna|mobiles arbeiten|anywhere|worldwide|thuiswerk(?:en)?|smart working)\b",
    re.IGNORECASE,
)
# What may stand beside a way of working or a place, in a part that says nothing else.
BESIDE = frozenset(
    (
        "a", "allowed", "and", "anywhere", "around", "area", "available", "based", "bay", "city", "days", "day",
        "eligible", "emea", "eu", "europe", "european", "ex", "first", "flexible", "for", "friendly", "from", "fully",
        "global", "globally", "greater", "in", "home", "home-based", "hours", "is", "job", "latam", "local", "located",
        "location", "locations", "metro", "near", "nearby", "nationwide", "north", "america", "of", "office", "ok",
        "okay", "on", "only", "open", "opportunity", "option", "optional", "options", "or", "other", "per", "position",
        "possible", "preferred", "primarily", "provided", "region", "relocation", "required", "role", "setup", "site",
        "state", "states", "statewide", "the", "time", "timezone", "to", "us", "usa", "uk", "week", "weekly",
        "welcome", "with", "within", "work", "working", "x", "und", "oder", "aus", "möglich", "arbeiten", "arbeit",
        "standort", "raum", "großraum", "umgebung", "bundesweit", "deutschlandweit", "apac", "dach", "cet", "est",
        "pst", "1", "2", "3", "4", "5", "100", "100%", "50%", "2-3", "1-2", "3-4",
    )
)  # fmt: skip
# "Remote Sensing Scientist" and "Hybrid Cloud Engineer" are about something else.
REMOTE_LEAD = re.compile(
    r"^(?:(?:100\s?%|fully)\s+)?remote\s+(?!sens|desktop|support|monitor|control|access|infrastructure|patient|"
    r"operat|area|site|i/o|"
    r"hands|exploit|system|work|care|learning|teach|pilot|vehicle|drone|first|health|deposition|team|sales|job|or\b|"
    r"and\b)(?=[A-Z(])",
    re.IGNORECASE,
)
# Towns that are words of the work as well.
WORDS_OF_WORK = frozenset(
    (
     "mobile", "reading", "nice", "split", "bath", "media", "industry", "commerce", "enterprise", "surprise", "orange",
     "home", "energy", "research triangle", "security", "phoenix", "mechanic", "law", "marketing", "male", "south",
     "central", "global",
    )
)  # fmt: skip
# Behind these a number is a part of a name.
STANDARD = re.compile(
    r"\b(?:ISO|IEC|IEEE|RFC|CFR|EN|DIN|SAE|AS|BS|NIST|office|windows|server|level|tier|class)$", re.IGNORECASE
)
# Between the parts of a title.
SEPARATOR = re.compile(r"\s+[-–—|•·:~/@]+\s+|\s*[|•·–—]\s*|\s*[,;]\s+|(?<=\w)[-:]\s+|\s+-(?=\w)|\s*,(?=[A-Z])|\s+\*\s+")
