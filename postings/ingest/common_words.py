"""Words that every text of a language is full of and that the other languages here do not have.

Enough of them settle the language of a text without asking a model. Single letters are left out, and words that
English names and phrases bring along ("Los", "per", "ad", "com"). A word that stands under two languages counts for
neither. Languages without a list (he, ru, uk) are left to the model.
"""

COMMON_WORDS: dict[str, str] = {
    "en": (
        "the and of to with for you our we will are is as be your that this from have by their they who what at has "
        "can which through while within across about other more than into including not all it its these or an been "
        "should must how where when us may working work experience team looking help join role skills years ability "
        "requirements required responsibilities"
    ),
    "de": (
        "und der für mit wir sie bei ist zu auf eine einen einer einem den dem des im zur zum sowie oder auch unsere "
        "unser unseren unserer ihre ihr ihrer ihren du dich dir dein deine deiner als nicht sich wird werden sind "
        "hast haben durch über uns nach kenntnisse erfahrung aufgaben suchen bieten bist zwischen innerhalb"
    ),
    "fr": (
        "le les des et du une est vous nous pour dans au aux sur avec votre vos notre nos qui sont ou êtes ainsi être "
        "cette ces leur leurs sein plusieurs équipe équipes entreprise recherche poste chez afin selon avez données "
        "été également"
    ),
    "es": (
        "el las una con que para por nuestro nuestra nuestros tus su sus más también es somos como en al experiencia "
        "empresa equipo datos años conocimientos trabajo buscamos ofrecemos nos donde eres serás"
    ),
    "pt": (
        "do da dos das em uma para por não você ao pela pelo nossa nosso nossos nossas seu sua seus suas como mais "
        "também experiência dados equipe empresa conhecimento trabalho nós ter que os às sobre somos área"
    ),
    "it": (
        "il gli di della delle dei degli del nel nella con che una sono alla al dal dalla un nostro nostra nostri "
        "nostre tuo tua siamo anche azienda esperienza lavoro conoscenza dati più nei nelle si"
    ),
    "nl": (
        "het een en van voor je jij wij zijn op aan bij naar als deze onze jouw ons bent ben heb hebt kunt ook om wat "
        "wordt worden niet uit binnen ervaring werken"
    ),
    "pl": (
        "na do oraz się jest dla nie że przez lub jak od naszych nasz nasza twoje doświadczenie znajomość pracy "
        "zespołu umiejętność będzie widziana praca"
    ),
    "sv": (
        "och att det som för är på av med till den har vi du kommer inom samt eller dig vår våra ett kan arbeta "
        "hos oss erfarenhet från också där ditt"
    ),
    "da": (
        "og det som for er på af med til den har vi du vil inden samt eller dig vores et kan arbejde hos os erfaring "
        "fra også hvor dit ikke"
    ),
    "cs": "na se je že do ve nebo jako jsme práce zkušenosti znalost týmu nabízíme máš budeš naše",
    "tr": "ve bir için ile olan olarak en çok deneyim sahibi veya konusunda iş ekip",
}
