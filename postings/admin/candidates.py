"""Candidates in the admin: looked up here, decided in the queue (candidate_queue.py) and by clusters."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from postings import selectors
from postings.admin.candidate_clusters import CandidateClustersAdmin
from postings.admin.deciding import Proposal
from postings.models import Candidate


@admin.register(Candidate)
class CandidateAdmin(CandidateClustersAdmin):
    list_display = ("phrase", "postings", "state", "suggested", "skill", "trend", "first_seen", "last_seen")
    list_filter = ("state", "guess")
    search_fields = ("phrase", "skill__name")
    fields = readonly_fields = (
        "phrase", "postings", "trend", "first_seen", "last_seen", "suggested", "sentences", "state", "skill",
    )  # fmt: skip
    list_select_related = ("skill", "suggested")
    actions = ("ignore", "reopen")
    change_list_template = "admin/postings/candidate/change_list.html"
    change_form_template = "admin/postings/candidate/change_form.html"
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        # A row is only looked at; who may change rows decides in the queue, about clusters, or in the list.
        return obj is None and super().has_change_permission(request)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("queue/", view(self.queue), name="postings_candidate_queue"),
            path("clusters/", view(self.clusters), name="postings_candidate_clusters"),
            path("queue/impact/", view(self.queue_impact), name="postings_candidate_impact"),
            path("queue/skills/", view(self.queue_skills), name="postings_candidate_skills"),
        ]
        return own + super().get_urls()

    @admin.display(description="last 90 days, 90 before", ordering="recent")
    def trend(self, candidate: Candidate) -> str:
        return f"{candidate.recent}, {candidate.before}"

    @admin.display(description="stands in")
    def sentences(self, candidate: Candidate) -> SafeString:
        found = selectors.sentences_with(candidate.phrase, candidate.samples)
        lines = ((one.url, one.title, one.before, one.phrase, one.after) for one in found)
        return format_html(
            "<ul>{}</ul>",
            format_html_join("", '<li><a href="{}">{}</a>: {}<strong>{}</strong>{}</li>', lines),
        )

    @admin.action(description="Ignore for ever …", permissions=["change"])
    def ignore(self, request: HttpRequest, candidates: QuerySet[Candidate]) -> HttpResponse:
        note = "They do not come back, whatever is counted later, in any spelling."
        return self._ask_about(request, candidates, "candidate.ignore", "Ignore these phrases for ever", note)

    @admin.action(description="Let wait again …", permissions=["change"])
    def reopen(self, request: HttpRequest, candidates: QuerySet[Candidate]) -> HttpResponse:
        note = "They stand in the queue again as soon as they are counted."
        return self._ask_about(request, candidates, "candidate.reopen", "Put these phrases back into the queue", note)

    def _ask_about(
        self, request: HttpRequest, candidates: QuerySet[Candidate], action: str, title: str, note: str
    ) -> HttpResponse:
        phrases = [candidate.phrase for candidate in candidates]
        proposal = Proposal(
            question=f"{title}? {', '.join(f'“{phrase}”' for phrase in phrases)}",
            action=action,
            words={"candidates": phrases},
            rests_on=lambda: candidates,
            notes=(note,),
        )
        return self.ask(request, proposal, title=title)
