"""Rows by the names that decisions call them, and the phrases that titles are read by: no two roles share one."""

from collections.abc import Iterable, Sequence

from analytics.models import Role
from analytics.services.roles import current_roles
from analytics.titles import NO_ROLE
from analytics.titles.lexicon import HEADS
from analytics.titles.tokens import words_of
from jobsite.decisions import RefusedError
from postings.ingest.contacts import mask_contacts
from postings.models import Title
from postings.services import quoted

TITLES_TOLD = 5
"""Titles in a sentence, which can be long; the rest are counted."""


def role_called(slug: str) -> Role:
    """Return the role with this slug; raises RefusedError where there is none, or it is merged away."""
    role = Role.objects.filter(slug=slug).select_related("merged_into").first()
    if role is None:
        raise RefusedError(f"There is no role “{slug}”.")
    if role.merged_into:
        raise RefusedError(f"“{role}” is merged into “{role.merged_into}” already.")
    return role


def titles_called(texts: Sequence[str]) -> list[Title]:
    """Return the titles with these texts, in their order; raises RefusedError where none is named or one is no title.

    A title that no posting here has yet is added, so that the decision waits for its postings. It is a word of the
    files and no decision: taking the decision back leaves it.
    """
    if not texts:
        raise RefusedError("No title is named.")
    longest = Title._meta.get_field("text").max_length or 0
    for text in texts:
        if not text.strip() or len(text) > longest:
            raise RefusedError(f"A title is 1 to {longest} characters long; “{text[:80]}” is not.")
    return [Title.objects.get_or_create(text=text)[0] for text in dict.fromkeys(texts)]


def refuse_name(name: str, *, but: Role | None = None) -> None:
    """Raise RefusedError where a role cannot be called so."""
    if not name or name.casefold() in NO_ROLE:
        raise RefusedError(f"“{name}” is no name for a role.")
    other = Role.objects.filter(name__iexact=name).first()
    if other and other != but:
        raise RefusedError(f"There is a role “{other}” already.")
    refuse_phrases([name], but=but)


def refuse_phrases(phrases: Iterable[str], *, but: Role | None = None) -> None:
    """Raise RefusedError for a phrase that titles cannot be read by, or by which they are read into another role.

    What is read into `but` is no other role. Phrases are compared as the reader of titles takes them.
    """
    owners = _owners()
    for phrase in phrases:
        words = words_of(phrase).tokens
        if not any(letter.isalnum() for word in words for letter in word):
            raise RefusedError(f"“{phrase}” holds no word that a title is read by.")
        if len(words) == 1 and words[0] in HEADS:
            raise RefusedError(f"“{phrase}” alone stands in titles of many roles: name more words.")
        owner = owners.get(words)
        if owner and (but is None or owner != but.name):
            raise RefusedError(f"“{phrase}” is read as “{owner}” already: take it away there, or merge the roles.")


def named_titles(texts: Sequence[str]) -> str:
    """Return titles for a sentence, contacts masked: people write addresses into titles, too."""
    return quoted((mask_contacts(text) for text in texts), most=TITLES_TOLD)


def _owners() -> dict[tuple[str, ...], str]:
    """Return the words of each phrase of the catalogue -> what the role that they are read into is called today."""
    roles = current_roles()
    return {
        words_of(phrase).tokens: roles.renamed.get(role.name, role.name)
        for role in roles.catalogue.roles
        for phrase in (role.name, *role.synonyms)
    }
