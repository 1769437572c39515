"""Candidates: phrases that look like skills. A curator makes each an alias, a new skill, or ignores it for ever."""

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.defaultfilters import pluralize
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from postings import selectors, services, tasks
from postings.models import Candidate, CandidateState, Kind


class AcceptForm(forms.ModelForm):
    """Accepting makes the phrase an alias of the chosen skill, or of a new one."""

    new_skill = forms.CharField(
        max_length=120,
        required=False,
        help_text="Its name, where no known skill is meant: choose its kind, too.",
    )
    kind = forms.ChoiceField(choices=[("", "---------"), *Kind.choices], required=False)

    class Meta:
        model = Candidate
        fields = ("state", "skill")

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if cleaned.get("state") == CandidateState.ACCEPTED and (why := self._why_not(cleaned)):
            raise forms.ValidationError(why)
        return cleaned

    def _why_not(self, cleaned: dict) -> str:
        name = cleaned.get("new_skill")
        if not name:
            return services.why_not_an_alias(self.instance.phrase, cleaned.get("skill"))
        if cleaned.get("skill"):
            return "Choose a skill or name a new one, not both."
        if not cleaned.get("kind"):
            return "Choose the kind of the new skill."
        return services.why_not_a_new_skill(self.instance.phrase, name)


@admin.register(Candidate)
class CandidateAdmin(admin.ModelAdmin):
    form = AcceptForm
    list_display = ("phrase", "postings", "state", "suggested", "skill", "trend", "first_seen", "last_seen")
    list_filter = ("state",)
    search_fields = ("phrase",)
    autocomplete_fields = ("skill",)
    readonly_fields = ("phrase", "postings", "trend", "first_seen", "last_seen", "suggested", "sentences")
    fields = (*readonly_fields, "state", "skill", "new_skill", "kind")
    list_select_related = ("skill", "suggested")
    actions = ("ignore", "accept_suggested")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

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

    @admin.action(description="Ignore for ever", permissions=["change"])
    def ignore(self, request: HttpRequest, candidates: QuerySet[Candidate]) -> None:
        count = services.ignore_candidates(candidates)
        self.message_user(request, f"{count} phrase{pluralize(count)} will not come back.")

    @admin.action(description="Make aliases of the suggested skills", permissions=["change"])
    def accept_suggested(self, request: HttpRequest, candidates: QuerySet[Candidate]) -> None:
        """Those without a suggestion, and those that cannot be aliases of it, stay as they are."""
        taken = services.accept_suggestions(candidates)
        if taken:
            tasks.facts_changed()
        left = candidates.count() - taken
        self.message_user(request, f"{taken} phrase{pluralize(taken)} accepted, {left} left alone.")

    def save_model(self, request: HttpRequest, obj: Candidate, form: forms.ModelForm, change: bool) -> None:  # noqa: FBT001  (Django's signature)
        if obj.state != CandidateState.ACCEPTED:
            super().save_model(request, obj, form, change)
            return
        if name := form.cleaned_data["new_skill"]:
            services.accept_as_new_skill(obj, name=name, kind=form.cleaned_data["kind"])
        else:
            services.accept_candidate(obj)
        tasks.facts_changed()
