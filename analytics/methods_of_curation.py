"""How the figures are computed that curators see when they decide, and those of what they mark. Pure."""

from analytics.method import Method

METHODS_OF_CURATION: dict[str, Method] = {
    "impact": Method(
        "What an edit would do",
        "The same ads are counted as they are read now and as they would be, before anything is saved.",
        "p₂ − p₁;  where an edit only adds or only takes, the change is a share itself, with Wilson’s interval;  else "
        "Newcombe’s with r = Σ(y₁−p₁)(y₂−p₂) ÷ √(n₁p₁(1−p₁) n₂p₂(1−p₂)), over ads counted both times",
        "Wilson 1927; Newcombe 1998 (paired data, method 10).",
        "The counts are exact for these postings; the interval is for all such ads, taken to be independent. New "
        "phrases are found by full-text search, and 100 of their texts are read. Roles under 10 ads are left out.",
        ("Impact of an edit",),
    ),
    "sample_share": Method(
        "Right, of what two people read",
        "How much of what the run reads is right, by what two people who read apart from each other agree on.",
        "p = Σ W p(h), W the part of the run that kind h is;  Wilson’s interval at 1 ÷ Σ W²/n;  one kind: Wilson",
        "Stratified sampling: Cochran 1977, 5.3; effective n: Kish 1965; Wilson 1927.",
        "It says how much of what is found is right, not how much is missed. What the readers do not settle and what "
        "nobody can tell is left out: if those are the hard ones, the share is too high.",
        ("Share of a whole from its strata",),
    ),
    "kappa": Method(
        "Agreement of two readers",
        "How much oftener two readers say the same than chance alone would have them: 1 always, 0 as by chance.",
        "κ = (pₒ − pₑ) ÷ (1 − pₑ), pₑ = Σ p₁ₖ p₂ₖ;  AC1 the same with pₑ = Σ qₖ(1 − qₖ) ÷ (K − 1), q mean of both;  "
        "95%: ± 1.96 standard errors",
        "Cohen 1960, error: Fleiss, Cohen, Everitt 1969; Gwet 2008.",
        "Where nearly all is “yes”, κ is low however well they read: look at the share of same answers and at AC1. Two "
        "readers may agree and both be wrong. Full agreement has no error: its lower end is Wilson’s of the share.",
        ("Agreement of two readers",),
    ),
    "title_doubt": Method(
        "Titles against their skills",
        "How much likelier the skills of a title’s ads are in another role than in the one that it is read as.",
        "mean over companies of Σ ln p(skill | other) − Σ ln p(skill | own), own without the title’s ads;  flagged "
        "from 1 where Student’s t, one-sided 97.5%, is above 0",
        "McCallum, Nigam 1998; Vuong 1989.",
        "Needs 3 companies. A title may be read rightly and do another role’s work: of real ones most do.",
        ("Title against its skills",),
    ),
}
