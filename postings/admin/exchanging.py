"""Taxonomies in and out by the list of skills: a file is shown with what it would do before it is taken."""

import io
import tempfile
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from jobsite.decisions import RefusedError, hand_in_one
from jobsite.log import note
from jobsite.models import EventKind
from jobsite.people import signed_in
from jobsite.tasks import decide_batch_task
from postings import services
from postings.impact import Edit, Impact, NewAlias, impact_of
from postings.models import Skill
from postings.selectors.imports import Foreseen
from postings.skills import TaxonomyError

LARGEST_FILES = 50_000_000
"""Bytes of the files together: all of ESCO's English tables are less."""
SHOWN = 200
"""Lines of each list on the page; of ambiguous entries and differences the rest comes with the next import."""
MOST_FOR_IMPACT = 50
"""New aliases that the impact is told for: each is searched for in the texts."""
_SALT = "taxonomy.import"
KINDS = (
    (services.FLAT, "A table with the columns skill, kind, alias (CSV)"),
    (services.OWN, "Rolescope's own files (zip, or the files together)"),
    ("esco", "ESCO (its CSV tables)"),
    ("onet", "O*NET (Technology Skills.txt)"),
)
EXPORTS = {
    services.OWN: ("zip", "application/zip"),
    services.FLAT: ("csv", "text/csv; charset=utf-8"),
    "json": ("json", "application/json"),
}


class SeveralFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class SeveralFilesField(forms.FileField):
    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        one = super().clean
        files = [one(file, initial) for file in (data if isinstance(data, list | tuple) else [data])]
        if sum(file.size or 0 for file in files) > LARGEST_FILES:
            raise forms.ValidationError(f"The files are larger than {LARGEST_FILES // 1_000_000} MB.")
        return files


class ImportForm(forms.Form):
    kind = forms.ChoiceField(choices=KINDS, label="What it is")
    handed_in = SeveralFilesField(label="File or files")
    add = forms.BooleanField(
        required=False, label="Make skills of entries that are unknown here", help_text="Of ESCO's and O*NET's lists."
    )
    bring_back = forms.BooleanField(
        required=False, label="Bring back what was here once and was removed", help_text="Else it is left out."
    )


class ExchangingAdmin(admin.ModelAdmin):
    """A list whose taxonomy comes and goes as files."""

    change_list_template = "admin/postings/skill/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("import/", view(self.import_view), name="postings_skill_import"),
            path("export/", view(self.export_view), name="postings_skill_export"),
        ]
        return own + super().get_urls()

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        context = {"may_import": self._may_import(request), "export_kinds": EXPORTS}
        return super().changelist_view(request, context | (extra_context or {}))

    def export_view(self, request: HttpRequest) -> HttpResponse:
        kind = request.GET.get("kind", services.FLAT)
        if not self.has_view_permission(request):
            raise PermissionDenied
        if kind not in EXPORTS:
            return redirect("admin:postings_skill_changelist")
        ending, content_type = EXPORTS[kind]
        out = io.BytesIO()
        try:
            taxonomy = services.export_as_one_file(out, kind=kind)
        except TaxonomyError as wrong:
            self.message_user(request, f"Nothing was exported: {wrong}", messages.ERROR)
            return redirect("admin:postings_skill_changelist")
        note(EventKind.EXPORT, f"The taxonomy ({kind})", by=request.user, rows=len(taxonomy.skills))
        name = f"rolescope-taxonomy-{timezone.localdate():%Y-%m-%d}.{ending}"
        return HttpResponse(
            out.getvalue(), content_type=content_type, headers={"Content-Disposition": f"attachment; filename={name}"}
        )

    def import_view(self, request: HttpRequest) -> HttpResponse:
        """Take files and say what they would do; then, once that is confirmed, have a worker do it, as one decision."""
        if not self._may_import(request):
            raise PermissionDenied
        if "plan" in request.POST:
            return self._take(request)
        form = ImportForm(request.POST or None, request.FILES or None)
        context = self._context(request, form)
        if form.is_valid():
            try:
                foreseen, source = _foresee(form.cleaned_data)
            except (OSError, TaxonomyError, RefusedError) as wrong:
                form.add_error("handed_in", str(wrong))
            else:
                context |= _told(foreseen, source)
        return TemplateResponse(request, "admin/postings/skill/import.html", context)

    def _take(self, request: HttpRequest) -> HttpResponse:
        try:
            plan = signing.loads(request.POST["plan"], salt=_SALT)
            words = _with_choices(plan, request)
            batch = hand_in_one(
                "taxonomy.import",
                words,
                name=f"Import of “{words['source']}”",
                by=signed_in(request),
                why=request.POST.get("why", ""),
            )
        except signing.BadSignature:
            self.message_user(request, "Choose the file again.", messages.ERROR)
        except RefusedError as refused:
            self.message_user(request, f"Nothing was imported: {refused} Choose the file again.", messages.ERROR)
        else:
            rows = sum(len(rows) for name, rows in words.items() if name != "source")
            note(EventKind.IMPORT, f"A taxonomy from “{words['source']}”", by=request.user, rows=rows)
            decide_batch_task.delay_on_commit(batch.pk)
            return redirect(batch)
        return redirect("admin:postings_skill_import")

    def _may_import(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def _context(self, request: HttpRequest, form: forms.Form) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": "Import skills",
            "opts": self.opts,
            "form": form,
            "back": reverse("admin:postings_skill_changelist"),
        }


def _foresee(filled: dict[str, Any]) -> tuple[Foreseen, str]:
    """Return what the files would do, and what they are called."""
    files: list[UploadedFile] = filled["handed_in"]
    names = [Path(str(file.name)).name for file in files]
    with tempfile.TemporaryDirectory() as folder:
        laid = services.lay_out(
            [(name, file.file) for name, file in zip(names, files, strict=True) if file.file],
            Path(folder),
            kind=filled["kind"],
        )
        foreseen = services.foresee_taxonomy(
            laid, kind=filled["kind"], add=filled["add"], bring_back=filled["bring_back"]
        )
    return foreseen, names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


def _told(foreseen: Foreseen, source: str) -> dict[str, Any]:
    """Return what the page needs. The plan goes with it, signed: what is confirmed is what was shown."""
    differing, ambiguous = foreseen.differing[:SHOWN], foreseen.ambiguous[:SHOWN]
    plan = {
        "words": foreseen.words(source),
        "differing": [dict(one.change) for one in differing],
        "ambiguous": [[one.names, dict(one.reference)] for one in ambiguous],
    }
    return {
        "foreseen": foreseen,
        "source": source,
        "plan": signing.dumps(plan, salt=_SALT, compress=True),
        "counts": {what: count for what, count in foreseen.counts.items() if count},
        "can_take": not foreseen.is_empty or differing or ambiguous,
        "impact": _impact(foreseen),
        "shown": SHOWN,
        "new_skills": foreseen.skills[:SHOWN],
        "new_aliases": foreseen.aliases[:SHOWN],
        "new_references": foreseen.references[:SHOWN],
        "changed": foreseen.changed[:SHOWN],
        "left_out": foreseen.left_out[:SHOWN],
        "unknown": foreseen.unknown[:SHOWN],
        "differing": differing,
        "ambiguous": ambiguous,
    }


def _impact(foreseen: Foreseen) -> Impact | None:
    new = [(words["skill"], words) for words in foreseen.aliases]
    new += [(words["name"], alias) for words in foreseen.skills for alias in words.get("aliases", ())]
    if not new or len(new) > MOST_FOR_IMPACT:
        return None
    ids = dict(Skill.objects.filter(name__in=[name for name, _ in new]).values_list("name", "pk"))
    added = (
        NewAlias(
            one["phrase"],
            bool(one.get("exact_case")),
            one.get("context", ""),
            ids.get(name),
            name,
            one.get("not_in", ""),
        )
        for name, one in new
    )
    return impact_of(Edit(added=tuple(added)))


def _with_choices(plan: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    """Return the words of the decision: with the differences that were taken, and the entries that were told apart."""
    words: dict[str, Any] = plan["words"]
    taken = {int(place) for place in request.POST.getlist("take") if place.isdecimal()}
    words["changed"] += [change for place, change in enumerate(plan["differing"]) if place in taken]
    for place, (names, reference) in enumerate(plan["ambiguous"]):
        chosen = request.POST.get(f"means-{place}", "")
        if chosen in names:
            words["references"].append({"skill": chosen} | reference)
    return words
