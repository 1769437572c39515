"""{% impact_told impact as told %}: what an edit would do, in words and cells."""

from django import template

from analytics.methods import METHODS, Method
from analytics.selectors.impact_told import ToldImpact, told
from postings.impact import Impact

register = template.Library()


@register.simple_tag
def impact_told(impact: Impact) -> ToldImpact:
    return told(impact)


@register.simple_tag
def impact_method() -> Method:
    return METHODS["impact"]
