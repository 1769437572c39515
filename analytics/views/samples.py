"""Samples for two readers: drawn, marked blind, and what came out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect, push_url

from analytics.models import Sample, SampleItem
from analytics.sample_forms import SampleForm
from analytics.selectors.published import Published, published
from analytics.selectors.sample_marks import Said
from analytics.selectors.sample_reading import next_unmarked, read_screen, reading_screen
from analytics.selectors.samples import SampleHead, sample_screen, samples_screen
from analytics.services import samples as services
from analytics.snapshot import DamagedSnapshot
from analytics.views.downloads import table_file
from jobsite.people import signed_in

MARK = "analytics.add_samplemark"
RELATED = ("run", "first", "second")


@login_required
@permission_required(MARK, raise_exception=True)
@require_safe
def sample_list(request: HttpRequest) -> HttpResponse:
    screen = samples_screen(signed_in(request), page=request.GET.get("page"))
    return render(request, "analytics/sample_list.html", {"screen": screen})


@login_required
@permission_required("analytics.add_sample", raise_exception=True)
@require_http_methods(["GET", "POST"])
def sample_create(request: HttpRequest) -> HttpResponse:
    shown = _published_if_readable()
    if shown is None:
        return render(request, "analytics/sample_create.html", {"form": None})
    initial = {"seed": Sample.objects.count() + 1}
    form = SampleForm(request.POST or None, snapshot=shown.snapshot, initial=initial)
    if form.is_valid():
        readers = (form.cleaned_data["first"], form.cleaned_data["second"])
        try:
            drawn = services.draw_sample(form.wish(), shown, readers=readers, by=signed_in(request))
        except services.SampleRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Drawn. The two readers find it on this page and in the list of samples.")
            return redirect(drawn)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "run": shown.run, "skills": shown.snapshot.skills}
    return render(request, "analytics/sample_create.html", context, status=status)


@login_required
@permission_required(MARK, raise_exception=True)
@require_safe
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    """Its readers see how far they are; results are for staff, and only once both are done."""
    found = get_object_or_404(Sample.objects.select_related(*RELATED), pk=pk)
    user = signed_in(request)
    if not user.is_staff and not found.place_of(user):
        raise PermissionDenied
    screen = sample_screen(found, user, page=request.GET.get("page"), disputes=request.GET.get("disputes"))
    if "export" in request.GET:
        return _table(request, screen.results, screen.head)
    request.has_exports = True  # type: ignore[attr-defined]  # {% sheet %} offers them
    return render(request, "analytics/sample.html", {"screen": screen})


@login_required
@permission_required(MARK, raise_exception=True)
@require_safe
def sample_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to what is not marked yet; when all is, show what was said."""
    found, place = _own(request, pk)
    if found.is_finished:
        return redirect(found)
    number = next_unmarked(found, place, after=0)
    if number is not None:
        return redirect("sample_mark", pk, number)
    return render(request, "analytics/sample_read.html", {"screen": read_screen(found, place)})


@login_required
@permission_required(MARK, raise_exception=True)
@require_http_methods(["GET", "POST"])
def sample_mark(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    found, place = _own(request, pk)
    if found.is_finished:
        return redirect(found)
    item = get_object_or_404(SampleItem.objects.select_related("sample"), sample=found, number=number)
    if request.method == "GET":
        return _reading_page(request, item, place)
    try:
        services.mark_item(item, place=place, said=_said(request), seen=_seen(request), now=timezone.now())
    except services.SampleRefused as refused:
        return _reading_page(request, item, place, refusal=str(refused))
    following = next_unmarked(found, place, after=number)
    if following is None:
        return _whole_page(request, found)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("sample_mark", pk, following)
    return _reading_page(request, found.items.select_related("sample").get(number=following), place)


@login_required
@permission_required(MARK, raise_exception=True)
@require_POST
def sample_done(request: HttpRequest, pk: int) -> HttpResponse:
    found, place = _own(request, pk)
    try:
        services.finish_reading(found, place=place, now=timezone.now())
    except services.SampleRefused as refused:
        messages.error(request, str(refused))
        return redirect("sample_read", pk)
    messages.success(request, "Noted that you are done. Until the other reader is, you can still change your marks.")
    return redirect(found)


@login_required
@permission_required("analytics.change_sample", raise_exception=True)
@require_POST
def sample_settle(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    if not signed_in(request).is_staff:
        raise PermissionDenied
    item = get_object_or_404(SampleItem.objects.select_related("sample"), sample=pk, number=number)
    try:
        services.settle_item(item, said=_said(request), seen=_seen(request), by=signed_in(request), now=timezone.now())
    except services.SampleRefused as refused:
        messages.error(request, f"Number {number}: {refused}")
    else:
        messages.success(request, f"Number {number} is settled.")
    page = request.POST.get("disputes", "")
    query = f"?disputes={page}" if page.isdecimal() else ""
    return redirect(f"{item.sample.get_absolute_url()}{query}#disputes")


@login_required
@permission_required("analytics.delete_sample", raise_exception=True)
@require_http_methods(["GET", "POST"])
def sample_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Sample.objects.select_related(*RELATED), pk=pk)
    if request.method == "GET":
        screen = sample_screen(found, signed_in(request), page=None, disputes=None)
        return render(request, "analytics/sample_withdraw.html", {"screen": screen})
    try:
        services.withdraw_sample(found)
    except services.SampleRefused as refused:
        messages.error(request, str(refused))
        return redirect(found)
    messages.success(request, "The sample is gone, and with it what was marked.")
    return redirect("sample_list")


def _own(request: HttpRequest, pk: int) -> tuple[Sample, int]:
    """Return a sample and which of its readers asks; nobody else is let in, whatever their rights."""
    found = get_object_or_404(Sample.objects.select_related(*RELATED), pk=pk)
    place = found.place_of(signed_in(request))
    if place is None:
        raise PermissionDenied
    return found, place


def _said(request: HttpRequest) -> Said:
    """Return what a form says: "yes:required", "other:", or "role" with the name written beside it."""
    answer, _, level = request.POST.get("answer", "").partition(":")
    if answer == "role":
        answer = request.POST.get("role", "").strip() or "nothing"
    return Said(answer, level)


def _seen(request: HttpRequest) -> int:
    """Return the version that stood on the page."""
    stated = request.POST.get("seen", "")
    return int(stated) if stated.isdecimal() else 0


def _reading_page(request: HttpRequest, item: SampleItem, place: int, *, refusal: str = "") -> HttpResponse:
    """Return the page, or its part for htmx, which shows no answer with another status."""
    screen = reading_screen(item, place)
    context = {"screen": screen, "refusal": refusal}
    if request.htmx:  # type: ignore[attr-defined]
        return push_url(render(request, "analytics/_sample_item.html", context), screen.mark_url)
    return render(request, "analytics/sample_mark.html", context, status=409 if refusal else 200)


def _whole_page(request: HttpRequest, found: Sample) -> HttpResponse:
    """Lead to the page that follows the last mark."""
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(reverse("sample_read", args=[found.pk]))
    return redirect("sample_read", found.pk)


def _table(request: HttpRequest, results: object, head: SampleHead) -> HttpResponse:
    facts = (
        ("Sample", f"{head.sample.pk}: {head.what}"),
        ("Drawn", f"{head.drawn}, snapshot {head.sample.run.snapshot}"),
    )
    address = request.build_absolute_uri(request.path)
    return table_file(request, results, facts, address=address, stem=f"sample-{head.sample.pk}")


def _published_if_readable() -> Published | None:
    try:
        return published()
    except DamagedSnapshot:
        return None
