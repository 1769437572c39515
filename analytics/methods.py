"""How each figure is computed, in the words that stand beside it. Pure.

One Method for each key that charts and tables name; docs/reference/measures.md tells the same at length.
"""

from analytics.method import Method
from analytics.methods_of_curation import METHODS_OF_CURATION

__all__ = ["METHODS", "Method"]

METHODS: dict[str, Method] = {
    "postings": Method(
        "How postings are counted",
        "One ad counts once, however many boards and towns carry it.",
        "n = groups of postings with the same ad, inside the filters",
        "Exact copies by a hash of the text; near copies by MinHash, then word by word.",
        "An ad that was rewritten counts twice. An ad without a date falls out when dates are chosen. An ad says that "
        "somebody may be wanted, not that somebody was hired.",
    ),
    "share": Method(
        "Share and its 95% interval",
        "How many of the postings name it, with the range in which the share of all such ads would lie.",
        "p = k ÷ n;  interval (p + z²/2n ∓ z√(p(1−p)/n + z²/4n²)) ÷ (1 + z²/n), z = 1.96",
        "Wilson 1927; differences of two shares: Newcombe 1998, method 10.",
        "Takes postings to be independent: too narrow where few companies hold many of them. It says nothing of "
        "which postings were collected. Under 30 postings it is greyed, under 10 withheld.",
        ("Interval of a share",),
    ),
    "clustered": Method(
        "Interval over companies",
        "Whole companies are drawn again and again, since the ads of one company are alike.",
        "central 95% of the shares of 200 draws of companies;  with few companies Wilson at n ÷ design effect",
        "Cameron, Gelbach, Miller 2008; Korn, Graubard 1998.",
        "A posting without a known company counts as a company of its own.",
        ("Interval over companies",),
    ),
    "median": Method(
        "Median and its 95% interval",
        "Half of the values lie below it; the interval takes no shape for granted.",
        "x₍ᵢ₎ to x₍ⱼ₎ of the sorted values, i and j from the binomial distribution with p = ½",
        "Campbell, Gardner 1988.",
        "Unknown under 6 values.",
        ("Interval of a median",),
    ),
    "levels": Method(
        "Required, preferred, mentioned",
        "How firmly a posting asks: by the heading that the words stand under, and by cues in their sentence.",
        "each posting counts once for a skill, at its firmest level;  required + preferred + mentioned = named at all",
        "Rules of sections and cue words; measured on marked postings (see Quality).",
        "“Mentioned” means that nothing tells, not that it is optional. In texts without line breaks "
        "headings are missed.",
    ),
    "log_odds": Method(
        "What sets it apart: log-odds",
        "How much likelier these postings name a skill than the others do, held back where there are few.",
        "δ = ln odds here − ln odds there, with a Dirichlet prior of 1,000 mentions;  z = δ ÷ se",
        "Monroe, Colaresi, Quinn 2008; p adjusted by Benjamini, Hochberg 1995.",
        "0 is as common here as there; 1 is 2.7 times the odds. Takes postings to be independent.",
        ("Log-odds",),
    ),
    "classes": Method(
        "Core, distinguishing, necessary, common",
        "Two cuts: is it asked for often, and is it asked for more than elsewhere.",
        "LQ = share here ÷ share over all;  core p ≥ 0.25 and LQ ≥ 1.5;  distinguishing LQ ≥ 1.5;  necessary p ≥ 0.25",
        "Alabdulkareem et al. 2018; classes after Lightcast, whose cuts are not public: these are ours.",
        "A skill near a cut may change its class with a few postings; LQ jumps about for rare skills.",
        ("Specificity", "Classes"),
    ),
    "rank": Method(
        "Rank of skills",
        "A blend of how common a skill is and how much it tells.",
        "0.3 p + 0.7 TF-IDF, each scaled to 1;  TF-IDF = p ln(all postings ÷ those with the skill)",
        "Burning Glass Institute.",
        "None under 10 postings.",
        ("Rank",),
    ),
    "groups": Method(
        "Coverage of skill groups",
        "How many postings name at least one skill of a group, and how many one of every group.",
        "share of postings with ≥ 1 skill of the group, with Wilson’s interval",
        "Groups of the shipped taxonomy; curators may change them.",
        "A large group is easier to touch than a small one: compare roles within a group, not groups with each other.",
        ("Groups of skills",),
    ),
    "distance": Method(
        "Distance of two mixes of skills",
        "How different two sets of postings are in what they ask for: 0 the same, 1 nothing in common.",
        "√(½ KL(P‖M) + ½ KL(Q‖M)), M = ½(P + Q), log base 2, P and Q skill shares scaled to 1",
        "Jensen-Shannon; Lin 1991.",
        "Looks too large for few postings: read it against its chance band.",
        ("Distance of two mixes",),
    ),
    "chance": Method(
        "Chance band",
        "What the figure would be if the two names meant nothing: labels are shuffled inside each source.",
        "central 95% over shuffles;  excess = (observed − mean) ÷ (1 − mean)",
        "Permutation test; resampling: Efron 1979. The same seed gives the same band.",
        "With thousands of postings everything lies beyond chance: look at the size.",
        ("Chance", "Draws and shuffles"),
    ),
    "ambiguity": Method(
        "Ambiguity of a title",
        "How differently companies use the same title, beyond what few ads explain.",
        "(d − e) ÷ (1 − e): d the mean distance of companies inside the title, e its mean when ads are shuffled",
        "Own index on Jensen-Shannon distances, with a permutation band.",
        "Companies with under 5 ads say nothing here, and they are most. It grows with the ads per company: compare "
        "titles only where these are alike.",
        ("Ambiguity of a title",),
    ),
    "twins": Method(
        "Title twins",
        "Two companies whose different titles ask for the same things.",
        "pairs (company i, title a), (company j, title b) nearer than the median pair inside one title",
        "Own list on Jensen-Shannon distances.",
        "Cells of 5 ads or more. A list to read, not a test: some pairs are near by chance.",
        ("Title twins",),
    ),
    "cell_distance": Method(
        "A company and the others under one title",
        "How far the mix of skills of its ads is from that of all other ads of the role, beside what chance gives.",
        "d = Jensen-Shannon(its ads, all other ads);  by chance: as many ads drawn from all, source by source, 60 "
        "times;  beyond chance (d − mean) ÷ (1 − mean)",
        "Lin 1991; permutation as for the ambiguity of a title.",
        "From 5 ads that name skills; of more than 300 an even sample. Few ads look far from everything: read the "
        "band, not the distance. Where its source carries nobody else, nothing can be told.",
        ("A group and the rest",),
    ),
    "standardised": Method(
        "Others in the same roles",
        "What other companies would name if they hired the same roles in the same parts.",
        "Σ w p over roles, w the company’s own mix;  log-odds against 1 ÷ Σ(w² ÷ n) postings of the others",
        "Direct standardisation; Kish 1965; log-odds: Monroe, Colaresi, Quinn 2008; p by Benjamini, Hochberg 1995.",
        "Postings whose titles are outside the catalogue are not compared. A sentence that a company puts under every "
        "ad sets it apart as well as its work does.",
        ("One group at its own mix",),
    ),
    "companies": Method(
        "Companies and what they call things",
        "Its postings, the roles that their titles are read into, and the profile that most of them lean to.",
        "roles: exp(−Σ q ln q) over its postings by role;  in: those of the role, or leaning to the profile, ÷ all",
        "Hill 1973; intervals: Wilson 1927, medians: Campbell, Gardner 1988.",
        "A company is what its spellings are counted as; two names of one employer are two until a curator merges "
        "them. Pay is in the commonest currency here. Under 10 postings shares are withheld.",
    ),
    "gap": Method(
        "Gap from one role to another",
        "The part of what the second asks for that the first does not.",
        "1 − Σ min(p_A, p_B) ÷ Σ p_B, over skills",
        "Own measure, after the study of skill transitions.",
        "Not symmetric: from a role with long texts every gap is small. Looks too large for few postings.",
        ("Gap from A to B",),
    ),
    "convergence": Method(
        "Converging or diverging",
        "The distance by quarter with chance taken out, and its slope per year.",
        "(d² − e) ÷ (1 − e) by quarter;  slope by weighted least squares;  “cannot tell” while its interval holds 0",
        "Own form, tested on shuffled quarters of real ads.",
        "Sources that come and go still look like change.",
        ("Converging or diverging",),
    ),
    "trend": Method(
        "Share over time",
        "Each month’s share of that month’s postings, so that a month with many uploads is no rise.",
        "pₜ = kₜ ÷ nₜ with Wilson’s interval",
        "Wilson 1927.",
        "A change of sources from month to month moves the line. The last month is shaded where "
        "the data end inside it.",
        ("Trend",),
    ),
    "change": Method(
        "Rising and falling",
        "The difference of two windows, adjusted for how many skills were looked at.",
        "p₂ − p₁ with Newcombe’s interval;  p adjusted by Benjamini-Hochberg",
        "Newcombe 1998; Benjamini, Hochberg 1995.",
        "Takes postings to be independent: one large company can look like a trend.",
        ("Rising and falling",),
    ),
    "clustered_change": Method(
        "Rising and falling, over companies",
        "The difference of two windows, sure only if it does not hang on a few companies.",
        "p₂ − p₁;  variance c ÷ (c − 1) · Σ u² over companies;  Student’s t;  p adjusted by Benjamini-Hochberg",
        "Cluster-robust variance, as for regressions (Cameron, Miller 2015).",
        "Skills of 10 postings and 3 companies. It does not know that sources come and go: see the fixed mix.",
        ("Rising and falling",),
    ),
    "fixed_mix": Method(
        "Trend at an unchanged mix",
        "What the line would be if sources, seniority and the like had stayed as in the base period.",
        "Σ wₛ pₛₜ with the base weights wₛ;  raw change = rate + mix, exactly",
        "Direct standardisation; Kitagawa 1955.",
        "Where under half of the base mix is still there, the line speaks of another market.",
        ("Trend at an unchanged mix",),
    ),
    "role_change": Method(
        "Change of a role",
        "How much of what a role asks for is different from before, beside what shuffled dates give.",
        "Σ |p₂ − p₁| ÷ Σ (p₁ + p₂): 0 the same, 1 nothing in common",
        "After the Skill Disruption Index (Burning Glass Institute, BCG 2022).",
        "Only what lies beyond the band is change: small roles “change” by chance.",
        ("Change of a role",),
    ),
    "replacement": Method(
        name="What a skill seems to replace",
        says="Another skill of its group and kind that moves the other way and is seldom named beside it.",
        formula="odds ratio of naming both, pooled over role × source × time × number of skills (Mantel, Haenszel), at "
        "most 2/3 and its 95% interval below 1; Σ w (p₂ − p₁) / Σ w over roles, w = n₁n₂/(n₁ + n₂), below 0 for one "
        "and above 0 for the other; both surely move with companies drawn whole",
        source="Mantel, Haenszel 1959; Robins, Breslow, Greenland 1986; Greenland, Robins 1985; put together here",
        caveats="A hint, not a cause: both may follow a third thing. Not told under 10 postings that chance would give "
        "both. Of many pairs that are looked at some will look so by chance.",
        families=("What a skill seems to replace",),
    ),
    "half_life": Method(
        "Half-life of a skill",
        "In how many years its share would halve, if it went on falling as it did.",
        "ln 2 ÷ −slope of ln(share) on years, Poisson regression with dispersion",
        "Generalised linear model.",
        "“Not declining” unless the whole interval of the slope is below 0. Of skills that stay as they are, one in "
        "forty is called declining.",
        ("Half-life of a skill",),
    ),
    "profile_mix": Method(
        "Profiles behind a title",
        "Which kinds of work stand behind the postings that carry one title.",
        "mean membership of the title’s postings, or share of them that lean to each profile",
        "Memberships of the run’s mixture model.",
        "A posting that names fewer than three of the skills that profiles are made of is left out.",
        ("Profiles behind a title",),
    ),
    "effective_number": Method(
        "Effective number",
        "How many equally common ones would be as mixed: 1 is one, k an even mix of k.",
        "exp(−Σ q ln q)",
        "Hill 1973.",
        "The interval draws companies; draws lie a little below the figure.",
        ("Profiles behind a title",),
    ),
    "spread": Method(
        "Spread of a skill over titles",
        "Over how many titles the postings that name it are spread.",
        "exp(H), H = −Σ P(t|s) ln P(t|s)",
        "Shannon entropy; Hill 1973.",
        "Large titles weigh more; too low for few postings.",
        ("Spread of a skill over titles",),
    ),
    "duncan": Method(
        "Difference of two mixes of places or companies",
        "The part of one mix that would have to move to make the other.",
        "½ Σ |p − q|",
        "Duncan, Duncan 1955.",
        "Too large for few postings.",
        ("Two mixes of places or companies",),
    ),
    "pay": Method(
        "Pay: quartiles",
        "The middle of what postings state, and the range of their middle half; never converted between currencies.",
        "yearly = stated × 2,080 hours, 12 months …;  of a range its middle;  quartiles of those that state pay",
        "Median interval: Campbell, Gardner 1988.",
        "Those that state pay are not like the others: law, country and level decide. Read it with the share "
        "that states it.",
        ("Quartiles",),
    ),
    "premium": Method(
        "Pay premium of a skill",
        "How much more postings with it state, beside the same title, level, place and time.",
        "exp(b) − 1 of ln(pay) = a + Σ b·skill + title + seniority + place + month",
        "Least squares, errors clustered by company; after Deming, Kahn 2018.",
        "No cause: better paid jobs ask for other skills. Refused under 100 postings with pay.",
        ("Premium of a skill",),
    ),
    "title_premium": Method(
        "Pay premium of a title, net of its skills",
        "How much more a title states than another one, and how much of that goes with the skills asked for under it.",
        "exp(b) − 1 of ln(pay) = a + b·title + seniority + place + time, without and with Σ c·skill;  "
        "(1 + in all) = (1 + skills alike)(1 + goes with the skills)",
        "Least squares, errors clustered by company; decomposition: Gelbach 2016.",
        "No cause. Only the commonest skills are held alike, one for each twenty postings: what goes with rarer ones, "
        "with size or with industry stays with the word. Titles of 30 postings with pay and 3 companies.",
        ("Premium of a title, net of its skills",),
    ),
    "profiles": Method(
        "How profiles are found",
        "Patterns of technical skills that many postings share, learned without their titles.",
        "P(skills of a posting) = Σ wₖ Π P(skill | k), fitted by EM, split top-down",
        "Multinomial mixture; decision 8 of the documentation.",
        "A summary, not a fact about the world: other postings give other borders.",
    ),
    "stability": Method(
        "Stability of a profile",
        "How much of it comes back when it is learned again from resamples: 1 is all of it.",
        "mean over resamples of max |A ∩ B| ÷ |A ∪ B|",
        "Hennig 2007.",
        "Under 0.6 a profile is marked unstable: its core may hold, its edges are chance.",
    ),
    "role_map": Method(
        "Map of roles",
        "Roles are placed so that distances on paper come as near as can be to their distances in skills.",
        "Least Σ (d − D)² over all pairs, d on paper and D true (Jensen-Shannon), by majorisation from the two largest "
        "eigenvectors of −½ J D² J;  stress = √(Σ (d − D)² / Σ D²)",
        "Classical scaling: Torgerson 1952, Gower 1966; SMACOF: de Leeuw 1977.",
        "Two dimensions cannot hold all distances: the table of nearest roles is exact. Left and right mean nothing. "
        "A role of few postings looks further out than it is.",
        families=("On paper",),
    ),
    "quality": Method(
        "Precision and recall",
        "Of what was found, how much is right; of what is there, how much was found.",
        "precision = right ÷ found;  recall = found ÷ there;  F1 = 2PR ÷ (P + R);  intervals over postings",
        "Marked postings that ship with Rolescope; bootstrap: Efron 1979.",
        "Few marked postings, all in English; words and rules were tuned with some of them in view.",
    ),
    "coverage": Method(
        name="Covered share",
        says="How much of what a role’s postings ask for you have; a skill weighs as much as its postings.",
        formula="C = Σ shares of the skills that you have / Σ shares of all skills; one more skill adds its share / Σ. "
        "95% over whole companies: C ± 1.96 √(c/(c−1) Σ(H − C·M)²) / ΣM, M and H what a company asks and you have. "
        "A posting fits when you have the chosen part of the skills that it requires, of at least three",
        source="ratio of two sums over clusters: Cochran 1977, 6.2; the fit is ours",
        caveats="Counts programming languages, tools and methods only, and names only: how well you know a thing, and "
        "what nobody writes into an ad, it does not see. Skills that often come together are counted each.",
        families=("What a person's skills cover",),
    ),
    "sides": Method(
        "Differences between sides",
        "How far the shares of two to four sides differ, and whether chance alone could make them differ so.",
        "p₁ − p₂ with its 95% interval;  χ² = dᵀ(C S Cᵀ)⁻¹d ÷ (p(1−p) × design effect), d differences of neighbouring "
        "shares, S = postings in common ÷ n₁n₂;  p adjusted over all skills",
        "Newcombe 1998; Pearson 1900; Derrick et al. 2015 (sides that overlap); Rao, Scott 1981 (companies).",
        "Where a side is of one or two companies, postings are taken to be independent. Rough for skills of which a "
        "side would have under five by chance. With thousands of postings nearly all is sure: look at the size.",
        ("Differences between sides",),
    ),
    **METHODS_OF_CURATION,
}
