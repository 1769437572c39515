"""Employers that fill other employers' places: staffing agencies, recruiters and job boards, told by their names.

Their postings speak for many companies at once, so they are left out where companies are compared. Of 23,615 real
ads about 1,600 are theirs.
"""

import re

_WORDS = re.compile(
    r"(?i)\b(?:staffing|recruit(?:s|ing|ers?|ments?|e)?|talents?|talent(?:source|ola|burst|schmiede)"
    r"|headhunt\w*|personal(?:service|vermittlung|dienstleist\w*|beratung)|zeitarbeit|interim\w*|outplacement|placements?"
    r"|resourcing|employment (?:agency|partners|services)|hiring|hire[sd]?|jobs?|karriere|careers|rekrutt?ering"
    r"|detachering|executive search|search (?:partners|group|limited|consult\w+)|work(?:force|ers) solutions)\b"
)
_JOINED = re.compile(
    r"(?i)(?:recruit|staffing|talent)(?:ment|ers?|ing)?\b|\bjobs[a-z]+\b|[a-z]jobs?\b|\bjob(?:ot|ster|shop)\b"
)
_NAMES = """
    adecco, actalent, aerotek, akkodis, allegis, apex systems, aston carter, austin fraser, beacon hill,
    brooksource, brunel, collabera, compunnel, computer futures, crossing hurdles, cybercoders, datatech
    analytics, deeprec, dice, diverse lynx, experis, gi group, gulp, harnham, harvey nash, hays, haystack,
    hunter bond, huxley, insight global, intellect group, jobgether, jobright, judge group, kelly,
    kellymitchell, kforce, koda staff, la fosse, lawrence harvey, lensa, lorien, manpower, manpowergroup,
    mastech, michael page, modis, mondo, motion recruitment, nesco, nigel frank, oliver bernard, oliver james,
    page personnel, pagegroup, procom, randstad, real staffing, red global, robert half, robert walters, selby
    jennings, steneral, sthree, synergistic it, synergisticit, teksystems, tenth revolution, tietalent,
    trinamix, vaco, vivid resourcing, volt, walters people, ziprecruiter
"""
_FIRST_WORDS = re.compile(rf"(?i)^(?:{'|'.join(re.escape(name.strip()) for name in _NAMES.split(','))})\b")
_OTHERS = re.compile(r"(?i)\b(?:talent (?:garden|soft)|personal finance)\b")


def is_staffing_agency(name: str) -> bool:
    """Tell whether an employer's name says that it fills other employers' places."""
    said = _FIRST_WORDS.search(name) or _WORDS.search(name) or _JOINED.search(name)
    return bool(said) and not _OTHERS.search(name)
