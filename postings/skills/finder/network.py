"""The network: hashed embeddings of features, a mix of them, convolutions over neighbours, one label a word.

What spaCy's tok2vec and tagger are made of (thinc), over our own features.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from thinc.api import (
    HashEmbed,
    Maxout,
    Model,
    Softmax,
    chain,
    clone,
    concatenate,
    expand_window,
    residual,
    with_array,
)

Features = list[NDArray[np.uint64]]
Floats = NDArray[np.float32]
Network = Model[Features, list[Floats]]
_Layer = Model[Any, Any]
_PIECES = 3
_WINDOW = 1


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of a network. `rows`: of the embedding table of each feature, `depth`: convolutions, each of which sees
    one word more on both sides."""

    rows: tuple[int, ...]
    embedded: int = 32
    width: int = 64
    depth: int = 3
    labels: int = 5


def build(shape: Shape, *, dropout: float = 0.0) -> Network:
    """A network without weights. It reads (words, len(rows)) hashes a sentence, gives (words, labels) shares of 1."""
    tables: list[_Layer] = [
        HashEmbed(shape.embedded, rows, column=column, seed=column + 1, dropout=dropout)
        for column, rows in enumerate(shape.rows)
    ]
    mixed = shape.embedded * len(shape.rows)
    mix: _Layer = chain(concatenate(*tables), Maxout(shape.width, mixed, nP=_PIECES, normalize=True, dropout=dropout))
    seen = shape.width * (2 * _WINDOW + 1)
    look = Maxout(shape.width, seen, nP=_PIECES, normalize=True, dropout=dropout)
    neighbours = clone(residual(chain(expand_window(_WINDOW), look)), shape.depth)
    return chain(
        with_array(mix),
        with_array(neighbours, pad=_WINDOW * shape.depth),
        with_array(Softmax(shape.labels, shape.width)),
    )


def initialize(network: Network, shape: Shape) -> None:
    """Give it the weights that training starts from, by the random numbers of thinc.api.fix_random_seed."""
    network.initialize(X=[np.ones((2, len(shape.rows)), dtype=np.uint64)], Y=[np.ones((2, shape.labels), dtype="f")])


def weights(network: Network) -> Floats:
    """All weights in one row, in the order of the layers."""
    return np.concatenate([node.get_param(name).ravel() for node, name in _parameters(network)])


def set_weights(network: Network, flat: NDArray[np.floating]) -> None:
    """Put back what `weights` gave, into an initialized network of that shape. Raises ValueError for another number."""
    sizes = [node.get_param(name).size for node, name in _parameters(network)]
    if sum(sizes) != flat.size:
        raise ValueError(f"{flat.size} weights where the network has {sum(sizes)}")
    parts = np.split(flat.astype(np.float32), np.cumsum(sizes)[:-1])
    for (node, name), part in zip(_parameters(network), parts, strict=True):
        own: Floats = np.asarray(node.get_param(name))
        own[...] = part.reshape(own.shape)


def _parameters(network: Network) -> Iterator[tuple[_Layer, str]]:
    return ((node, name) for node in network.walk() for name in node.param_names if node.has_param(name))


def mean_shares(networks: Sequence[Network], sentences: Features) -> list[Floats]:
    """What the networks give on average, one array a sentence."""
    given = [network.predict(sentences) for network in networks]
    return [np.mean(shares, axis=0) for shares in zip(*given, strict=True)]
