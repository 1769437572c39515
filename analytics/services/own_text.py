"""A text that somebody pasted is read as postings are, and forgotten: nothing of it is stored or logged."""

import threading

from postings.services import current_lexicon, record_stamp
from postings.services.extraction import extractor_of
from postings.skills import Reading

LONGEST = 30_000
"""Characters: a CV of ten pages. Longer ones are refused, since a page waits while a text is read."""

_one_at_a_time = threading.Lock()


class TextRefused(ValueError):  # noqa: N818  (what it says, not that it is wrong)
    """Raised with a sentence for a text that is not read."""


def read_own_text(text: str) -> Reading:
    """Return what the extractor of postings finds in the text; the first text of a process waits for it to be built.

    Raises TextRefused, with a sentence, for an empty text or one of more than LONGEST characters.
    """
    if not text.strip():
        raise TextRefused("There was no text to read: paste a CV, or pick skills.")
    if len(text) > LONGEST:
        raise TextRefused(
            f"The text has {len(text):,} characters, and at most {LONGEST:,} are read at once: "
            "paste the part that says what you have done."
        )
    lexicon = current_lexicon()
    with _one_at_a_time:
        extractor = extractor_of(record_stamp(lexicon), lexicon)
        try:
            return extractor.read(text)
        finally:
            extractor.forget()
