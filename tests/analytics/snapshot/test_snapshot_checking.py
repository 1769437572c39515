from dataclasses import replace

from make_facts import make_facts, make_many

from analytics.snapshot import build
from analytics.snapshot.build import lay_out
from analytics.snapshot.checking import differing_content, differing_derived
from analytics.snapshot.store import save

ADS = make_many(60, seed=5)


def test_a_sound_snapshot_follows_from_its_content(tmp_path):
    assert differing_derived(build(make_facts(ADS), tmp_path).path) == ()


def test_an_array_that_does_not_follow_from_the_content_is_named(tmp_path):
    layout = lay_out(make_facts(ADS))
    wrong = {"newest": layout.derived["newest"][::-1].copy(), "opening": layout.derived["opening"] + 1}
    saved = save(replace(layout, derived={**layout.derived, **wrong}), tmp_path)

    assert differing_derived(saved.path) == ("newest", "opening")


def test_an_array_that_is_missing_or_too_many_is_named(tmp_path):
    derived = dict(lay_out(make_facts(ADS)).derived)
    derived["more"] = derived.pop("newest")
    saved = save(replace(lay_out(make_facts(ADS)), derived=derived), tmp_path)

    assert differing_derived(saved.path) == ("more", "newest")


def test_columns_that_differ_between_two_snapshots_are_named(tmp_path):
    first = build(make_facts(ADS), tmp_path)
    paid = build(make_facts([replace(ad, pay=1.0) for ad in ADS]), tmp_path)

    assert differing_content(first.path, first.path) == ()
    assert differing_content(first.path, paid.path) == ("pay.npy",)
