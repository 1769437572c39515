"""Codes of countries and languages as people write them."""

from functools import cache

from babel import Locale


@cache
def country_name(code: str) -> str:
    """Return "Germany" for "DE"; the code itself when it is not one of ISO 3166."""
    return Locale("en").territories.get(code, code)


@cache
def language_name(code: str) -> str:
    """Return "German" for "de"; the code itself when it is not one of ISO 639."""
    return Locale("en").languages.get(code, code)
