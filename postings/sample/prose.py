"""From a plan to the words of an ad, part by part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from postings.sample.grammar import capitalised, expand, listed, seeded
from postings.sample.material import Material
from postings.sample.plan import Plan

# Names that are also words, as ads spell them out where nothing around them helps.
SPELLED_OUT = {
    "R": "R programming",
    "Go": "Golang",
    "Spark": "Apache Spark",
    "Excel": "Microsoft Excel",
    "pandas": "Python pandas",
}


@dataclass(frozen=True)
class Part:
    """A heading ("" for the opening) with running sentences, then a list."""

    heading: str
    sentences: tuple[str, ...]
    items: tuple[str, ...] = ()


class Writer:
    """Writes the ad of one plan: choices come from `rng`, what the company always says from its name."""

    def __init__(self, plan: Plan, material: Material, rng: Random) -> None:
        self.plan = plan
        self.rng = rng
        self.skills = material.skills
        self.lines = material.frames.lines
        self.craft = material.crafts[plan.craft]
        # A company keeps its headings, its story and its benefits in all its ads.
        self.house = seeded(plan.company.name)
        self.style = self.house.choice(material.frames.styles)
        self.words = self._words(material)

    def parts(self) -> list[Part]:
        """Return the parts of the ad in the company's order."""
        about = Part(self.style["about"], self._about())
        tasks = Part(self.style["tasks"], self._stack(), self._duties())
        must = Part(self.style["must"], (), self._musts())
        nice = Part(self.style["nice"], (), self._nices())
        offer = Part(self.style["offer"], self._terms(), self._benefits())
        equal = Part(self.style["equal"], (expand(self.house.choice(self.lines["equal"]), self.words, self.house),))
        opening = Part("", self._opening())
        middle = [about, opening] if self.house.random() < 0.5 else [opening, about]
        return [*middle, tasks, must, nice, offer, equal]

    def _words(self, material: Material) -> dict[str, str | Sequence[str]]:
        plan = self.plan
        industry = dict(material.industries[plan.company.industry])
        industry["business"] = (self.house.choice(industry["business"]),)
        return {
            **industry,
            "company": plan.company.name,
            "title": plan.title.split(" (")[0].split(" - ")[0],
            "city": plan.place.city,
            "tongue": plan.place.tongue,
            "team": self.rng.choice(self.lines["teams"]),
            "year": str(self.house.randint(1974, 2019)),
            "people": f"{self.house.randint(3, 60) * 30:,}",
            "offices": self.house.choice(["two", "three", "five", "seven"]),
            "pay": plan.pay,
        }  # fmt: skip

    def _about(self) -> tuple[str, ...]:
        sentences = [self.house.choice(self.lines["about"]), *self.house.sample(self.lines["about_more"], 2)]
        return tuple(expand(sentence, self.words, self.house) for sentence in sentences)

    def _opening(self) -> tuple[str, ...]:
        sentences = self.rng.sample(self.lines["intro"], self.rng.randint(1, 3))
        sentences += [self.rng.choice(self.lines[self.plan.mode])]
        return tuple(self._said(sentence) for sentence in sentences)

    def _duties(self) -> tuple[str, ...]:
        """Return duties that name skills and duties that name none, mixed."""
        named = [*self.plan.around, *self.rng.sample(self.plan.must, min(3, len(self.plan.must)))]
        lines = [self._duty(skill) for skill in named]
        lines += self.rng.sample(self.craft.duties, self.rng.randint(1, 3))
        self.rng.shuffle(lines)
        return tuple(capitalised(self._said(line)) for line in lines)

    def _duty(self, skill: str) -> str:
        if self.rng.random() < 0.6:
            return self.rng.choice(self.skills[skill].do)
        return self.rng.choice(self.lines["do_one"]).replace("{a}", SPELLED_OUT.get(skill, skill))

    def _stack(self) -> tuple[str, ...]:
        """Return, in a third of the ads, a sentence that lists tools without asking for them."""
        if self.rng.random() > 0.35:
            return ()
        named = [*self.plan.must, *self.plan.around]
        tools = self.rng.sample(named, min(4, len(named)))
        return (
            expand(
                self.rng.choice(self.lines["stack"]),
                {**self.words, "list": listed([SPELLED_OUT.get(t, t) for t in tools])},
                self.rng,
            ),
        )

    def _musts(self) -> tuple[str, ...]:
        level = {"junior": "junior", "mid": "mid"}.get(self.plan.seniority, "senior")
        first = [self.rng.choice(self.lines[f"years_{level}"])]
        if self.rng.random() < 0.7:
            first.append(self.rng.choice(self.lines["education"]))
        last = self.rng.sample(self.lines["soft"], self.rng.randint(1, 3))
        if level == "senior" and self.rng.random() < 0.6:
            last.append(self.rng.choice(self.lines["soft_senior"]))
        if self.rng.random() < 0.25:
            last.append(self.rng.choice(self.lines["spoken"]))
        skills = list(self._framed(self.plan.must, "must", own=0.55))
        return tuple(capitalised(self._said(line)) for line in [*first, *skills, *last])

    def _nices(self) -> tuple[str, ...]:
        return tuple(capitalised(line) for line in self._framed(self.plan.nice, "nice", own=0.2))

    def _framed(self, skills: Sequence[str], level: str, *, own: float) -> Iterator[str]:
        """Yield lines that together name every skill once: `own` of them in the skill's own words."""
        left = list(skills)
        self.rng.shuffle(left)
        while left:
            if self.rng.random() < own:
                yield self._said(self.rng.choice(self.skills[left.pop()].know))
                continue
            width = min(len(left), self.rng.choice([1, 2, 2, 3] if level == "must" else [1, 2]))
            taken, left = left[:width], left[width:]
            frame = self.rng.choice(self.lines[f"{level}_{('one', 'two', 'three')[width - 1]}"])
            named = [SPELLED_OUT.get(skill, skill) for skill in taken]
            yield expand(frame, {**self.words, **dict(zip("abc", named, strict=False))}, self.rng)

    def _terms(self) -> tuple[str, ...]:
        """Return sentences on pay, tools and what comes next, where the ad has them."""
        lines = []
        if self.plan.pay and self.rng.random() < 0.5:
            lines.append(self._said(self.rng.choice(self.lines["pay"])))
        if self.rng.random() < 0.5:
            lines.append(self._said(self.rng.choice(self.lines["closing"])))
        return tuple(lines)

    def _benefits(self) -> tuple[str, ...]:
        pool = [expand(line, self.words, self.house) for line in self.house.sample(self.lines["benefits"], 8)]
        return tuple(sorted(self.rng.sample(pool, self.rng.randint(3, 6)), key=pool.index))

    def _said(self, line: str) -> str:
        return expand(line, self.words, self.rng)
