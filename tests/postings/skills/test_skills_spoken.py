"""Human languages: where a posting asks who speaks one, and where they are adjectives, subjects, instructions."""

from functools import cache

import pytest
from shipped_extractor import shipped_extractor, shipped_found, shipped_skills

from postings.skills import By, Kind, Level, load_shipped

TRAPS = [
    # adjectives
    "We are a German company with a Dutch owner.",
    "You open up the French market for us.",
    "A bank from Utrecht with mostly Dutch customers.",
    "Our fans watch the English Premier League.",
    "Experience with Spanish and Portuguese customers.",
    "You know the German and Austrian markets.",
    "Knowledge of Swiss and German law",
    "Good understanding of French labour law.",
    "Strong Italian food culture in the canteen.",
    "You look after our German-speaking customers.",
    "Sales in French-speaking countries.",
    "Danish pastry on Fridays.",
    "An old Greek restaurant is our canteen.",
    "Supported by the Swedish Research Council.",
    "Kenntnisse des deutschen Marktes",
    "Du berätst unsere englischen Kunden.",
    "Connaissance du droit anglais des affaires",
    "We are active not only at the Polish level.",
    "German, Danish and Dutch partners trust us.",
    # verbs and other words
    "Polish your skills with a mentor of your own.",
    "Knowing when to polish and when to stop.",
    "Explain figures in plain English.",
    "Users describe their wish in simple English.",
    # instructions and what the text itself is in
    "Please apply in English.",
    "Send us your CV in Czech or English.",
    "This posting is in English only.",
    "Your application should be written in German or English.",
    "Bewerbungen bitte in deutscher oder englischer Sprache.",
    # subjects, lessons, products
    "BA in English or history.",
    "Degree in Journalism, English, Communications or related field",
    "GCSE grade C or above in English and Maths",
    "You mentor English language learners.",
    "Our app is translated into 12 languages, from Thai to Welsh.",
    "The site is available in German and French.",
    "Speech recognition for Arabic and Hindi dialects.",
    "You write articles on Russian history.",
    # not asked
    "No German required.",
    "Dutch is not needed.",
    "Swedish? Lovely, but we can do without.",
]

TWINS = [
    ("Fluent in English and German.", ["English", "German"]),
    ("Proficiency in English, French and, ideally, Dutch", ["English", "French", "Dutch"]),
    ("Strong written and spoken English.", ["English"]),
    ("Excellent command of the English language", ["English"]),
    ("Native German speaker", ["German"]),
    ("A German-speaking candidate with patience.", ["German"]),
    ("You speak Danish, or English while you learn it.", ["Danish", "English"]),
    ("Bilingual Spanish/English", ["Spanish", "English"]),
    ("English (C1) and Polish (B2)", ["English", "Polish"]),
    ("English @ B2+ level", ["English"]),
    ("Languages: Thai, English", ["Thai", "English"]),
    ("- Spanish and English", ["Spanish", "English"]),
    ("• French", ["French"]),
    ("English plus one of French, German or Italian", ["English", "French", "German", "Italian"]),
    ("Mandarin is a plus.", ["Mandarin"]),
    ("Hindi, Kannada or Tamil would be an advantage", ["Hindi", "Kannada", "Tamil"]),
    ("German required, Italian preferred", ["German", "Italian"]),
    ("A second language such as Arabic or Urdu", ["Arabic", "Urdu"]),
    ("Other languages (e.g. Korean, Japanese) are welcome.", ["Korean", "Japanese"]),
    ("You can hold a meeting in English.", ["English"]),
    ("You communicate complex ideas effectively in English", ["English"]),
    ("Business English", ["Business English"]),
    ("Conversational Cantonese or Mandarin Chinese", ["Cantonese", "Mandarin Chinese"]),
    ("American Sign Language is needed at the desk.", ["American Sign Language"]),
    ("ENGLISH: FLUENT", ["ENGLISH"]),
    ("Portuguese for daily work, English for reading", ["Portuguese", "English"]),
    # in their own words
    ("Sehr gute Deutsch- und Englischkenntnisse in Wort und Schrift", ["Deutsch", "Englischkenntnisse"]),
    ("Du sprichst fließend Deutsch und gut Englisch.", ["Deutsch", "Englisch"]),
    ("Englisch verhandlungssicher", ["Englisch"]),
    ("Gute deutsche und englische Sprachkenntnisse", ["deutsche", "englische"]),
    ("Sichere Kommunikation in deutscher und englischer Sprache", ["deutscher", "englischer Sprache"]),
    ("Anglais courant, allemand apprécié", ["Anglais"]),
    ("Vous parlez couramment anglais et espagnol.", ["anglais", "espagnol"]),
    ("Nivel alto de inglés", ["inglés"]),
    ("Inglés avanzado, portugués intermedio", ["Inglés", "portugués"]),
    ("Inglês fluente e espanhol", ["Inglês", "espanhol"]),
    ("Ottima conoscenza della lingua inglese", ["inglese"]),
    ("Uitstekende kennis van Nederlands en Engels", ["Nederlands", "Engels"]),
    ("Bardzo dobra znajomość języka angielskiego", ["angielskiego"]),
]


@cache
def spoken_languages():
    return {skill.name for skill in load_shipped().skills if skill.kind is Kind.SPOKEN}


@pytest.mark.parametrize("text", TRAPS)
def test_a_trap_is_no_demand_for_a_language(text):
    assert [name for name in shipped_skills(text) if name in spoken_languages()] == []


@pytest.mark.parametrize(("text", "expected"), TWINS)
def test_its_twin_is_one(text, expected):
    assert [one for one in shipped_found(text) if one not in OTHER_SKILLS] == expected


OTHER_SKILLS = ("written and spoken", "communication", "Kommunikation", "communicate")


def test_the_sentence_gives_the_level():
    text = "Requirements\n- Fluent English\n- German is a plus"
    english, german = shipped_extractor().read(text).mentions

    assert (english.level, german.level) == (Level.REQUIRED, Level.PREFERRED)
    assert english.by is german.by is By.SPOKEN


def test_names_in_small_letters_count_where_their_own_tongue_writes_them_so():
    assert shipped_found("Wymagania: język polski, angielski") == ["polski", "angielski"]
    assert shipped_found("polish the edges, in german steel") == []


def test_a_sure_word_before_spares_the_capital():
    assert shipped_found("You are fluent in polish, proficient in english") == ["polish", "english"]


def test_a_list_without_end_is_read_in_time():
    assert shipped_found("German" + " und" * 3000) == []
