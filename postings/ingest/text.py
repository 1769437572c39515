"""Whatever a scraper left of a posting -> plain text with its line breaks.

Sections and lists decide later how much a skill counts, so blocks stay apart and list items become "- " lines.
"""

import ast
import html
import re
import unicodedata
import warnings
from dataclasses import dataclass

from postings.ingest.decoding import sound_text
from postings.ingest.glue import with_line_ends

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
# What UTF-8 read as cp1252 or Latin-1 looks like; ftfy decides whether it is.
_MOJIBAKE_LEADS = "ÃÂâÐÑðïÅÄ×"
_MOJIBAKE = re.compile(f"[{_MOJIBAKE_LEADS}][\u0080-\u00bf€™œ‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜š›žŸ]")

_TAG = re.compile(
    r"</?(?:p|br|div|li|ul|ol|span|b|strong|i|em|u|h[1-6]|table|tr|td|th|a|font|section|article|header|footer|img|hr|"
    r"style|"
    r"script|body|html|head|pre|code|blockquote|dl|dt|dd)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
# All begin with "<" and none with blanks, or they would be slow; blanks at the edges of lines go later.
_HIDDEN = re.compile(r"<!--.*?-->|<(script|style|button|svg|noscript|template)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_ITEM = re.compile(r"<li\b[^<>]*>(?:\s*<(?:p|div|span)\b[^<>]*>)*", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/li|/?div|/?tr|/?dt|/?dd|/?section|/?article)\b[^<>]*>", re.IGNORECASE)
_PARAGRAPH = re.compile(
    r"<(?:/?p|/?h[1-6]|/?ul|/?ol|/?table|/?blockquote|/?header|/?footer|hr|/?pre)\b[^<>]*>", re.IGNORECASE
)
_MEANT_BREAK = re.compile(r"\n\s*(?=[•●▪·–*-][ \t]?\w)|(?<=[.:;!?])[ \t]*\n\s*(?=[A-ZÀ-Þ])")
_CELL = re.compile(r"</t[dh]\b[^<>]*>", re.IGNORECASE)

_TORN = re.compile(r"\n+\s*(?=[,;.)])")
_ESCAPED = re.compile(r"\\{1,2}([\\`*_{}\[\]()#+\-.!&<>|~$])")
_LINK = re.compile(r"!?\[([^\]\n]{0,300})\]\((?:https?:|mailto:|tel:|/|#)[^)\s]*(?:\s\"[^\"\n]*\")?\)")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]{1,3000}?)(?<=[^\s*])\*(?![\w*])")
# A converter's list glued to the line before it: "Requirements:* Python".
_GLUED_ITEM = re.compile(r"(?<=[^\s*])\*[ \t]+(?=[A-ZÀ-Þ])")
_HEADING = re.compile(r"^[ ]{0,3}#{1,6}[ \t]+(.*?)[ \t]*#*$", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*(?:[-*_=~][ \t]?){3,}$", re.MULTILINE)

_SIGNS = "•●▪◦‣∙➢➤►▶✓✔✅❖⦁\uf0a7\uf0b7"
_BULLET = re.compile(
    r"^[ \t]*(?:-[ \t]+)?(?:"
    rf"[{_SIGNS}⁃■□▫◾◆◇▸→☑➔➜·\uf0d8\uf0fc\ufffd][ \t]*"
    r"|[*+–—−-][ \t]+"
    r"|[-*–](?=[A-Za-zÀ-ÿ])"
    r"|[oØü§v][ \t]{2,}"  # Word's second-level bullets, letters of symbol fonts
    r")(?=\S)",
    re.MULTILINE,
)
# A list whose line ends were lost: the same sign twice in a line.
_LOST_LISTS = {sign: re.compile(rf"{sign}[^\n{sign}]*{sign}") for sign in _SIGNS}
_LIST_GAP = re.compile(r"((?:^|\n)- [^\n]*)\n(?=\n- )")

_ODD = {
    **dict.fromkeys("\u2028\u2029\x85\x0b\x0c", "\n"),
    **dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))), " "),
    **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff\u00ad\ufe0f", ""),
}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_CONTROL_BYTES = bytes((*range(9), *range(14, 32), 127))
_FANCY = re.compile("[\U0001d400-\U0001d7ff]+")  # letters as mathematical signs: 𝗗𝗮𝘁𝗮
_BLANKS = re.compile(r"  +")
_GAPS = re.compile(r"\n\n\n+")

# What a page shows below a text that it cuts short.
_TAILS = frozenset((
    "show more", "show less", "show more options", "read more", "read less", "see more", "see less", "view more",
    "view less", "learn more about this job", "report job", "report this job", "mehr anzeigen", "weniger anzeigen",
    "mehr lesen", "mehr erfahren", "voir plus", "voir moins", "afficher plus", "afficher moins", "lire la suite",
    "mostrar más", "mostrar menos", "ver más", "ver menos", "leer más", "mostrar mais", "ver mais", "exibir mais",
    "exibir menos", "leia mais", "mostra altro", "mostra meno", "mostra di più", "vedi altro", "leggi tutto",
    "meer weergeven", "minder weergeven", "meer tonen", "minder tonen", "lees meer", "pokaż więcej", "pokaż mniej",
    "czytaj więcej", "zobacz więcej",
))  # fmt: skip
_TAIL_WORDS = (2, 3, 5)
_TAIL_CHARS = 40
_TAIL_MARKS = " .…»>\n"

_CRITERIA = re.compile(
    r"\n(?:- )?Seniority level\n+(?:- )?(?P<seniority>[^\n]+)\n+(?:- )?Employment type\n+(?:- )?(?P<employment>[^\n]+)"
    r"(?:\n+(?:- )?Job function\n[^\0]*)?$"
)
_CRITERIA_CHARS = 700


@dataclass(frozen=True)
class Criteria:
    """The fields that LinkedIn prints below a text, and the text without them."""

    text: str
    seniority: str
    employment_type: str


def clean_text(raw: str) -> str:
    """Return plain text: no markup, one blank line at most between blocks, list items as "- " lines."""
    text = _from_list(raw)
    text = _mended(text)
    for _ in range(6):  # HTML that was escaped, again and again, needs a turn for each time
        if "<" in text and _TAG.search(text):
            text = _from_html(text)
        elif "&" in text and _ENTITY.search(text):
            text = _ENTITY.sub(_unescaped, text)
        else:
            break
    text = _plain(text)
    text = _from_markdown(text)
    text = with_line_ends(text)
    text = _with_bullets(text)
    text = _tidy(text)
    return _without_tail(text)


def clean_line(raw: str) -> str:
    """Return one line of plain text: for titles, companies, places."""
    if raw.isascii() and raw.isprintable() and "&" not in raw and "<" not in raw and "**" not in raw:
        return " ".join(raw.split())
    line = _one_line(_mended(raw))
    again = _mended(line)  # an odd blank beside broken letters hides them from the first look
    return line if again == line else _one_line(again)


def _one_line(text: str) -> str:
    if "&" in text:
        text = _ENTITY.sub(_unescaped, text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    text = _plain(text)
    if "**" in text:
        text = text.replace("**", "")
    return " ".join(text.split())


def criteria_of(text: str) -> Criteria:
    """Take the block "Seniority level / Employment type / Job function / Industries" off the end of a cleaned text."""
    start = max(0, len(text) - _CRITERIA_CHARS)
    if "Seniority level" not in text[start:]:
        return Criteria(text, "", "")
    match = _CRITERIA.search(text, start)
    if not match:
        return Criteria(text, "", "")
    return Criteria(text[: match.start()].rstrip(), match["seniority"].strip(), match["employment"].strip())


def _from_list(text: str) -> str:
    """The lines of a Python or JSON list of strings; anything else as it is."""
    start = text.lstrip()
    if not start.startswith(("['", '["', "[u'")) or not text.rstrip().endswith("]"):
        return text
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a backslash in a text is no mistake of ours
            items = ast.literal_eval(start.rstrip())
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text
    # Parts of one sentence stand apart in such lists, too: ['Acme', ', founded in 1997, ...'].
    return _TORN.sub("", sound_text("\n".join(str(item) for item in items)))


def _mended(text: str) -> str:
    if text.isascii() or not any(char in text for char in _MOJIBAKE_LEADS) or not _MOJIBAKE.search(text):
        return text
    from ftfy import fix_encoding  # slow to import, and few files need it

    return fix_encoding(text)


def _unescaped(match: re.Match[str]) -> str:
    return html.unescape(match[0])


def _from_html(text: str) -> str:
    from selectolax.lexbor import LexborHTMLParser

    text = _HIDDEN.sub(" ", text)
    blocks = len(_BREAK.findall(text)) + len(_PARAGRAPH.findall(text))
    if blocks * 2 >= text.count("\n"):
        # Line ends mean nothing in HTML, yet many boards rely on those before a list sign or after a sentence.
        text = " ".join(_MEANT_BREAK.sub("\0", text).split()).replace("\0", "\n")
    # else: a stray tag or two in a plain text, whose own line ends are the blocks
    text = _ITEM.sub("\n- ", text)
    text = _PARAGRAPH.sub("\n\n", text)
    text = _BREAK.sub("\n", text)
    text = _CELL.sub(" ", text)
    body = LexborHTMLParser(text).body
    return body.text(deep=True, separator="", strip=False) if body is not None else ""


def _plain(text: str) -> str:
    """Ordinary line ends, spaces and letters."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text if text.isprintable() or not _holds_controls(text.encode()) else _CONTROL.sub("", text)
    for char, plain in _ODD.items():
        if char in text:
            text = text.replace(char, plain)
    encoded = text.encode("utf-8", "surrogatepass")
    if b"\xf0" in encoded:  # characters beyond the first plane
        text = _FANCY.sub(_as_letters, text)
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _CONTROL.sub("", text) if b"\xc2" in encoded or _holds_controls(encoded) else text


def _holds_controls(encoded: bytes) -> bool:
    """Whether there is one of the first 32 characters, other than line ends and tabs; much faster than a regex."""
    return len(encoded.translate(None, _CONTROL_BYTES)) < len(encoded)


def _as_letters(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])


def _from_markdown(text: str) -> str:
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "*" in text:
        if "**" in text:
            text = _BOLD.sub(r"\1", text).replace("**", "")
        text = _EMPHASIS.sub(r"\1", text)
        if "\n* " in text:
            text = _GLUED_ITEM.sub("\n* ", text)
    if "# " in text:
        text = _HEADING.sub(r"\1", text)
    if "---" in text or "===" in text or "___" in text or "***" in text or "- -" in text:
        text = _RULE.sub("", text)
    return text


def _with_bullets(text: str) -> str:
    if not text.isascii():
        for sign, lost_list in _LOST_LISTS.items():
            if sign in text and lost_list.search(text):
                text = text.replace(sign, f"\n{sign} ")
    return _BULLET.sub("- ", text)


def _tidy(text: str) -> str:
    if "\t" in text:
        text = text.replace("\t", " ")
    if "  " in text:
        text = _BLANKS.sub(" ", text)
    text = text.replace(" \n", "\n").replace("\n ", "\n").replace("\n-\n", "\n")
    text = _GAPS.sub("\n\n", text)
    if "\n\n- " in text:
        text = _LIST_GAP.sub(r"\1", text)
    return text.strip()


def _without_tail(text: str) -> str:
    while True:
        shown = text.rstrip(_TAIL_MARKS)
        end = shown[-_TAIL_CHARS:]
        if "…" in end or "..." in end:  # "text…see more"
            end = end.replace("...", "…").replace("…", " … ")
        words = end.lower().split()
        count = next((n for n in _TAIL_WORDS if " ".join(words[-n:]) in _TAILS), 0)
        if not count:
            return text
        text = shown[:-_TAIL_CHARS] + (end.rsplit(None, count)[0] if len(words) > count else "")
        text = text.rstrip().removesuffix("…").rstrip()
