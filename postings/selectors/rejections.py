"""The list of rejected rows that is downloaded, mended in a spreadsheet, and handed in again."""

from collections.abc import Iterator

from postings.models import Rejection, Upload
from postings.spreadsheets import neutral

MARK = "rolescope row"
"""The column that says which row of which upload a row of the list is. It stays when the list is mended."""
A_LIST_NOT_A_FILE = (
    f"The column “{MARK}” says that this is a list of rejected rows: hand it in on the page of the upload it came from."
)
"""What is said when such a list comes in as if it were a file of postings."""
OF_THE_LIST = (MARK, "rejected because", "line", "column")


def rejection_rows(upload: Upload) -> Iterator[list[str]]:
    """Yield a header and the rejected rows that wait: mark, reason, line, column, then the row's own columns.

    Nothing is masked here: what is masked cannot be mended, so only those who may hand files in get this list.
    """
    waiting = upload.rejections.filter(mended_in=None)
    names: list[str] = []
    for raw in waiting.values_list("raw", flat=True).iterator():
        names += [name for name in raw if name not in names and name != MARK]
    yield [*OF_THE_LIST, *map(name_in_list, names)]
    for rejection in waiting.iterator():
        own = (str(rejection.raw.get(name, "")) for name in names)
        about = (rejection.reason, str(rejection.line), rejection.column)
        yield [mark_of(rejection), *map(neutral, about), *map(neutral, own)]


def mark_of(rejection: Rejection) -> str:
    """Return the mark of a row: that of the first file it was in, however often it was mended in vain since."""
    return str(rejection.raw.get(MARK) or f"{rejection.upload_id}:{rejection.row}")


def name_in_list(name: str) -> str:
    """Return what a column of the file is called in the list."""
    return f"{name} (in the file)" if name in OF_THE_LIST else neutral(name)
