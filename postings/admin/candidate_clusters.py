"""Clusters of candidates: spellings that may be one are accepted or ignored together, any of them left out."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode

from jobsite.admin.decisions import may_decide
from postings.admin.candidate_queue import FOLDER, CandidateQueueAdmin, decided_today, last_of
from postings.models import Kind
from postings.selectors.candidate_clusters import Cluster, cluster_screen
from postings.selectors.candidate_queue import groups_to_choose
from postings.skills.context import RULES


@dataclass(frozen=True)
class Place:
    """A cluster of the list, and the address's query that chooses it."""

    cluster: Cluster
    query: str


class CandidateClustersAdmin(CandidateQueueAdmin):
    def clusters(self, request: HttpRequest) -> HttpResponse:
        """Show the clusters, or only the chosen one to htmx; a POST decides about its ticked members."""
        if request.method == "POST":
            return self.clusters_decided(request)
        if not self.has_view_permission(request):
            raise PermissionDenied
        part = "_cluster.html" if request.headers.get("HX-Target") == "queue-detail" else "clusters.html"
        return TemplateResponse(request, f"{FOLDER}/{part}", self._clusters(request, request.GET.get("at", "")))

    def clusters_decided(self, request: HttpRequest) -> HttpResponse:
        at = request.POST.get("at", "")
        rows = cluster_screen(at=at).rows
        said, decided = self.decide_or_undo(request)
        if decided:
            # What is left of the cluster is looked at again only when somebody comes back to it.
            keys = [row.key for row in rows]
            place = next((n for n, row in enumerate(rows) if any(one.key == at for one in row.members)), 0)
            at = (keys[place + 1 :] + keys[:place][::-1] + [""])[0]
        at = said.at or at
        if request.headers.get("HX-Request"):
            context = self._clusters(request, at) | {"said": said, "is_answer": True}
            return TemplateResponse(request, f"{FOLDER}/_clusters.html", context)
        return self.told_and_back(request, said, f"{self._clusters_address()}?{urlencode({'at': at})}")

    def _clusters(self, request: HttpRequest, at: str) -> dict[str, Any]:
        screen = cluster_screen(at=at)
        query = urlencode({"at": screen.chosen.key if screen.chosen else ""})
        return {
            **self.admin_site.each_context(request),
            "title": "Candidates: spellings that may be one",
            "opts": self.opts,
            "screen": screen,
            "places": [Place(row, urlencode({"at": row.key})) for row in screen.rows],
            "decided": decided_today(),
            "last": last_of(request) if may_decide(request) else None,
            "kinds": Kind.choices,
            "groups": groups_to_choose(),
            "rules": sorted(RULES),
            "may_change": self.has_change_permission(request),
            "here": f"{self._clusters_address()}?{query}",
        }

    def _clusters_address(self) -> str:
        return reverse("admin:postings_candidate_clusters")
