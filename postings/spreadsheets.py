"""What a spreadsheet must not take for more than text."""

_FORMULA = ("=", "+", "-", "@")
_DROPPED = ("\t", "\r")
"""A spreadsheet leaves these out at the head of a cell, and then reads what stands behind them."""


def neutral(cell: str) -> str:
    """Return the cell so that no spreadsheet runs it as a formula (OWASP, CSV injection); `plain` takes that back."""
    bare = cell.lstrip("'")  # a cell that has its apostrophe already gets another, to be told from one that got it here
    return f"'{cell}" if bare.lstrip().startswith(_FORMULA) or bare.startswith(_DROPPED) else cell


def plain(cell: str) -> str:
    """Return what `neutral` was given."""
    return cell[1:] if cell.startswith("'") and neutral(cell[1:]) == cell else cell
