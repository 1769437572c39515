"""The language of a text, by its common words or by the model; and languages as fields name them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postings.ingest.common_words import COMMON_WORDS
from postings.ingest.language import LANGUAGES, detect_language, stated_language

TEXTS = {
    "en, long": (
        "We are looking for a person who will help our team with the trees and who can work in the field.",
        "en",
    ),
    "en, short": ("We need someone who loves apples and numbers.", "en"),
    "en, list": ("Python, SQL, Excel. Strong skills. Good degree. Nice team spirit. Paid leave.", "en"),
    "en, shouted": ("WE ARE LOOKING FOR A GARDENER WHO CAN PRUNE THE TREES IN OUR ORCHARD", "en"),
    "en, with German names": ("The team at Obstbau Müller in München is looking for a gardener with experience.", "en"),
    "en, with French names": (
        "You will work at Société des Pommes in Paris and help with the harvest of our apples.",
        "en",
    ),
    "de, long": ("Wir suchen eine Person, die sich um unsere Bäume kümmert und mit uns im Team arbeitet.", "de"),
    "de, short": ("Du liebst Obst und kannst gut mit Zahlen umgehen.", "de"),
    "de, English words": ("Als Data Engineer bist du bei uns für die Pipelines und das Monitoring zuständig.", "de"),
    "de, list": (
        "Deine Aufgaben: Bäume schneiden. Dein Profil: Erfahrung mit Äpfeln. Unser Angebot: frische Luft.",
        "de",
    ),
    "fr, long": (
        "Nous recherchons une personne pour notre équipe qui aime les arbres et les chiffres dans le verger.",
        "fr",
    ),
    "fr, short": ("Vous aimez les pommes et vous êtes à l’aise avec les chiffres.", "fr"),
    "fr, English words": ("Au sein de notre équipe data, vous êtes en charge du reporting et des dashboards.", "fr"),
    "es, long": (
        "Buscamos una persona para nuestro equipo que tenga experiencia con los árboles y las manzanas.",
        "es",
    ),
    "es, short": ("Te gustan las manzanas y trabajas bien con los números.", "es"),
    "pt, long": (
        "Procuramos uma pessoa para a nossa equipe que tenha experiência com as árvores e não tenha medo do trabalho.",
        "pt",
    ),
    "pt, short": ("Você gosta de maçãs e trabalha bem com números em nossa equipe.", "pt"),
    "it, long": (
        "Cerchiamo una persona per il nostro gruppo che abbia esperienza con gli alberi e la raccolta delle mele.",
        "it",
    ),
    "it, short": ("Ti piacciono le mele e lavori bene con i numeri della nostra azienda.", "it"),
    "nl, long": (
        "Wij zoeken een collega die van bomen houdt en die ervaring heeft met het snoeien van onze appels.",
        "nl",
    ),
    "nl, short": ("Jij houdt van appels en je werkt graag met cijfers.", "nl"),
    "pl, long": ("Szukamy osoby do naszego zespołu, która lubi drzewa oraz ma doświadczenie w pracy z jabłkami.", "pl"),
    "pl, short": ("Lubisz jabłka i dobrze pracujesz z liczbami.", "pl"),
    "sv": ("Vi söker en person som tycker om träd och som har erfarenhet av att arbeta med äpplen hos oss.", "sv"),
    "da": ("Vi søger en person, som holder af træer, og som har erfaring med at arbejde med æbler hos os.", "da"),
    "cs": ("Hledáme člověka, který má rád stromy a má zkušenosti s prací v našem sadu.", "cs"),
    "he": ("אנחנו מחפשים אדם שאוהב עצים ויש לו ניסיון בעבודה עם תפוחים", "he"),
    "ru": ("Мы ищем человека, который любит деревья и имеет опыт работы с яблоками.", "ru"),
    "uk": ("Ми шукаємо людину, яка любить дерева та має досвід роботи з яблуками.", "uk"),
    "tr": ("Ağaçları seven ve elma konusunda deneyim sahibi olan bir ekip arkadaşı arıyoruz.", "tr"),
    "a name": ("Python", ""),
    "numbers": ("2024 12.5 100% 3,000 4/5 $100", ""),
    "nothing": ("", ""),
    "signs": ("— • – * # !!!", ""),
}
STATED = {
    "en": "en", "EN": "en", "en-US": "en", "en_GB": "en", "English": "en", "english": "en", "Englisch": "en",
    "Anglais": "en", "Inglés": "en", "Inglese": "en", "Engels": "en", "angielski": "en", "inglês": "en", "de": "de",
    "de-DE": "de", "German": "de", "Deutsch": "de", "Allemand": "de", "Alemán": "de", "niemiecki": "de", "fr": "fr",
    "French": "fr", "Français": "fr", "Französisch": "fr", "es": "es", "Spanish": "es", "Español": "es", "es-MX": "es",
    "pt_BR": "pt", "Portuguese": "pt", "Português": "pt", "it": "it", "Italiano": "it", "nl": "nl", "Dutch": "nl",
    "Nederlands": "nl", "pl": "pl", "Polski": "pl", "he": "he", "Hebrew": "he", "uk": "uk", "Ukrainian": "uk",
    "ru": "ru", "sv": "sv", "Swedish": "sv", "Python": "", "": "", "N/A": "", "not specified": "", "xx": "",
    "English and German": "", "B2": "",
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_the_language_of_a_text_is_recognised(name):
    text, code = TEXTS[name]
    assert detect_language(text) == code


@pytest.mark.parametrize("written", STATED)
def test_a_stated_language_is_a_code(written):
    assert stated_language(written) == STATED[written]


def test_a_text_in_two_languages_is_left_to_the_model():
    mixed = "We are looking for you and your team. Wir suchen dich und dein Team für unsere Bäume und Felder."
    assert detect_language(mixed) in {"en", "de"}


@pytest.mark.parametrize("code", COMMON_WORDS)
def test_the_lists_of_common_words_are_of_languages_that_we_know(code):
    assert code in LANGUAGES
    assert len(COMMON_WORDS[code].split()) == len(set(COMMON_WORDS[code].split()))


@settings(deadline=None)  # the models are loaded by the first of them
@given(st.text(max_size=300))
def test_every_text_has_a_known_language_or_none(text):
    found = detect_language(text)
    assert found in {"", *LANGUAGES}
    assert detect_language(text) == found
    assert stated_language(text) == "" or len(stated_language(text)) == 2
