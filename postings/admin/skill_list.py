"""The list of skills with the ads that name each, which no table of facts holds."""

from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest

from postings.counted import ads_by_skill
from postings.models import Skill


class SkillList(ChangeList):
    """Each skill has its `ads`, None where figures do not know it; sorted by them it is put in order here."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        ads = ads_by_skill()
        first = self.queryset.query.order_by[:1]
        found = self._sorted(ads, is_reverse=first == ("-ads",)) if first in (("ads",), ("-ads",)) else self.result_list
        self.result_list = list(found)
        for skill in self.result_list:
            skill.ads = ads.get(skill.name)

    def _sorted(self, ads: dict[str, int], *, is_reverse: bool) -> list[Skill]:
        """Return this page of all that is listed, by ads and then by name; those without figures are the least."""
        sign = -1 if is_reverse else 1
        rows = self.queryset.prefetch_related(None).order_by("name").values_list("pk", "name")
        order = [pk for pk, _ in sorted(rows, key=lambda row: sign * ads.get(row[1], -1))]
        if self.multi_page and not (self.show_all and self.can_show_all):
            order = order[(self.page_num - 1) * self.list_per_page : self.page_num * self.list_per_page]
        found = {skill.pk: skill for skill in self.queryset.filter(pk__in=order)}
        return [found[pk] for pk in order]
