"""A trained finder at rest: weights.npy (half precision, one row a network), known.npy (the features it knows), and
model.json, which says what it is."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import spacy
import thinc
from numpy.typing import NDArray

from postings.skills.finder.network import Shape
from postings.skills.finder.sentences import FEATURES

LAYOUT = 1
_WEIGHTS, _KNOWN, _ABOUT = "weights.npy", "known.npy", "model.json"
_AGAIN = "make it again with manage.py train_finder"


class DamagedModelError(ValueError):
    """The folder holds no finder that can be used here; the message says why and what to do."""


@dataclass(frozen=True)
class StoredModel:
    """`weights`: (networks, weights of each). `known`: see sentences.known_features. `bias`: see labels.best_labels.
    `training`: how it was made."""

    shape: Shape
    bias: float
    weights: NDArray[np.float16]
    known: NDArray[np.uint64]
    training: Mapping[str, str | int | float]


def save(model: StoredModel, folder: Path) -> None:
    """Write the files; the same model gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / _WEIGHTS, model.weights.astype(np.float16), allow_pickle=False)
    np.save(folder / _KNOWN, model.known, allow_pickle=False)
    about = {
        "layout": LAYOUT,
        "libraries": _libraries(),
        "features": list(FEATURES),
        "sha256": {name: _digest(folder / name) for name in (_WEIGHTS, _KNOWN)},
        "shape": asdict(model.shape),
        "bias": model.bias,
        "training": dict(model.training),
    }
    (folder / _ABOUT).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")


def load(folder: Path) -> StoredModel:
    """Read what `save` wrote. Raises DamagedModelError."""
    try:
        about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        _check(about, folder)
        return StoredModel(
            shape=Shape(**about["shape"] | {"rows": tuple(about["shape"]["rows"])}),
            bias=float(about["bias"]),
            weights=np.load(folder / _WEIGHTS, allow_pickle=False),
            known=np.load(folder / _KNOWN, allow_pickle=False),
            training=about["training"],
        )
    except OSError as problem:
        raise DamagedModelError(f"the finder's model in {folder} cannot be read ({problem}); {_AGAIN}") from problem
    except (KeyError, TypeError, UnicodeDecodeError, json.JSONDecodeError) as problem:
        raise DamagedModelError(f"{folder / _ABOUT} is damaged ({problem!r}); {_AGAIN}") from problem


def _check(about: dict[str, Any], folder: Path) -> None:
    if about["layout"] != LAYOUT or about["features"] != list(FEATURES):
        raise DamagedModelError(f"the finder's model in {folder} is of another version of Rolescope; {_AGAIN}")
    for library, version in _libraries().items():
        made_with = about["libraries"][library]
        if made_with != version:
            raise DamagedModelError(
                f"the finder's model in {folder} was made with {library} {made_with}, and this is {library} {version}; "
                f"{_AGAIN}"
            )
    for name in (_WEIGHTS, _KNOWN):
        if _digest(folder / name) != about["sha256"][name]:
            raise DamagedModelError(f"{folder / name} is damaged: not the bytes that were written; {_AGAIN}")


def _libraries() -> dict[str, str]:
    """What hashes the features and lays out the network, up to the second number of its version."""
    return {
        "spaCy": ".".join(spacy.__version__.split(".")[:2]),
        "thinc": ".".join(thinc.__version__.split(".")[:2]),
    }


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
