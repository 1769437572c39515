"""Contact data in texts: kept in the record, masked wherever a text is shown or exported."""

import re

MASK = "•"

_AT = r"(?:@|\s@\s|\s?[(\[{<]\s?(?:at|ät|arroba|chez)\s?[)\]}>]\s?|\s?_at_\s?)"
_DOT = r"(?:\.|\s?[(\[{<]\s?(?:dot|punkt|punto|point)\s?[)\]}>]\s?|\s?_dot_\s?)"
EMAIL = re.compile(rf"(?<![\w.+-])[\w.+-]{{1,64}}{_AT}[\w-]+(?:{_DOT}[\w-]+)+", re.IGNORECASE)
# Where such an address may be at all; looked for first because it is found fast.
_MAYBE_EMAIL = re.compile(r"@|[(\[{<]\s?(?:at|ät|arroba|chez)\s?[)\]}>]|_at_", re.IGNORECASE)
# "jane dot doe at orchard dot example": only where the dots are spelt out as well.
_ENDS = (
    r"(?:com|org|net|info|biz|edu|gov|io|ai|co|eu|uk|us|ca|au|in|il|de|at|ch|fr|es|pt|br|it|nl|be|ie|pl|cz|se|dk|no|"
    r"fi|example)"
)
_SPELT_EMAIL = re.compile(
    rf"\b[\w+-]+(?:(?:\.| dot )[\w+-]+){{0,2}} at [\w-]+(?: dot [\w-]+){{0,3}}? dot {_ENDS}\b", re.IGNORECASE
)
# "@Component" and "@media" are code, "@scale" and "@home" are words, "@angular/core" is a package.
_NO_HANDLES = (
    r"(?!(?:scale|home|work|once|all|here|least|risk|large|heart|best|same|time|gmail|component|autowired|service|bean|"
    r"override|injectable|entity|media|import|param|return|repository|controller|restcontroller|configuration|test|"
    r"before|after|"
    r"transactional|deprecated|input|output|ngmodule|dataclass|property|staticmethod|classmethod|pytest|fixture|app|"
    r"types|"
    r"interface|implementation|end|selector|property|synthesize|published|state|binding|observedobject|mainactor|"
    r"requestmapping|"
    r"getmapping|postmapping|springbootapplication|enable\w*|json\w*|column|table|id|font|page|charset|keyframes|"
    r"supports|layer|apply|extend|include|mixin)\b)"
)
# Those that touch are one: behind the first no other would begin a word.
HANDLE = re.compile(rf"(?<![\w@./])(?:@{_NO_HANDLES}[A-Za-z_][\w.]{{1,28}}\w\b(?![/(]))+", re.IGNORECASE)
_DIGITS = r"\d(?:[\s./-]{0,2}\d)"
# Seven to fifteen digits with the usual separators; years, ranges of pay and ids of requisitions must survive.
PHONE = re.compile(
    r"(?<![\w$€£₹.,/#-])"
    r"(?:\(?\+\s?\d{1,3}\)?[\s./-]{0,2}(?:\(\d{1,4}\)[\s./-]{0,2})?\d(?:[\s./-]{0,2}\d){5,12}"
    r"|00\d{1,3}[\s./-]?(?:\(0\)\s?)?\d(?:[\s./-]?\d){6,11}"
    r"|\(0?\d{2,5}\)[\s./-]{0,3}\d{3,5}(?:[\s./-]?\d{2,5}){1,2}"
    r"|(?:1[\s.-])?\d{3}[.-]\d{3}[.-]\d{4}"
    r"|(?:1[\s.-])?\(?\d{3}\)?[\s]\d{3}[\s-]\d{4}"
    r"|0\d{1,4}[\s./-]{1,3}\d{3,4}[\s.-]?\d{2,5}(?:[\s.-]\d{1,4})?"
    r"|0\d(?:[\s.-]\d{2}){4}|0\d{2,4}/\d{2,4}[\s-]\d{3,6}"
    r"|0\d{2}-\d{7}|0\d{9,10}|05\d[\s-]?\d{3}[\s-]?\d{4})"
    r"(?![\w%])(?!,\d|\.\d)"
)
# Behind a word for it any run of seven to fifteen digits is a number to call.
_LABELLED_PHONE = re.compile(
    r"\b(?:tel(?:efon(?:o|e|nummer)?|ephone)?|phone|mobile?|cell(?:ulare)?|handy|móvil|portable|gsm|fax|call|text|"
    r"dial|sms|"
    r"whats\s?app|viber|signal|kontakt|phone number|téléphone|telefoon|komórka|tlfn?|tfn|rufnummer|appelez|bel|"
    r"ring)\b\.?(?:\s(?:us|me|nr|no|number|at|on|"
    r"unter|au))?[\s.:#]{0,3}"
    rf"(?P<value>\(?\+?\(?{_DIGITS}{{6,14}})(?![\w%])",
    re.IGNORECASE,
)
_MAYBE_PHONE = re.compile(r"\d\D{0,3}\d\D{0,3}\d\D{0,3}\d\D{0,3}\d\D{0,3}\d")
_MESSENGERS = (
    "skype", "telegram", "whatsapp", "whats app", "wechat", "weixin", "discord", "viber", "instagram", "twitter",
    "tg:", ".me/", "join.skype",
)  # fmt: skip
_LABELLED_ID = re.compile(
    r"\b(?:skype|telegram|whats\s?app|wechat|weixin|discord|viber|instagram|twitter|tg)"
    r"(?:\s(?:id|name|handle|user(?:name)?))?\s?[:=]\s?"
    r"(?P<value>@[\w.]{2,40}\w|(?=[\w.:+-]*[\d._])[A-Za-z0-9][\w.:+-]{2,40}\w|(?-i:[a-z]{4,40})(?=\s*(?:$|[\n|,;)])))",
    re.IGNORECASE,
)
_CHAT_LINK = re.compile(
    r"\b(?P<value>(?:t\.me|wa\.me|telegram\.me|line\.me|m\.me|join\.skype\.com)/[\w+/-]{3,60})", re.IGNORECASE
)


def mask_contacts(text: str) -> str:
    """Return the text with e-mail addresses, phone numbers, @handles and ids of messengers replaced by dots.

    Each character has one dot, so that offsets of mentions stay true.
    """
    if _MAYBE_EMAIL.search(text):
        text = EMAIL.sub(_dots, text)
    lower = text.lower()
    if " dot " in lower:
        text = _SPELT_EMAIL.sub(_dots, text)
    if _MAYBE_PHONE.search(text):
        text = _LABELLED_PHONE.sub(_dots_for_value, PHONE.sub(_dots, text))
    if any(name in lower for name in _MESSENGERS):
        text = _CHAT_LINK.sub(_dots_for_value, _LABELLED_ID.sub(_dots_for_value, text))
    return HANDLE.sub(_dots, text) if "@" in text else text


def _dots(found: re.Match[str]) -> str:
    return MASK * len(found[0])


def _dots_for_value(found: re.Match[str]) -> str:
    start, end = found.span("value")
    return found[0][: start - found.start()] + MASK * (end - start) + found[0][end - found.start() :]
