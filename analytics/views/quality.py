"""How well skills are found, measured on marked postings, and by what two people found in samples."""

from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from analytics.selectors.quality import quality_screen
from analytics.selectors.quality_marked import marked_screen
from analytics.selectors.sample_quality import sample_findings
from analytics.views.downloads import table_file


@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    user = request.user if isinstance(request.user, User) else AnonymousUser()
    findings = sample_findings(user)
    if "export" in request.GET:
        facts = [("Samples", " ".join(finding.says for finding in findings))]
        return table_file(request, findings, facts, address=request.build_absolute_uri(request.path), stem="quality")
    request.has_exports = True  # type: ignore[attr-defined]  # {% sheet %} offers them
    context = {"screen": quality_screen(), "findings": findings, "marked": marked_screen()}
    return render(request, "analytics/quality.html", context)
