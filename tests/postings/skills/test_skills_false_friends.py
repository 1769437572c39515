"""A phrase that is a skill in most languages and a plain word in some."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make_extractor import make_extractor
from shipped_extractor import shipped_skills

from postings.ingest.language import LANGUAGES
from postings.skills import Extractor, Lexicon, LexiconEntry, false_friends, languages_named

ITALIAN = "Il candidato ideale ha una laurea in {} e ha maturato esperienza nella gestione dei dati per le aziende."
ENGLISH = "We are looking for a person who has experience with {} and who will work with the data of our customers."
DUTCH = "Je werkt met een team van collega's aan een breed {} van projecten voor de klanten van ons bedrijf."
GERMAN = "Wir bieten dir ein {} und eine Umgebung, in der du mit den Daten unserer Kunden arbeiten wirst."
FRENCH = "Vous allez {} les données de nos clients et travailler avec les équipes dans un point de {} commun."
PORTUGUESE = "Você vai {} com os dados dos nossos clientes e trabalhar com uma equipe que gosta de desafios."


def entry(number, phrase, *, exact=False, context="", not_in=""):
    return LexiconEntry(number, phrase, exact, context, not_in)


def found(text, *entries):
    return [text[m.start : m.end] for m in Extractor(Lexicon(entries)).read(text).mentions]


ETL = entry(1, "Informatica", not_in="it")


def test_a_false_friend_is_read_but_in_its_languages():
    assert found(ENGLISH.format("Informatica"), ETL) == ["Informatica"]
    assert found(ITALIAN.format("Informatica"), ETL) == []
    assert found(ITALIAN.format("Informatica"), entry(1, "Informatica", not_in="es")) == ["Informatica"]


def test_the_language_around_the_phrase_counts_where_a_text_mixes_two():
    english, italian = [ENGLISH.format("pears")] * 6, [ITALIAN.format("pere")] * 6

    assert found("\n".join([*english, *italian, ITALIAN.format("Informatica")]), ETL) == []
    assert found("\n".join([*italian, *english, ENGLISH.format("Informatica")]), ETL) == ["Informatica"]


def test_where_there_is_too_little_text_to_tell_its_language_it_is_read():
    assert found("Informatica", ETL) == ["Informatica"]


def test_what_a_false_friend_holds_is_read_instead_and_may_be_one_too():
    longer = entry(2, "Scala Informatica", not_in="it")

    assert found(ITALIAN.format("Scala Informatica"), longer, entry(3, "Scala")) == ["Scala"]
    assert found(ITALIAN.format("Scala Informatica"), longer, entry(3, "Scala"), ETL) == ["Scala"]


def test_what_a_phrase_of_another_rule_holds_is_no_false_friend_either():
    asked = entry(2, "Scala Informatica", context="asked")

    assert found("Scala Informatica is what people of our company work with every day.", asked, ETL) == ["Informatica"]
    assert found("Scala Informatica è una delle aziende che gestiscono i dati per il cliente.", asked, ETL) == []


def test_a_false_friend_is_no_company_for_a_phrase_that_needs_some():
    listed = entry(2, "Go", exact=True, context="listed")

    assert found(ENGLISH.format("Informatica, Go"), ETL, listed) == ["Informatica", "Go"]
    assert found(ITALIAN.format("Informatica, Go"), ETL, listed) == []


def test_a_spelling_of_its_own_is_read_in_all_languages():
    entries = (entry(1, "Scala", exact=True), entry(2, "scala", not_in="it"))

    assert found(ITALIAN.format("Scala su larga scala"), *entries) == ["Scala"]
    assert found(ENGLISH.format("Scala or scala"), *entries) == ["Scala", "scala"]


def test_no_language_is_looked_for_where_no_false_friend_stands(monkeypatch):
    def not_asked(text):
        raise AssertionError(text)

    monkeypatch.setattr(false_friends, "detect_language", not_asked)

    assert make_extractor().read(ITALIAN.format("Python")).mentions


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        (ITALIAN.format("Informatica, Statistica"), []),
        (ITALIAN.format("Python, Scala su larga scala, Stata"), ["Python", "Scala", "Stata"]),
        (ITALIAN.format("fisica ed è stata premiata dalle aziende"), []),
        (ITALIAN.format("arti con DALL-E"), ["DALL-E"]),
        (ITALIAN.format("economia, nel gruppo A2A"), []),
        (ENGLISH.format("Informatica, Statistica, Vue"), ["Informatica", "Statistica", "Vue.js"]),
        (ENGLISH.format("animation, LiDAR and transformers"), ["animation", "LiDAR", "transformers"]),
        (DUTCH.format("scala"), []),
        (GERMAN.format("JobRad-Leasing"), []),
        (FRENCH.format("transformer", "vue"), []),
        (FRENCH.format("utiliser Vue, Transformers et", "jeu"), ["Vue.js", "transformers"]),
        (PORTUGUESE.format("lidar"), []),
    ],
)
def test_the_shipped_ones_are_told_from_what_they_look_like(text, skills):
    assert shipped_skills(text) == skills


@given(st.lists(st.sampled_from(LANGUAGES)), st.sampled_from([" ", ", ", ";", "  "]), st.booleans())
def test_languages_are_kept_in_one_spelling(codes, between, is_upper):
    written = between.join(codes)

    kept = languages_named(written.upper() if is_upper else written)

    assert kept.split() == sorted({*codes})
    assert languages_named(kept) == kept


@pytest.mark.parametrize(("text", "strange"), [("it xx", "xx"), ("italian", "italian"), ("it|pt", "it|pt")])
def test_a_language_that_no_text_is_found_in_is_refused(text, strange):
    with pytest.raises(ValueError, match=strange.replace("|", r"\|")):
        languages_named(text)
