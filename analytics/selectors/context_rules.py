"""What the context rules of aliases mean, and what took one mention, in words for the screens."""

from postings.skills import By

SENTENCES = {
    "listed": "an everyday word, taken only in a list or beside words like “experience with”",
    "everyday": "an everyday word, taken because of its case and what stands around it",
    "asked": "taken where the posting asks for it",
    "of-the-job": "taken where the posting speaks of the job, not of the company",
    "spoken": "taken where the posting asks who speaks, reads or writes it",
}


def rule_text(rule: str) -> str:
    """Return what the rule `rule` says; "" for an alias that is taken everywhere."""
    return SENTENCES.get(rule, f"by the rule “{rule}”") if rule else ""


TAKEN_BY = {
    By.PHRASE: "the phrase means nothing else",
    By.ASKED: "taken because it is asked for here",
    By.OF_THE_JOB: "taken because this speaks of the job, not of the company",
    By.CUE: "an everyday word, taken because of the word beside it",
    By.LIST: "an everyday word, taken because it stands in a list with other skills",
    By.CAPITAL: "an everyday word, taken because it is written as a name",
    By.COMPANY: "an everyday word, taken because at least three such names stand in a row",
    By.SPOKEN: "a human language, taken because the posting asks who masters it",
}
