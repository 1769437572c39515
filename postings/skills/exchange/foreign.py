"""A skill as another list has it."""

from dataclasses import dataclass

from postings.skills.references import Reference
from postings.skills.taxonomy import TaxonomyGroup
from postings.skills.types import Kind


@dataclass(frozen=True, slots=True)
class ForeignSkill:
    """`labels` are its name there, the first as written there, and safe shorter forms of it; `short_names` are shorter
    forms that are only safe where they are the very name of a skill; `loose_labels` say too little to link by."""

    reference: Reference
    kind: Kind
    labels: tuple[str, ...]
    short_names: tuple[str, ...] = ()
    loose_labels: tuple[str, ...] = ()
    groups: tuple[TaxonomyGroup, ...] = ()

    @property
    def name(self) -> str:
        """What it is called as a skill of ours."""
        return (self.short_names or self.labels)[0]
