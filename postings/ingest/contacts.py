"""Contact data in texts: kept in the record, masked wherever a text is shown or exported."""

import re

MASK = "•"

EMAIL = re.compile(r"[\w.+-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+")
HANDLE = re.compile(r"(?<![\w@.])@[A-Za-z_]\w{2,30}\b")
# Seven to fifteen digits with the usual separators; years, ranges of pay and ids of requisitions must survive.
PHONE = re.compile(
    r"(?<![\w$€£.,/-])"
    r"(?:\+\d{1,3}[\s.-]?(?:\(\d{1,4}\)[\s.-]?)?\d(?:[\s.-]?\d){6,12}"
    r"|\(\d{2,5}\)[\s.-]?\d{3,4}[\s.-]?\d{3,5}"
    r"|\d{3}[.-]\d{3}[.-]\d{4}"
    r"|0\d{2,4}[\s./-]\d{3,4}[\s.-]?\d{3,5})"
    r"(?![\w%])"
)


def mask_contacts(text: str) -> str:
    """Return the text with e-mail addresses, phone numbers and @handles replaced by dots of the same length.

    The length is kept, so that offsets of mentions stay true.
    """
    for pattern in (EMAIL, PHONE, HANDLE):
        text = pattern.sub(lambda found: MASK * len(found.group()), text)
    return text
