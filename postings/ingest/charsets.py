"""Which encoding a file is in.

UTF-8 is decided by decoding the whole file strictly. What is not UTF-8 is decided by the letters that each legacy code
page would give: German in the wrong code page is not German any more. (charset-normalizer alone took German cp1252
for cp1250, Hebrew for Cyrillic and Swedish for cp1250; it stays for what the table below does not know, such as
Chinese and Japanese.)
"""

import codecs
import re
from collections.abc import Iterable

UTF8 = "utf-8-sig"
SAMPLE_BYTES = 512 * 1024

_PUNCTUATION = frozenset("‘’‚“”„–—•…€£©®™°·«»§\u00a0\u00ad´")

_GERMAN = "äöüß"
_FRENCH = "éèêëàâçîïôùûœæ"
_SPANISH = "áéíóúñü¿¡ºª"
_PORTUGUESE = "áâãàçéêíóôõúºª"
_ITALIAN = "àèéìòù"
_NORDIC = "åäöæøé"
_POLISH = "ąćęłńóśźż"
_CZECH = "áčďéěíňóřšťúůýžäľĺŕô"
_HUNGARIAN = "áéíóöőúüű"
_ROMANIAN = "ăâîşţșț"
_TURKISH = "çğıöşüâî"
_LITHUANIAN = "ąčęėįšųūž"
_LATVIAN = "āčēģīķļņšūž"
_GREEK = "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώ"
_HEBREW = "אבגדהוזחטיךכלםמןנסעףפץצקרשת"
_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإؤئآ"
_RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
_UKRAINIAN = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"

# Several western languages in one file look like none of them alone, so their union counts a little less.
_WESTERN = "".join((_GERMAN, _FRENCH, _SPANISH, _PORTUGUESE, _ITALIAN, _NORDIC))
_UNION_WEIGHT = 0.98

# Lower case only: the wrong Cyrillic page swaps the cases, and that is how it is told. The first of equals wins, so the
# commoner page stands first; Hebrew and Greek stand before Russian because only they fit into all three.
_ACCENTED: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("cp1252", (_GERMAN, _FRENCH, _SPANISH, _PORTUGUESE, _ITALIAN, _NORDIC, _WESTERN)),
    ("iso8859-15", (_GERMAN, _FRENCH, _SPANISH, _PORTUGUESE, _ITALIAN, _NORDIC, _WESTERN)),
    ("cp1250", (_POLISH, _CZECH, _HUNGARIAN, _ROMANIAN)),
    ("iso8859-2", (_POLISH, _CZECH, _HUNGARIAN, _ROMANIAN)),
    ("cp1254", (_TURKISH,)),
    ("cp1257", (_LITHUANIAN, _LATVIAN)),
    ("mac_roman", (_GERMAN, _FRENCH, _SPANISH, _PORTUGUESE, _ITALIAN, _NORDIC, _WESTERN)),
)
_SCRIPTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("cp1255", (_HEBREW,)),
    ("cp1253", (_GREEK,)),
    ("cp1256", (_ARABIC,)),
    ("cp1251", (_RUSSIAN, _UKRAINIAN)),
    ("koi8-u", (_RUSSIAN, _UKRAINIAN)),
)
# Accents stand one by one between plain letters; words of another script are runs of foreign bytes.
_SCRIPT_RUN = 2.0
_FOREIGN = re.compile(rb"[\x80-\xff]+")
_SURE = 0.75
# The shares of zeros in a text of wide characters.
_ALL = 0.95
_SOME = 0.03
_MORE = 10
_DAMAGE = 0.1


def charset_of(chunks: Iterable[bytes]) -> str:
    """Return the Python codec of a text that comes in chunks; all of them are read.

    A UTF-8 file with a few broken bytes is still UTF-8: what is broken is replaced when it is read.
    """
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    sample = bytearray()
    marked, is_utf8 = "", True
    for number, chunk in enumerate(chunks):
        if number == 0:
            marked = _marked_charset(chunk)
        if len(sample) < SAMPLE_BYTES and not chunk.isascii():
            sample += b"\n".join(line for line in chunk.split(b"\n") if not line.isascii())
        if is_utf8:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                is_utf8 = False
    if marked:
        return marked
    return UTF8 if is_utf8 else _legacy_charset(bytes(sample))


def _marked_charset(head: bytes) -> str:
    """The charset that a byte order mark, or the places of zeros, give away; "" if nothing does."""
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    return _wide_charset(head[:4096])


def _wide_charset(window: bytes) -> str:
    """The charset without a mark that zeros give away; "" if they stand anywhere.

    Blanks, digits and delimiters have a zero in UTF-16 whatever the script of the text. No character needs the highest
    byte of UTF-32.
    """
    zeros = [window[at::4].count(0) for at in range(4)]
    least = len(window) // 4 * _ALL
    if len(window) < 4:
        return ""
    if zeros[3] >= least and zeros[2] >= least:
        return "utf-32-le"
    if zeros[0] >= least and zeros[1] >= least:
        return "utf-32-be"
    low, high = zeros[1] + zeros[3], zeros[0] + zeros[2]
    if low > len(window) * _SOME and low > high * _MORE:
        return "utf-16-le"
    return "utf-16-be" if high > len(window) * _SOME and high > low * _MORE else ""


def _legacy_charset(sample: bytes) -> str:
    if _is_damaged_utf8(sample):
        return UTF8
    runs = _FOREIGN.findall(sample)
    is_script = sum(map(len, runs)) > _SCRIPT_RUN * len(runs)
    pages = _SCRIPTS if is_script else _ACCENTED
    scored = [(_share_of_letters(sample, page, languages), page) for page, languages in pages]
    share, page = max(scored, key=lambda pair: pair[0])
    return page if share >= _SURE else _guessed_charset(sample)


def _is_damaged_utf8(sample: bytes) -> bool:
    text = sample.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for char in text if char > "\x7f") - broken
    return broken <= whole * _DAMAGE


def _share_of_letters(sample: bytes, page: str, languages: tuple[str, ...]) -> float:
    """The share of non-ASCII characters that the best-fitting language of this page uses."""
    text = sample.decode(page, "replace")
    counts: dict[str, int] = {}
    for char in text:
        if char > "\x7f":
            counts[char] = counts.get(char, 0) + 1
    total = sum(counts.values())
    if not total:
        return 0.0
    best = 0.0
    for letters in languages:
        fitting = sum(n for char, n in counts.items() if char in letters or char in _PUNCTUATION)
        weight = _UNION_WEIGHT if letters is _WESTERN else 1.0
        best = max(best, weight * fitting / total)
    return best


def _guessed_charset(sample: bytes) -> str:
    from charset_normalizer import from_bytes  # slow to import, and only strange files need it

    best = from_bytes(sample).best()
    return best.encoding if best is not None else "cp1252"
