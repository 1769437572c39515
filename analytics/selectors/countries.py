"""Country codes as people write them."""

from functools import cache

from babel import Locale


@cache
def country_name(code: str) -> str:
    """Return "Germany" for "DE"; the code itself when it is not one of ISO 3166."""
    return Locale("en").territories.get(code, code)
