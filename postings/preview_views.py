"""The preview of a held file: look, correct, look again, then take it or discard it."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from jobsite.log import note
from jobsite.models import EventKind
from jobsite.work import State
from postings import selectors, services, tasks
from postings.forms import PreviewForm
from postings.ingest import UnreadableFile
from postings.models import Upload

DECIDED = "Somebody else has decided about this file meanwhile. Here is what became of it."
LOOK_FIRST = "You changed how the file is read. Here is what that makes of it: look, then take it."


def preview(request: HttpRequest, upload: Upload, form: PreviewForm | None = None) -> HttpResponse:
    """The page of a held upload; with a `form`, as that has it. htmx gets the part that changes alone."""
    is_part = "HX-Request" in request.headers
    is_wrong = form is not None and bool(form.errors)
    try:
        run = services.dry_run(upload, columns=form.columns() if form and not is_wrong else None)
    except UnreadableFile as problem:
        screen, form = selectors.unreadable_preview(upload, str(problem)), None
    else:
        screen = selectors.preview_screen(upload, run)
        if not is_wrong:
            form = PreviewForm(upload=upload, header=run.header)
            form.fill(run.columns)
    context = {
        "screen": screen,
        "form": form,
        "columns": form.column_parts(screen.columns) if form else None,
        "is_part": is_part,
        "may_decide": request.user.has_perm("postings.add_upload"),
    }
    template = "postings/_upload_preview.html" if is_part else "postings/upload_preview.html"
    response = render(request, template, context, status=422 if is_wrong and not is_part else 200)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _with_columns_kept(view: Callable[[HttpRequest, Upload, PreviewForm], HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep the columns as they were changed, and give the view the held upload with its form.

    A form that is wrong is shown again; of an upload that was decided meanwhile the page says so.
    """

    @login_required
    @permission_required("postings.add_upload", raise_exception=True)
    @require_POST
    @wraps(view)
    def door(request: HttpRequest, pk: int) -> HttpResponse:
        upload, form = _held(request, pk)
        if form is None:
            return _decided(request, pk)
        if not form.is_valid():
            return preview(request, upload, form)
        try:
            services.settle_columns(upload, form.columns(), seen_on=form.cleaned_data["seen_on"])
            return view(request, upload, form)
        except services.DecidedAlreadyError:
            return _decided(request, pk)

    return door


@_with_columns_kept
def upload_look(request: HttpRequest, upload: Upload, form: PreviewForm) -> HttpResponse:
    """Show what the columns make of the file."""
    return preview(request, upload) if "HX-Request" in request.headers else redirect(upload)


@_with_columns_kept
def upload_take(request: HttpRequest, upload: Upload, form: PreviewForm) -> HttpResponse:
    """Let the file in as the page showed it. Whoever changed a column since sees first what that does."""
    if not form.is_as_shown():
        messages.info(request, LOOK_FIRST)
    elif not _is_taken(upload, form):
        return preview(request, upload, form)
    else:
        what = f"Took the held file “{upload.name}”"
        note(EventKind.IMPORT, what, by=request.user, link=upload.get_absolute_url())
    return redirect(upload)


def _is_taken(upload: Upload, form: PreviewForm) -> bool:
    """Take the file and send it to the workers, or say in the form why not."""
    try:
        services.take_upload(upload, columns=form.columns(), anyway=form.cleaned_data["anyway"])
    except services.HeldBackError:
        form.add_error("anyway", "Tick this to take the file although it goes beyond what its source allows.")
        return False
    except UnreadableFile as problem:
        form.add_error(None, str(problem))
        return False
    tasks.ingest_upload_task.delay_on_commit(upload.pk)
    return True


@login_required
@permission_required("postings.add_upload", raise_exception=True)
@require_POST
def upload_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a held file away, as if it had never been handed in."""
    upload = get_object_or_404(Upload, pk=pk)
    try:
        services.discard_upload(upload)
    except services.DecidedAlreadyError:
        return _decided(request, pk)
    note(EventKind.IMPORT, f"Discarded the held file “{upload.name}”", by=request.user)
    messages.success(request, f"{upload.name} was discarded: nothing of it is kept.")
    return redirect("upload_list")


def _held(request: HttpRequest, pk: int) -> tuple[Upload, PreviewForm | None]:
    """Return the upload and what was sent about it; no form if it is not held any more."""
    upload = get_object_or_404(Upload.objects.select_related("source", "by", "mends"), pk=pk)
    if upload.state != State.HELD:
        return upload, None
    try:
        header = services.header_of_upload(upload)
    except UnreadableFile:
        header = []
    return upload, PreviewForm(request.POST, upload=upload, header=header)


def _decided(request: HttpRequest, pk: int) -> HttpResponse:
    messages.info(request, DECIDED)
    is_there = Upload.objects.filter(pk=pk).exists()
    to = reverse("upload", args=[pk]) if is_there else reverse("upload_list")
    return HttpResponseClientRedirect(to) if "HX-Request" in request.headers else redirect(to)
