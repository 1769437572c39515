import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import pdist, squareform
from sklearn.decomposition import KernelPCA
from sklearn.manifold import smacof

from analytics.measures import classical_mds, js_pairs, metric_mds
from tests.properties import examples


def distances_of(points):
    return squareform(pdist(points))


@given(st.integers(0, 1000))
@settings(max_examples=examples(15))
def test_points_in_a_plane_keep_their_distances(seed):
    points = np.random.default_rng(seed).normal(size=(7, 2))

    found = classical_mds(distances_of(points))

    assert distances_of(found.points) == pytest.approx(distances_of(points), abs=1e-6)
    assert (found.explained, found.likeness) == (pytest.approx(1), pytest.approx(1))
    assert found.stress < 1e-6


def test_the_axes_agree_with_scikit_learn_up_to_their_signs():
    counts = np.random.default_rng(3).integers(0, 50, (20, 60))
    table = js_pairs(counts)

    found = classical_mds(table)

    peer = KernelPCA(2, kernel="precomputed", eigen_solver="dense").fit(-(table**2) / 2).transform(-(table**2) / 2)
    assert np.abs(found.points) == pytest.approx(np.abs(peer), abs=1e-6)


def test_what_the_plane_leaves_out_is_said():
    corners = np.eye(5)  # five corners at the same distance need four axes, all alike

    found = classical_mds(distances_of(corners))

    assert found.explained == pytest.approx(0.5)
    assert found.stress > 0.1


def test_the_same_table_gives_the_same_points_in_whatever_order_its_rows_stand():
    counts = np.random.default_rng(5).integers(0, 50, (12, 40))
    order = np.random.default_rng(6).permutation(12)

    for scaling in (classical_mds, metric_mds):
        found, shuffled = scaling(js_pairs(counts)), scaling(js_pairs(counts[order]))

        assert shuffled.points == pytest.approx(found.points[order], abs=1e-6)
        assert (np.max(found.points, axis=0) >= -np.min(found.points, axis=0)).all()


def test_majorisation_ends_where_that_of_scikit_learn_does():
    table = js_pairs(np.random.default_rng(3).integers(0, 50, (20, 60)))
    start = classical_mds(table)

    found = metric_mds(table)

    points, _ = smacof(table, init=start.points, n_init=1, max_iter=300, eps=1e-12, normalized_stress=False)
    assert ((distances_of(found.points) - table) ** 2).sum() == pytest.approx(
        ((distances_of(points) - table) ** 2).sum(), rel=1e-4
    )
    assert found.stress < start.stress


def test_the_wider_axis_comes_first():
    found = metric_mds(distances_of(np.random.default_rng(1).normal(size=(9, 2)) * [1, 5]))

    assert found.points[:, 0].std() > found.points[:, 1].std()


@pytest.mark.parametrize("size", [0, 1, 2])
def test_few_points_are_placed_as_well(size):
    found = metric_mds(distances_of(np.arange(2.0 * size).reshape(size, 2)) if size > 1 else np.zeros((size, size)))

    assert found.points.shape == (size, 2)
    assert np.isnan(found.likeness)


@pytest.mark.parametrize(
    "table",
    [np.zeros((2, 3)), [[0, 1], [2, 0]], [[1, 1], [1, 0]], [[0, np.nan], [np.nan, 0]], [[0, -1], [-1, 0]]],
    ids=["not square", "not symmetric", "away from itself", "unknown", "negative"],
)
def test_what_is_no_table_of_distances_is_refused(table):
    with pytest.raises(ValueError, match="istances"):
        classical_mds(table)
