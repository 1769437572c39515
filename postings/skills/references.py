"""What a skill is called in other people's lists: ESCO concepts and O*NET technology examples."""

from dataclasses import dataclass
from enum import StrEnum

_ESCO_ADDRESS = "http://data.europa.eu/esco/skill/"


class Scheme(StrEnum):
    ESCO = "esco"
    ONET = "onet"


@dataclass(frozen=True, slots=True)
class Reference:
    """`identifier` is the last part of an ESCO address, or an O*NET example as written there; `label` its name."""

    scheme: Scheme
    identifier: str
    label: str


def esco_identifier(address: str) -> str:
    """The identifier of an ESCO concept, from its address or the identifier itself."""
    return address.strip().rsplit("/", maxsplit=1)[-1]


def address_of(scheme: str, identifier: str) -> str:
    """Where the thing is described, "" for a list that has no page for it."""
    return _ESCO_ADDRESS + identifier if scheme == Scheme.ESCO else ""
