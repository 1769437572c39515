"""The source register: what is known of each source, its report, its thresholds, and the way out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from jobsite.log import note
from jobsite.models import EventKind
from jobsite.people import signed_in
from postings import services, tasks
from postings.models import Source
from postings.selectors import sources
from postings.source_forms import RemovalForm, SourceForm


@login_required
@permission_required("postings.view_source", raise_exception=True)
@require_GET
def source_list(request: HttpRequest) -> HttpResponse:
    screen = sources.sources_screen(page=request.GET.get("page"))
    return render(request, "postings/source_list.html", {"screen": screen})


@login_required
@permission_required("postings.view_source", raise_exception=True)
@require_GET
def source(request: HttpRequest, pk: int) -> HttpResponse:
    screen = sources.source_screen(get_object_or_404(Source, pk=pk), page=request.GET.get("page"))
    return render(request, "postings/source.html", {"screen": screen})


@login_required
@permission_required("postings.change_source", raise_exception=True)
@require_http_methods(["GET", "POST"])
def source_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Its name stands in every snapshot, so new figures follow a change of that."""
    changing = get_object_or_404(Source, pk=pk)
    name = changing.name
    form = SourceForm(request.POST or None, instance=changing)
    if not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "postings/source_edit.html", {"form": form, "source": changing}, status=status)
    form.save()
    services.let_decisions_follow(name, changing.name, by=signed_in(request))
    if form.changed_data:
        what = f"Changed the source “{changing.name}”: {', '.join(form.changed_data)}"
        note(EventKind.EDIT, what, by=request.user, link=reverse("source", args=[pk]))
    if "name" in form.changed_data or "kind" in form.changed_data:
        tasks.postings_changed()
    messages.success(request, "Written down.")
    return redirect("source", pk=pk)


@login_required
@permission_required("postings.delete_source", raise_exception=True)
@require_http_methods(["GET", "POST"])
def source_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what goes, ask for a reason, then have it done by a worker: a large source takes minutes."""
    removing = get_object_or_404(Source, pk=pk)
    form = RemovalForm(request.POST or None)
    if not form.is_valid():
        status = 422 if request.method == "POST" else 200
        context = {"form": form, "preview": sources.removal_preview(removing)}
        return render(request, "postings/source_remove.html", context, status=status)
    tasks.remove_source_task.delay_on_commit(pk, form.cleaned_data["reason"], signed_in(request).pk)
    messages.success(request, f"“{removing}” is being removed. The log names it when it is gone; new figures follow.")
    return redirect("removal_list")


@login_required
@permission_required("postings.view_removal", raise_exception=True)
@require_GET
def removal_list(request: HttpRequest) -> HttpResponse:
    return render(request, "postings/removal_list.html", {"page": sources.removals_page(page=request.GET.get("page"))})
