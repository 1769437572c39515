"""Runs: what each was made from, which one is shown."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from analytics import services, tasks
from analytics.models import Run
from analytics.selectors.run_changes import run_changes_screen
from analytics.selectors.runs import run_screen, runs_screen
from analytics.selectors.work_progress import work_progress
from jobsite.log import note
from jobsite.models import EventKind


@require_safe
def run_list(request: HttpRequest) -> HttpResponse:
    return render(request, "analytics/run_list.html", {"screen": runs_screen(page=request.GET.get("page"))})


@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "analytics/run.html", {"screen": run_screen(get_object_or_404(Run, pk=pk))})


@login_required
@permission_required("jobsite.add_decision", raise_exception=True)
@require_safe
def work_progress_now(request: HttpRequest) -> HttpResponse:
    """Say what goes on since the page was opened, which asks again and again; by itself it is the page of runs."""
    if "HX-Request" not in request.headers:
        return redirect("run_list")
    since = request.GET.get("since", "")
    work = work_progress(since=int(since) if since.isdecimal() and since.isascii() else None)
    return render(request, "_work_progress.html", {"work": work})


@login_required
@require_safe
def run_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Two snapshots are counted through step by step: seconds of work, so not for passers-by."""
    screen = run_changes_screen(get_object_or_404(Run, pk=pk), other=request.GET.get("from", ""))
    return render(request, "analytics/run_changes.html", {"screen": screen})


@login_required
@permission_required("analytics.change_publication", raise_exception=True)
@require_POST
def run_publish(request: HttpRequest, pk: int) -> HttpResponse:
    chosen = get_object_or_404(Run, pk=pk)
    try:
        services.publish_run(chosen, by_hand=True)
    except services.NotPublishable as refused:
        messages.error(request, str(refused))
    else:
        note(EventKind.EDIT, f"Published run {pk}", by=request.user, link=chosen.get_absolute_url())
        messages.success(request, f"All screens show run {pk} now.")
    return redirect(chosen)


@login_required
@permission_required("analytics.change_publication", raise_exception=True)
@require_POST
def run_keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the arrays of a run, or, with `go` in the form, let them go with those of other old runs."""
    chosen = get_object_or_404(Run, pk=pk)
    if "go" in request.POST:
        services.let_run_go(chosen)
        messages.success(request, f"Run {pk} is treated as all others again.")
        return redirect(chosen)
    try:
        services.keep_run(chosen)
    except services.NotKeepable as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"The arrays of run {pk} stay, however many runs follow.")
    return redirect(chosen)


@login_required
@permission_required("analytics.change_publication", raise_exception=True)
@require_POST
def run_verify(request: HttpRequest, pk: int) -> HttpResponse:
    chosen = get_object_or_404(Run, pk=pk)
    try:
        tasks.ask_for_verification(chosen)
    except services.NotVerifiable as refused:
        messages.error(request, str(refused))
    else:
        messages.info(request, f"Run {pk} is being computed again. What comes out is shown on this page.")
    return redirect(chosen)


@login_required
@permission_required("analytics.change_publication", raise_exception=True)
@require_POST
def run_create(request: HttpRequest) -> HttpResponse:
    refit = "refit" in request.POST
    tasks.ask_for_run(refit=refit)
    learns = " that learns the profiles anew" if refit else ""
    messages.info(request, f"A run{learns} is asked for. With nothing changed, it ends in the same figures.")
    return redirect("run_list")
