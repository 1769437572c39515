"""How much of a file is read before it is refused: memory and disk have an end."""

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """What is too much. Sizes in bytes as unpacked, or in characters.

    An archive may be `ratio` times as large as its packed form once more than `ratio_from_bytes` came out of it.
    A row longer than `row_chars` is rejected; when `lost_chars` in a row gave no whole row, the file is refused.
    """

    unpacked_bytes: int = 20_000 * MEGABYTE
    ratio: int = 200
    ratio_from_bytes: int = 100 * MEGABYTE
    columns: int = 2_000
    row_chars: int = 4 * MEGABYTE
    lost_chars: int = 32 * MEGABYTE


DEFAULT = Limits()


def shown_bytes(count: int) -> str:
    """A size for people: "20 GB", "350 MB"."""
    return f"{count / 1e9:,.0f} GB" if count >= 1e9 else f"{count / 1e6:,.0f} MB"
