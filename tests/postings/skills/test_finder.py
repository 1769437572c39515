import itertools
import json
import subprocess
import sys
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from test_skills_taxonomy import write_taxonomy

from postings.skills import Extractor, Reading, Span, load_shipped, load_taxonomy
from postings.skills.finder import FOLDER, DamagedModelError, Finder, store
from postings.skills.finder.finder import _between_commas, _says_something, _without_edges
from postings.skills.finder.labels import ABILITY, IN_SKILL, LABELS, OUTSIDE, SKILL, best_labels, label, skill_spans
from postings.skills.finder.network import Shape
from postings.skills.finder.sentences import FEATURES, SentenceReader, known_features, without_unknown
from postings.skills.finder.training import MarkedText, Plan, TrainingFileError, read_marked, train

WORDS = [Span(0, 4), Span(5, 9), Span(10, 14)]
LIMIT = 5_000_000
TINY = Plan(
    shape=Shape(rows=(50,) * len(FEATURES), embedded=8, width=16, depth=1),
    networks=2,
    epochs=40,
    batch=20,
    rate=0.02,
    dropout=0.0,
)


def marked(text, *skills, abilities=()):
    places = [[Span(text.index(one), text.index(one) + len(one)) for one in some] for some in (skills, abilities)]
    return MarkedText("1", "a", "tech", text, *map(tuple, places))


LESSONS = [
    marked("Experience with Brindle and Git is a plus", "Brindle", "Git"),
    marked("Experience with Framwick is required", "Framwick"),
    marked("Experience with Tolby or Wexen is required", "Tolby", "Wexen"),
    marked("Our office in Blarney has a garden"),
    marked("Free fruit in our office is a plus"),
    marked("You cook soup with joy", abilities=("cook soup",)),
]


@pytest.fixture(scope="module")
def taxonomy(tmp_path_factory):
    return load_taxonomy(write_taxonomy(tmp_path_factory.mktemp("taxonomy"), tools="Git,coding,"))


@pytest.fixture(scope="module")
def extractor(taxonomy):
    return Extractor(taxonomy.lexicon()[0])


@pytest.fixture(scope="module")
def model(taxonomy):
    return train(LESSONS, taxonomy, TINY)


@cache
def shipped():
    taxonomy = load_shipped()
    extractor = Extractor(taxonomy.lexicon()[0])
    return extractor, Finder.shipped(taxonomy, extractor)


def candidates(text):
    extractor, finder = shipped()
    return [text[span.start : span.end] for span in finder.candidates(text, extractor.read(text))]


def shares(*likeliest):
    rows = np.full((len(likeliest), LABELS), 0.1)
    rows[range(len(likeliest)), likeliest] = 0.6
    return rows


def test_a_word_that_is_skill_and_ability_is_a_skill():
    assert label(WORDS, [Span(5, 14)], [Span(0, 14)]).tolist() == [ABILITY, SKILL, IN_SKILL]


def test_no_skill_goes_on_that_has_not_begun():
    assert best_labels(shares(IN_SKILL, IN_SKILL, OUTSIDE), bias=0)[0] != IN_SKILL
    assert best_labels(shares(ABILITY, IN_SKILL, OUTSIDE), bias=0)[:2] != [ABILITY, IN_SKILL]


def test_a_lower_bias_finds_more():
    unsure = np.array([[0.5, 0.3, 0.1, 0.05, 0.05]])
    assert [best_labels(unsure, bias=bias) for bias in (0, -1)] == [[OUTSIDE], [SKILL]]


def test_skills_that_touch_stay_two():
    assert list(skill_spans(WORDS, [SKILL, SKILL, IN_SKILL])) == [Span(0, 4), Span(5, 14)]


def test_words_have_their_places_in_the_text_as_given(taxonomy, extractor):
    text = "Knows C\\+\\+.\n\n \u2022 Git\u00a0flow. Then rest"
    sentences = list(SentenceReader(taxonomy, extractor).read(text, extractor.read(text)))
    found = [text[span.start : span.end] for sentence in sentences for span in sentence.spans]
    assert found == ["Knows", "C\\+\\+", ".", "\u2022", "Git", "flow", ".", "Then", "rest"]
    assert {sentence.features.shape[1] for sentence in sentences} == {len(FEATURES)}


def test_what_the_taxonomy_knows_is_a_feature_of_the_word(taxonomy, extractor):
    reader, text = SentenceReader(taxonomy, extractor), "Git flow"
    [named] = reader.read(text, extractor.read(text))
    [refused] = reader.read(text, Reading((), ()))
    git, flow = named.features != refused.features
    assert set(itertools.compress(FEATURES, git)) == {"alias", "group", "kind", "level", "sentence"}
    assert set(itertools.compress(FEATURES, flow)) == {"sentence"}


def test_it_learns_where_skills_stand_and_takes_a_word_it_never_saw(taxonomy, extractor, model):
    finder = Finder(taxonomy, extractor, model)
    text = "Experience with Quorl is required"
    assert finder.find(text, extractor.read(text)) == [Span(16, 21)]
    assert finder.find("Our office has a garden", extractor.read("Our office has a garden")) == []


@pytest.mark.slow
def test_the_same_seed_gives_the_same_files_and_another_seed_others(taxonomy, model, tmp_path):
    for name, one in {
        "a": model,
        "b": train(LESSONS, taxonomy, TINY),
        "c": train(LESSONS, taxonomy, replace(TINY, seed=1)),
    }.items():
        store.save(one, tmp_path / name)
    a, b, c = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in "abc")
    assert a == b
    assert a["weights.npy"] != c["weights.npy"]


def test_what_is_saved_is_what_is_loaded(taxonomy, model, tmp_path):
    store.save(model, tmp_path)
    loaded = store.load(tmp_path)
    assert (loaded.shape, loaded.bias, loaded.training) == (model.shape, model.bias, model.training)
    assert np.array_equal(loaded.weights, model.weights)
    assert np.array_equal(loaded.known, model.known)


def damaged(folder, **changes):
    about = json.loads((folder / "model.json").read_text())
    (folder / "model.json").write_text(json.dumps(about | changes))


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (lambda folder: (folder / "weights.npy").unlink(), "cannot be read.*train_finder"),
        (lambda folder: (folder / "weights.npy").write_bytes(b"\x93NUMPY"), "weights.npy is damaged"),
        (lambda folder: (folder / "known.npy").write_bytes(b""), "known.npy is damaged"),
        (lambda folder: (folder / "model.json").write_text("{"), "model.json is damaged.*train_finder"),
        (lambda folder: (folder / "model.json").write_text("[]"), "model.json is damaged"),
        (
            lambda folder: damaged(folder, libraries={"spaCy": "2.3", "thinc": "7.4"}),
            "made with spaCy 2.3, and this is",
        ),
        (lambda folder: damaged(folder, features=["word"]), "another version of Rolescope"),
        (lambda folder: damaged(folder, shape={"rows": [1], "width": 3, "colour": 1}), "model.json is damaged"),
    ],
)
def test_a_damaged_folder_is_refused_in_words(model, tmp_path, harm, message):
    store.save(model, tmp_path)
    harm(tmp_path)
    with pytest.raises(DamagedModelError, match=message):
        store.load(tmp_path)


def test_weights_of_another_shape_are_refused(taxonomy, extractor, model):
    with pytest.raises(DamagedModelError, match="weights where the network has"):
        Finder(taxonomy, extractor, replace(model, shape=replace(model.shape, width=8)))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "marked.jsonl, line 2: not JSON"),
        ("[]", "line 2: not a marked sentence"),
        (
            '{"id": 1, "posting": 1, "part": "tech", "text": "Git", "knowledge": [[0, 9]], "skills": []}',
            "line 2: .*0..9",
        ),
        ('{"id": 1, "posting": 1, "part": "tech", "text": "Git", "knowledge": [[0]], "skills": []}', "line 2"),
        ("", "no skill is marked"),
    ],
)
def test_a_line_that_cannot_teach_is_named(tmp_path, line, message):
    path = tmp_path / "marked.jsonl"
    path.write_text('{"id": 1, "posting": 1, "part": "tech", "text": "Git", "knowledge": [], "skills": []}\n' + line)
    with pytest.raises(TrainingFileError, match=message):
        read_marked(path)


def test_what_ships_is_small_and_is_of_these_libraries():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < LIMIT
    assert len(store.load(FOLDER).weights) > 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Proficiency in Zorplang and hands-on experience with Quibblebase.", {"Zorplang", "Quibblebase"}),
        ("Knowledge of Brindle, Docker and Kwillow is a plus", {"Brindle", "Kwillow"}),
        ("We offer free fruit, a garden and a fine view of the river.", set()),
    ],
)
def test_what_ships_finds_names_that_nobody_knows(text, names):
    assert set(candidates(text)) == names


def test_features_that_were_never_learnt_are_all_one():
    seen, other = (np.full((2, len(FEATURES)), number, dtype=np.uint64) for number in (3, 9))
    other[1] = 8
    known = known_features([seen, other], fewest=3)
    assert known.tolist() == [3, 8, 9]
    known = known_features([seen, other], fewest=2 * len(FEATURES))
    assert np.array_equal(without_unknown(seen, known), seen)
    first, second = without_unknown(other, known)
    assert np.array_equal(first, second)
    assert not {3, 8, 9} & set(first.tolist())


def test_a_list_with_commas_is_several_skills():
    assert candidates("Experience with Zorplang, Kwillow and Quibblebase") == ["Zorplang", "Kwillow", "Quibblebase"]
    assert list(_between_commas("ab, c", Span(0, 5))) == [Span(0, 2), Span(3, 5)]


def test_marks_of_the_sentence_are_no_part_of_a_skill():
    text = "Experience with (Quorl), .NET"
    assert [
        text[s.start : s.end] for s in (_without_edges(text, Span(16, 24)), _without_edges(text, Span(25, 29)))
    ] == [
        "Quorl",
        ".NET",
    ]


def test_a_candidate_never_overlaps_a_skill_that_is_named():
    text = "Experience with Docker, Quibblebase and Python scripting; Zorplang 4 and deep learning know-how"
    extractor, finder = shipped()
    reading = extractor.read(text)
    spans = [*reading.mentions, *finder.candidates(text, reading)]
    assert len({at for span in spans for at in range(span.start, span.end)}) == sum(s.end - s.start for s in spans)


@pytest.mark.slow
@pytest.mark.parametrize("text", ["", " \n\t\n", "\u2022", "\\", "Git" * 3000, "a " * 5000])
def test_odd_texts_are_read_to_their_end(text):
    extractor, finder = shipped()
    assert all(0 <= span.start < span.end <= len(text) for span in finder.find(text, extractor.read(text)))


def run_extract(tmp_path, *options):
    (tmp_path / "in.jsonl").write_text(json.dumps({"id": 1, "text": "Proficiency in Zorplang and Docker."}))
    call_command("extract_file", tmp_path / "in.jsonl", tmp_path / "out.jsonl", *options)
    [line] = (tmp_path / "out.jsonl").read_text().splitlines()
    return json.loads(line)


@pytest.mark.slow
def test_extract_file_writes_what_the_finder_sees_unless_told_not_to(tmp_path):
    with_model, without = run_extract(tmp_path), run_extract(tmp_path, "--no-model")
    assert with_model["skills"] == without["skills"]
    assert (len(with_model["candidates"]), len(without["candidates"])) == (1, 0)


def test_train_finder_says_what_is_wrong_with_its_file(tmp_path):
    (tmp_path / "marked.jsonl").write_text("{")
    with pytest.raises(CommandError, match=r"marked\.jsonl, line 1: not JSON"):
        call_command("train_finder", tmp_path / "marked.jsonl", "--out", tmp_path / "model")
    assert not (tmp_path / "model").exists()


@pytest.mark.slow
def test_the_main_road_does_not_load_it():
    code = (
        "import sys; from postings.skills import Extractor, Lexicon, LexiconEntry, files\n"
        "Extractor(Lexicon([LexiconEntry(1, 'Docker', False, '')])).read('Proficiency in Docker')\n"
        "sys.exit(any(name.startswith('postings.skills.finder') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("found", "says"), [("and/or", False), ("1", False), ("a R", False), ("in", False), ("Kotlin", True)]
)
def test_the_rest_of_a_torn_list_is_no_candidate(found, says):
    assert _says_something(found) is says
