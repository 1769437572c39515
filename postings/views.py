"""Uploads: hand a file in, see what it would become, decide, follow it, account for every row."""

import csv
from collections.abc import Iterator

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from jobsite.log import note
from jobsite.models import EventKind
from jobsite.people import signed_in
from jobsite.work import State
from postings import selectors, services, tasks
from postings.forms import MendForm, UploadForm
from postings.ingest import UnreadableFile
from postings.models import Source, SourceKind, Upload
from postings.preview_views import preview


@login_required
@permission_required("postings.view_upload", raise_exception=True)
@require_http_methods(["GET", "POST"])
def upload_list(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return upload_create(request)
    return _list(request, UploadForm())


@permission_required("postings.add_upload", raise_exception=True)
def upload_create(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, form, status=422)
    file = form.cleaned_data["file"]
    try:
        accepted = services.accept_upload(
            file.arrived,
            name=file.name,
            source=form.cleaned_data["source"] or file.name,
            seen_on=form.cleaned_data["seen_on"],
            by=signed_in(request),
            hold=True,
        )
    except UnreadableFile as problem:
        form.add_error("file", str(problem))
        return _list(request, form, status=422)
    if not accepted.is_new:
        messages.info(request, _known_words(accepted.upload))
    if accepted.upload.state == State.QUEUED:
        tasks.ingest_upload_task.delay_on_commit(accepted.upload.pk)
    return _to(request, accepted.upload)


def _to(request: HttpRequest, upload: Upload) -> HttpResponse:
    if "HX-Request" in request.headers:
        # page.js sent the file and goes there itself: a redirect that its request follows would use the message up.
        return HttpResponseClientRedirect(upload.get_absolute_url())
    return redirect(upload)


def _known_words(upload: Upload) -> str:
    if upload.state == State.HELD:
        return "This very file was handed in before, and waits for a decision."
    return "This very file was handed in before. Here is what became of it."


def _list(request: HttpRequest, form: UploadForm, *, status: int = 200) -> HttpResponse:
    asked = {name: request.GET.get(name, "") for name in ("page", "source", "state")}
    screen = selectors.uploads_screen(**asked)
    return render(request, "postings/upload_list.html", {"screen": screen, "form": form}, status=status)


@login_required
@permission_required("postings.view_upload", raise_exception=True)
@require_GET
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """The preview of an upload that is held, the report of any other; htmx asks for the progress part alone."""
    found = get_object_or_404(Upload.objects.select_related("source", "by", "mends"), pk=pk)
    if found.state == State.HELD:
        return preview(request, found)
    return _report(request, found, MendForm())


def _report(request: HttpRequest, upload: Upload, form: MendForm, *, status: int = 200) -> HttpResponse:
    is_part = "HX-Request" in request.headers and request.method == "GET"
    template = "postings/_upload_progress.html" if is_part else "postings/upload.html"
    context = {"screen": selectors.upload_screen(upload), "form": form}
    response = render(request, template, context, status=status)
    # Without it, the way back in the browser may lead to the fragment alone.
    patch_vary_headers(response, ["HX-Request"])
    return response


class Echo:
    """A file that hands each line to whoever wrote it."""

    def write(self, line: str) -> str:
        return line


@login_required
@permission_required("postings.add_upload", raise_exception=True)
@require_GET
def upload_rejections(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """All rejected rows with their reasons, as a CSV file that can be mended and handed in again."""
    row_of = get_object_or_404(Upload, pk=pk)
    what = f"Rejected rows of “{row_of.name}” as CSV"
    note(EventKind.EXPORT, what, by=request.user, rows=row_of.rejected, link=row_of.get_absolute_url())

    def lines() -> Iterator[str]:
        writer = csv.writer(Echo())
        yield "\ufeff"
        for cells in selectors.rejection_rows(row_of):
            yield writer.writerow(cells)

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rejected-rows-of-upload-{pk}.csv"'
    return response


@login_required
@permission_required("postings.add_upload", raise_exception=True)
@require_POST
def upload_mend(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the list of rejected rows in again, mended: its rows become postings of the file they came from."""
    mended = get_object_or_404(Upload.objects.select_related("source", "by", "mends"), pk=pk)
    form = MendForm(request.POST, request.FILES)
    if not form.is_valid():
        return _report(request, mended, form, status=422)
    file = form.cleaned_data["file"]
    accepted = services.accept_mended(file.arrived, upload=mended, name=file.name, by=signed_in(request))
    if not accepted.is_new:
        messages.info(request, _known_words(accepted.upload))
    tasks.ingest_upload_task.delay_on_commit(accepted.upload.pk)
    return _to(request, accepted.upload)


@login_required
@permission_required("postings.add_upload", raise_exception=True)
@require_POST
def sample_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the synthetic sample out, so that figures rest on real postings alone."""
    source = get_object_or_404(Source, pk=pk, kind=SourceKind.SAMPLE)
    removed = services.remove_source(source, reason="The sample was taken out.", by=signed_in(request))
    messages.success(request, f"{removed} synthetic postings removed. New figures follow in a moment.")
    tasks.postings_changed()
    return redirect("upload_list")
