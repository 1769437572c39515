from analytics.selectors.context_rules import SENTENCES, TAKEN_BY, rule_text
from postings.skills import By
from postings.skills.context import RULES


def test_every_context_rule_has_a_sentence_and_no_other():
    assert set(SENTENCES) == set(RULES)


def test_an_alias_without_a_rule_needs_no_words():
    assert rule_text("") == ""


def test_whatever_takes_a_mention_has_a_sentence():
    assert set(TAKEN_BY) == set(By)
    assert len(set(TAKEN_BY.values())) == len(By)
