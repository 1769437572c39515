"""What the context rules of aliases mean, in words for the screens."""

SENTENCES = {
    "listed": "an everyday word, taken only in a list or beside words like “experience with”",
    "everyday": "an everyday word, taken because of its case and what stands around it",
    "asked": "taken where the posting asks for it",
    "of-the-job": "taken where the posting speaks of the job, not of the company",
}


def rule_text(rule: str) -> str:
    """Return what the rule `rule` says; "" for an alias that is taken everywhere."""
    return SENTENCES.get(rule, f"by the rule “{rule}”") if rule else ""
