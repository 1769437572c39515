"""A table of distances drawn on paper: multidimensional scaling."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

AXES = 2
ROUNDS = 300
SETTLED = 1e-7


@dataclass(frozen=True)
class Paper:
    """`points` [m, 2], the wider axis first. `explained`: the part of the spread (0..1) that the two axes show.

    `likeness` is the correlation of the distances on paper with the true ones, nan for fewer than three pairs;
    `stress` is Kruskal's stress-1: 0 where paper tells the truth.
    """

    points: Floats
    explained: float
    likeness: float
    stress: float


def classical_mds(distances: ArrayLike) -> Paper:
    """Return points in the plane whose distances are as near to `distances` [m, m] as two axes allow.

    B = -J D² J / 2 with J = I - 1/m; the points are the first two eigenvectors of B times the roots of their
    eigenvalues (Torgerson 1952; Gower 1966). The Jensen-Shannon distance fits into a space without loss (Fuglede,
    Topsøe 2004), so what the plane leaves out is all that is lost. The same table gives the same points: each axis is
    turned so that its furthest point lies on the positive side. Raises ValueError unless the table is square,
    symmetric, finite and zero on its diagonal.
    """
    table = _checked(distances)
    m = len(table)
    squares = table**2
    centred = squares - squares.mean(axis=0) - squares.mean(axis=1)[:, None] + squares.mean() if m else squares
    values, vectors = np.linalg.eigh(-centred / 2)
    order = np.argsort(-values, kind="stable")
    values, vectors = np.maximum(values[order], 0.0), vectors[:, order]
    points = np.zeros((m, AXES))
    shown = min(AXES, m)
    points[:, :shown] = vectors[:, :shown] * np.sqrt(values[:shown])
    points = _turned(points)
    total = float(values.sum())
    return Paper(points, float(values[:AXES].sum()) / total if total > 0 else 1.0, *_faithful(table, points))


def metric_mds(distances: ArrayLike) -> Paper:
    """Return points in the plane whose distances themselves are as near to `distances` [m, m] as can be.

    Begins with `classical_mds` and lowers the stress, sum of (d - D)^2, by majorisation: X <- B(X) X / m, at most
    ROUNDS times (SMACOF: de Leeuw 1977; Borg, Groenen 2005, ch. 8). `explained` is that of the beginning. Nothing is
    drawn by lot, and the axes are turned as there, the wider one first; another beginning might end in another plane.
    """
    table = _checked(distances)
    start = classical_mds(table)
    points, stress = start.points, start.stress
    for _ in range(ROUNDS if len(table) > 2 else 0):
        points = _majorised(table, points)
        lower = _faithful(table, points)[1]
        if stress - lower < SETTLED:
            break
        stress = lower
    points = _turned(_along_its_axes(points))
    return Paper(points, start.explained, *_faithful(table, points))


def _majorised(table: Floats, points: Floats) -> Floats:
    paper = np.sqrt(((points[:, None] - points[None]) ** 2).sum(axis=-1))
    ratio = -np.divide(table, paper, out=np.zeros_like(table), where=paper > 0)
    np.fill_diagonal(ratio, 0.0)
    np.fill_diagonal(ratio, -ratio.sum(axis=1))
    return np.asarray(ratio @ points / len(table))


def _along_its_axes(points: Floats) -> Floats:
    """Turn points about their middle so that they spread most along the first axis."""
    centred = points - points.mean(axis=0) if len(points) else points
    vectors = np.linalg.eigh(centred.T @ centred)[1]
    return np.asarray(centred @ vectors[:, ::-1])


def _checked(distances: ArrayLike) -> Floats:
    table = np.asarray(distances, np.float64)
    if table.ndim != 2 or table.shape[0] != table.shape[1]:
        raise ValueError("A table of distances is square.")
    if not np.isfinite(table).all() or np.any(table < 0):
        raise ValueError("Distances are known and not negative.")
    if not np.allclose(table, table.T) or np.any(np.diagonal(table) != 0):
        raise ValueError("Distances are the same both ways, and nothing is away from itself.")
    return table


def _turned(points: Floats) -> Floats:
    """Turn each axis so that the point furthest out lies on its positive side; rounding is cut off."""
    if not len(points):
        return points
    furthest = points[np.argmax(np.round(np.abs(points), 9), axis=0), np.arange(points.shape[1])]
    return np.round(points * np.where(furthest < 0, -1.0, 1.0), 9) + 0.0


def _faithful(table: Floats, points: Floats) -> tuple[float, float]:
    """Return the correlation of both kinds of distances, and the stress."""
    pairs = np.triu_indices(len(table), 1)
    true = table[pairs]
    paper = np.sqrt(((points[pairs[0]] - points[pairs[1]]) ** 2).sum(axis=1))
    size = float((true**2).sum())
    stress = float(np.sqrt(((true - paper) ** 2).sum() / size)) if size > 0 else 0.0
    if len(true) < 3 or true.std() < 1e-12 or paper.std() < 1e-12:
        return float("nan"), stress
    return float(np.corrcoef(true, paper)[0, 1]), stress
