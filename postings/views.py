"""Uploads: hand a file in, follow it, account for every row."""

import csv
from collections.abc import Iterator

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from jobsite.people import signed_in
from postings import selectors, services, tasks
from postings.forms import UploadForm
from postings.models import Source, SourceKind, Upload


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
    accepted = services.accept_upload(
        file.chunks(),
        name=file.name,
        source=services.source_named(form.cleaned_data["source"] or file.name),
        seen_on=form.cleaned_data["seen_on"],
        by=signed_in(request),
    )
    if not accepted.is_new:
        messages.info(request, "This very file was handed in before. Here is what became of it.")
    tasks.ingest_upload_task.delay_on_commit(accepted.upload.pk)
    if "HX-Request" in request.headers:
        # page.js sent the file and goes there itself: a redirect that its request follows would use the message up.
        return HttpResponseClientRedirect(accepted.upload.get_absolute_url())
    return redirect(accepted.upload)


def _list(request: HttpRequest, form: UploadForm, *, status: int = 200) -> HttpResponse:
    screen = selectors.uploads_screen(page=request.GET.get("page"))
    return render(request, "postings/upload_list.html", {"screen": screen, "form": form}, status=status)


@login_required
@permission_required("postings.view_upload", raise_exception=True)
@require_GET
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """The report of one upload; htmx asks for its progress part alone until it is finished."""
    screen = selectors.upload_screen(get_object_or_404(Upload.objects.select_related("source", "by"), pk=pk))
    template = "postings/_upload_progress.html" if "HX-Request" in request.headers else "postings/upload.html"
    response = render(request, template, {"screen": screen})
    # Without it, the way back in the browser may lead to the fragment alone.
    patch_vary_headers(response, ["HX-Request"])
    return response


class Echo:
    """A file that hands each line to whoever wrote it."""

    def write(self, line: str) -> str:
        return line


@login_required
@permission_required("postings.view_upload", raise_exception=True)
@require_GET
def upload_rejections(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """All rejected rows with their reasons, as a CSV file that can be mended and handed in again."""
    row_of = get_object_or_404(Upload, pk=pk)

    def lines() -> Iterator[str]:
        writer = csv.writer(Echo())
        yield "\ufeff"
        for cells in selectors.rejection_rows(row_of):
            yield writer.writerow(cells)

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rejected-rows-of-upload-{pk}.csv"'
    return response


@permission_required("postings.add_upload", raise_exception=True)
@require_POST
def sample_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the synthetic sample out, so that figures rest on real postings alone."""
    source = get_object_or_404(Source, pk=pk, kind=SourceKind.SAMPLE)
    removed = services.remove_source(source)
    messages.success(request, f"{removed} synthetic postings removed. New figures follow in a moment.")
    tasks.facts_changed()
    return redirect("upload_list")
