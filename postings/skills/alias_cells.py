"""The cell of a skill's aliases in a taxonomy file: `=Go{listed} | golang`.

`=` asks for exact case, braces name a context rule, brackets the languages of texts that it is not read in
(`[not it pt]`), a lone `-` says that the skill's own name is no alias, and a backslash takes from the character behind
it whatever it would mean.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from postings.skills.false_friends import languages_named

NOT_THE_NAME = "-"
_SEPARATOR = " | "
_TOKEN = re.compile(r"\\.| \| |.", re.DOTALL)
_MEANING = re.compile(r"[\\|{}\[\]]")
_NOT = "not "


@dataclass(frozen=True, slots=True)
class AliasText:
    """`context` is None where the cell names no rule, "" where empty braces ask for none."""

    phrase: str
    exact_case: bool
    context: str | None
    not_in: str = ""


def parse_cell(cell: str) -> tuple[list[AliasText], bool]:
    """The aliases of a cell, and whether the skill's own name may be one. Raises ValueError with the bad item."""
    items = _items(cell)
    aliases = [_alias(item) for item in items if item and item != [NOT_THE_NAME]]
    return aliases, [NOT_THE_NAME] not in items


def write_cell(aliases: Iterable[AliasText], *, name_too: bool) -> str:
    """What parse_cell reads back. Phrases must not be empty."""
    marks = [] if name_too else [NOT_THE_NAME]
    return _SEPARATOR.join([*marks, *map(_written, aliases)])


def _items(cell: str) -> list[list[str]]:
    """The items as tokens: a character, or a backslash and a character."""
    items: list[list[str]] = [[]]
    for token in _TOKEN.findall(cell):
        if token == _SEPARATOR:
            items.append([])
        else:
            items[-1].append(token)
    return [_stripped(item) for item in items]


def _stripped(tokens: list[str]) -> list[str]:
    start, end = 0, len(tokens)
    while start < end and tokens[start].isspace():
        start += 1
    while start < end and tokens[end - 1].isspace():
        end -= 1
    return tokens[start:end]


def _alias(item: list[str]) -> AliasText:
    exact = item[0] == "="
    tokens = _stripped(item[1:]) if exact else item
    tokens, languages = _cut_off(tokens, "[", "]")
    tokens, context = _cut_off(tokens, "{", "}")
    if not tokens or any(_MEANING.fullmatch(token) for token in tokens):
        raise ValueError("".join(item))
    return AliasText("".join(token[-1] for token in tokens), exact, context, _not_in(languages, item))


def _not_in(languages: str | None, item: list[str]) -> str:
    if languages is None:
        return ""
    if not languages.startswith(_NOT):
        raise ValueError("".join(item))
    try:
        return languages_named(languages.removeprefix(_NOT))
    except ValueError as strange:
        raise ValueError("".join(item)) from strange


def _cut_off(tokens: list[str], opens: str, closes: str) -> tuple[list[str], str | None]:
    """The tokens without what stands in brackets at their end, and that; None without brackets."""
    if not (tokens and tokens[-1] == closes and opens in tokens):
        return tokens, None
    at = len(tokens) - 1 - tokens[::-1].index(opens)
    return _stripped(tokens[:at]), "".join(tokens[at + 1 : -1]).strip()


def _written(alias: AliasText) -> str:
    text = _MEANING.sub(r"\\\g<0>", alias.phrase)
    if text[0] == "=" or text == NOT_THE_NAME or text[0].isspace():
        text = "\\" + text
    if text[-1].isspace() and len(alias.phrase) > 1:
        text = text[:-1] + "\\" + text[-1]
    rule = "" if alias.context is None else f"{{{alias.context}}}"
    languages = f"[{_NOT}{alias.not_in}]" if alias.not_in else ""
    return ("=" if alias.exact_case else "") + text + rule + languages
