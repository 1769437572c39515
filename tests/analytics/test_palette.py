"""The colours of static/css/rolescope.css: readable, and apart for eyes that see fewer of them.

Colour vision deficiencies are simulated in linear RGB with the matrices of Machado, Oliveira, Fernandes 2009
(severity 1); distances are CIE76 in CIELAB (D65): 2 is just noticeable.
"""

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

CSS = Path(__file__).resolve().parents[2] / "static" / "css" / "rolescope.css"
THEMES = ("light", "dark")
SEEN_BY = {
    "everyone": np.eye(3),
    "protan": np.array([
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998],
    ]),
    "deutan": np.array([
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881],
    ]),
    "tritan": np.array([
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900],
    ]),
}  # fmt: skip
TO_XYZ = np.array([
    [0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041],
])  # fmt: skip
SERIES = [f"series-{place}" for place in range(1, 9)]
LEVELS = ["level-required", "level-preferred", "level-mentioned"]
TEXTS = ["ink", "ink-2", "ink-3", "accent", "accent-strong", "warn", "bad", "good"]
GROUNDS = ["paper", "surface", "surface-2"]
PAIRS = [
    ("warn", "warn-soft"), ("bad", "bad-soft"), ("good", "good-soft"), ("accent-strong", "accent-soft"),
    ("on-accent", "accent"),
]  # fmt: skip


def tokens(theme: str) -> dict[str, np.ndarray]:
    """Return each colour token of :root as RGB in 0..1."""
    found = re.findall(r"--([a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", CSS.read_text(encoding="utf-8"))
    place = THEMES.index(theme)
    return {name: np.array([int(both[place][i : i + 2], 16) for i in (1, 3, 5)]) / 255 for name, *both in found}


def linear(color: np.ndarray) -> np.ndarray:
    return np.where(color <= 0.04045, color / 12.92, ((color + 0.055) / 1.055) ** 2.4)


def contrast(one: np.ndarray, other: np.ndarray) -> float:
    """Return the contrast ratio of WCAG 2, 1 to 21."""
    light, dark = sorted((float(TO_XYZ[1] @ linear(color)) for color in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(color: np.ndarray, eyes: str) -> np.ndarray:
    seen = np.clip(SEEN_BY[eyes] @ linear(color), 0, 1)
    ratios = TO_XYZ @ seen / np.array([0.95047, 1.0, 1.08883])
    f = np.where(ratios > 216 / 24389, np.cbrt(ratios), (24389 / 27 * ratios + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def apart(names: list[str], theme: str, eyes: str) -> float:
    """Return the distance of the two nearest colours."""
    colors = tokens(theme)
    return min(
        float(np.linalg.norm(lab(colors[one], eyes) - lab(colors[other], eyes)))
        for one, other in combinations(names, 2)
    )


@pytest.mark.parametrize("eyes", SEEN_BY)
@pytest.mark.parametrize("theme", THEMES)
def test_series_are_told_apart_by_all_eyes(theme, eyes):
    assert apart(SERIES, theme, eyes) >= 8
    assert apart(SERIES[:4], theme, eyes) >= 15


@pytest.mark.parametrize("eyes", SEEN_BY)
@pytest.mark.parametrize("theme", THEMES)
def test_rising_and_falling_and_the_three_levels_are_told_apart_by_all_eyes(theme, eyes):
    assert apart(["series-1", "down"], theme, eyes) >= 25
    assert apart(LEVELS, theme, eyes) >= 18


@pytest.mark.parametrize("theme", THEMES)
def test_heat_steps_go_one_way_in_lightness(theme):
    colors = tokens(theme)
    lightness = [lab(colors[f"heat-{step}"], "everyone")[0] for step in range(10)]

    assert lightness == sorted(lightness, reverse=theme == "light")


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("theme", THEMES)
def test_text_is_readable_on_every_ground(theme, ground):
    colors = tokens(theme)

    assert {name: ratio for name in TEXTS if (ratio := contrast(colors[name], colors[ground])) < 4.5} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_text_is_readable_on_its_own_tint(theme):
    colors = tokens(theme)

    assert {pair: ratio for pair in PAIRS if (ratio := contrast(*(colors[name] for name in pair))) < 4.5} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_figures_are_readable_in_heat_cells(theme):
    colors = tokens(theme)
    inks = ["heat-ink-low"] * 5 + ["heat-ink-mid"] + ["heat-ink-high"] * 4

    ratios = [contrast(colors[ink], colors[f"heat-{step}"]) for step, ink in enumerate(inks)]
    assert min(ratios) >= 4.5, ratios


@pytest.mark.parametrize("theme", THEMES)
def test_what_is_drawn_stands_out_from_its_ground(theme):
    colors = tokens(theme)

    assert {name: ratio for name in SERIES if (ratio := contrast(colors[name], colors["surface"])) < 3} == {}


def test_curators_pages_have_the_same_colours():
    own = re.findall(r"(--[a-z0-9-]+: [^;]+);", (CSS.parent / "curation.css").read_text(encoding="utf-8"))
    sheet = CSS.read_text(encoding="utf-8")

    assert len(own) > 20
    assert [token for token in own if f"{token};" not in sheet] == []
