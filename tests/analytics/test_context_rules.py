from analytics.selectors.context_rules import SENTENCES, rule_text
from postings.skills.context import RULES


def test_every_context_rule_has_a_sentence_and_no_other():
    assert set(SENTENCES) == set(RULES)


def test_an_alias_without_a_rule_needs_no_words():
    assert rule_text("") == ""
