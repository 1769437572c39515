"""What a spreadsheet must not take for more than text."""

_FORMULA = ("=", "+", "-", "@")
_DROPPED = ("\t", "\r")
"""A spreadsheet leaves these out at the head of a cell, and then reads what stands behind them."""


def neutral(cell: str) -> str:
    """Return the cell so that no spreadsheet runs it as a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) or cell.startswith(_DROPPED) else cell
