"""Compares ways to find profiles on the postings of an installation: what comes back, what agrees with roles, seconds.

    .venv/bin/python benchmarks/profiles_compare.py DATA_DIR [--splits 5] [--only NAME ...] [--fit]

Reads the newest snapshot under DATA_DIR. Copies are left out and only English teaches. ARI: of fits on disjoint two
fifths, on the last fifth, mean and least over the splits. NMI: with the role, where the catalogue has it. Role: the
accuracy of a logistic regression from the memberships, cross-validated, over that from all skills. --fit prints
the profiles that the product itself would show, with their stability and calibration.
"""

import argparse
import sys
import time
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.cluster import KMeans
from sklearn.decomposition import LatentDirichletAllocation, MiniBatchNMF, TruncatedSVD
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import normalized_mutual_info_score
from sklearn.model_selection import cross_val_score
from sklearn.preprocessing import normalize

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from analytics.profiles import FitSettings, Postings, coarse_of, distinctive_skills, fit_profiles
from analytics.profiles.calibration import from_half_the_skills
from analytics.profiles.fitting import TECHNICAL_KINDS, usable_skills
from analytics.profiles.mixture import SkillProfileMixture
from analytics.profiles.stability import adjusted_rand
from analytics.snapshot import open_snapshot

LEAST_OF_A_ROLE = 100
NUMBERS = (5, 6, 12)
SEED = 20260801


def postings_of(snapshot):
    languages = np.asarray(snapshot.languages, object)[snapshot.language]
    company = np.asarray(snapshot.company)
    return Postings(
        X=sparse.csr_array(snapshot.matrix(np.arange(snapshot.n))),
        skills=list(snapshot.skills),
        kinds=[label.kind for label in snapshot.skill_labels],
        eligible=np.isin(languages, ["en", ""]) & ~np.asarray(snapshot.is_copy),
        companies=np.where(np.asarray(snapshot.companies, object)[company] == "", -1, company),
    )


def evidence_of(postings, snapshot):
    rows = sparse.csr_array(postings.X)
    technical = np.isin(postings.kinds, list(TECHNICAL_KINDS))
    evidence = sparse.csr_array(rows[:, usable_skills(rows, technical, postings, FitSettings())])
    teaching = np.flatnonzero(postings.eligible & (np.diff(evidence.indptr) >= 3))
    return evidence[teaching], np.asarray(snapshot.roles, object)[snapshot.role][teaching]


def mixture(rows, k, seed):
    return SkillProfileMixture(k, smoothing=10.0, seed=seed).fit(rows).predict_proba


def nmf(rows, k, seed):
    model = MiniBatchNMF(k, random_state=seed, init="nndsvda").fit(normalize(sparse.csr_matrix(rows)))
    return lambda X: normalize(model.transform(normalize(sparse.csr_matrix(X))) + 1e-12, norm="l1")


def lda(rows, k, seed):
    model = LatentDirichletAllocation(k, random_state=seed, learning_method="online", max_iter=10)
    model.fit(sparse.csr_matrix(rows))
    return lambda X: model.transform(sparse.csr_matrix(X))


def svd_kmeans(rows, k, seed):
    svd = TruncatedSVD(32, random_state=seed).fit(normalize(sparse.csr_matrix(rows)))
    means = KMeans(k, n_init=4, random_state=seed).fit(svd.transform(normalize(sparse.csr_matrix(rows))))
    return lambda X: np.eye(k)[means.predict(svd.transform(normalize(sparse.csr_matrix(X))))]


METHODS = {"mixture": mixture, "NMF": nmf, "LDA": lda, "SVD + k-means": svd_kmeans}


def accuracy(features, roles):
    model = LogisticRegression(max_iter=300)
    return cross_val_score(model, features, roles, cv=3).mean()


def with_role(roles):
    names, counts = np.unique(roles, return_counts=True)
    common = names[(counts >= LEAST_OF_A_ROLE) & ~np.isin(names, ["", "other", "unknown"])]
    return np.flatnonzero(np.isin(roles, common))


def compared(fit, k, rows, roles, splits):
    agreements, seconds = [], []
    for split in range(splits):
        shuffled = np.random.default_rng(split).permutation(rows.shape[0])
        first, second, held_out = np.split(shuffled, [2 * len(shuffled) // 5, 4 * len(shuffled) // 5])
        began = time.process_time()
        one, other = fit(rows[first], k, 2 * split), fit(rows[second], k, 2 * split + 1)
        seconds.append((time.process_time() - began) / 2)
        labels = [named(rows[held_out]).argmax(axis=1) for named in (one, other)]
        agreements.append(adjusted_rand(*labels))
    memberships = fit(rows, k, SEED)(rows)
    told = with_role(roles)
    nmi = normalized_mutual_info_score(roles[told], memberships[told].argmax(axis=1))
    return agreements, nmi, accuracy(memberships[told], roles[told]), np.mean(seconds)


def table(rows, roles, everything, options):
    print("\n| method | k | ARI (least) | NMI with role | role from memberships | seconds a fit |")
    print("| --- | --- | --- | --- | --- | --- |", flush=True)
    for name, fit in METHODS.items():
        for k in NUMBERS if not options.only or name in options.only else ():
            agreements, nmi, role, seconds = compared(fit, k, rows, roles, options.splits)
            found = f"{np.mean(agreements):.2f} ({min(agreements):.2f})"
            part = f"{role:.3f} ({role / everything:.0%})"
            print(f"| {name} | {k} | {found} | {nmi:.2f} | {part} | {seconds:.1f} |", flush=True)


def shown(postings, roles, everything):
    began = time.process_time()
    fit = fit_profiles(postings, settings=replace(FitSettings(), seed=SEED))
    print(f"\nThe product's own fit: {time.process_time() - began:.0f} CPU seconds")
    print("agreement by number of coarse profiles:", rounded(fit.agreements))
    print("agreement by split:", rounded(fit.split_agreements))
    taught = np.flatnonzero(fit.trained)
    for level, found in fit.levels.items():
        wholes = fit.model.wholes(level)
        memberships = coarse_of(fit.memberships, wholes)[taught]
        role = accuracy(memberships[with_role(roles)], roles[with_role(roles)]) / everything
        print(f"\n{level}: ARI {found.stability.agreement:.3f}, role {role:.1%} as well as from all skills")
        marks = distinctive_skills(found.counts, found.sizes, top=9, among=found.technical)
        for number, skills in enumerate(marks):
            mother = "" if level == "coarse" else f" of {fit.model.parents[wholes == number][0]}"
            told = ", ".join(f"{postings.skills[mark.skill]} {mark.share:.0%}" for mark in skills)
            names = commonest(roles[memberships.argmax(axis=1) == number])
            jaccard = found.stability.jaccard[number]
            print(f"  {number}{mother}: {found.weights[number]:.1%}, J {jaccard:.2f}: {told} | {names}")
    known = fit.model.on_own_skills(postings.X, postings.skills)[taught]
    for level, curve in from_half_the_skills(fit.model, known, seed=SEED).items():
        pairs = zip(curve.said, curve.found, curve.counts, strict=True)
        told = ", ".join(f"{said:.2f}/{right:.2f}" for said, right, count in pairs if count)
        print(f"calibration, {level}: expected error {curve.error:.3f}; said/found {told}")


def rounded(agreements):
    return {key: round(value, 2) for key, value in agreements.items()}


def commonest(roles):
    names, sizes = np.unique(roles, return_counts=True)
    return ", ".join(f"{names[i]} {sizes[i]}" for i in np.argsort(-sizes)[:3])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("--splits", type=int, default=5)
    parser.add_argument("--only", nargs="*", choices=METHODS)
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    folders = [path for path in (options.data_dir / "snapshots").iterdir() if path.is_dir()]
    snapshot = open_snapshot(max(folders, key=lambda path: path.stat().st_mtime))
    postings = postings_of(snapshot)
    rows, roles = evidence_of(postings, snapshot)
    everything = accuracy(sparse.csr_matrix(rows[with_role(roles)]), roles[with_role(roles)])
    print(f"{rows.shape[0]} postings, {rows.shape[1]} skills; role from all skills: {everything:.3f}", flush=True)
    if options.fit:
        shown(postings, roles, everything)
    table(rows, roles, everything, options)


if __name__ == "__main__":
    main()
