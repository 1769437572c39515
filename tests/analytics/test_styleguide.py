import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from analytics.styleguide import sample


def test_the_style_guide_has_no_inline_styles_handlers_or_scripts(guide):
    assert not re.search(r"\sstyle\s*=|<style|\son[a-z]+\s*=", guide)
    assert set(re.findall(r"<script(?![^>]* src=)[^>]*type=\"([^\"]+)\"", guide)) == {"application/json"}
    assert not re.search(r"<script>", guide)


def test_every_id_stands_once(guide):
    ids = re.findall(r'\sid="([^"]+)"', guide)

    assert len(ids) == len(set(ids))


def test_every_fragment_is_shown_in_the_style_guide():
    folder = engines["django"].engine.dirs[0]
    fragments = {path.name for path in folder.glob("_*.html")}

    assert _included("styleguide.html", folder) == fragments


def test_a_chart_comes_with_its_title_summary_and_table(guide):
    figure = guide.split('id="chart-asked"')[1].split("</figure>")[0]

    assert "ML engineers are asked for Python first" in figure
    assert 'id="spec-asked" type="application/json"' in figure
    assert "Python is named in 83% of 1,412 postings." in figure
    assert "<td" in figure


def test_an_empty_chart_says_what_to_do(guide):
    assert "Too few postings to show this: remove a filter." in guide


@pytest.fixture
def guide() -> str:
    request = RequestFactory().get("/styleguide/")
    request.user = AnonymousUser()
    page = Paginator(range(1412), 50).page(2)
    return render_to_string("styleguide.html", {**sample(), "page": page}, request)


def _included(name, folder) -> set[str]:
    text = (folder / name).read_text(encoding="utf-8")
    names = set(re.findall(r"{% (?:include|extends) \"([^\"]+)\"", text)) - {name}
    names |= {f"_{tag}.html" for tag in re.findall(r"{% (chart|sheet|method) [a-z\"]", text)} - {name}
    found = {one for one in names if one.startswith("_")}
    return found.union(*(_included(one, folder) for one in names))
