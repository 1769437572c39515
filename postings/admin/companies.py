"""Companies: spellings of one employer are merged here, and parted again."""

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.defaultfilters import pluralize
from django.template.response import TemplateResponse
from django.urls import reverse

from postings import services
from postings.admin.figures import FiguresFollow
from postings.admin.merging import merge_form
from postings.models import Company


@admin.register(Company)
class CompanyAdmin(FiguresFollow):
    """Names are those of the postings and stay as they are; what can be changed is which of them are one employer."""

    list_display = ("name", "merged_into", "postings_of", "key")
    list_filter = (("merged_into", admin.EmptyFieldListFilter),)
    list_select_related = ("merged_into",)
    search_fields = ("name", "key")
    readonly_fields = ("name", "key", "merged_into")
    actions = ("merge", "part")
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Company]:
        return super().get_queryset(request).annotate(n_postings=Count("postings"))

    @admin.display(description="postings", ordering="n_postings")
    def postings_of(self, company: Company) -> int:
        return int(getattr(company, "n_postings", 0))

    @admin.action(description="Merge: these are one employer …", permissions=["change"])
    def merge(self, request: HttpRequest, companies: QuerySet[Company]) -> HttpResponse | None:
        """Ask which name is counted and say what follows; merge once that is confirmed."""
        if companies.count() < 2:
            self.message_user(request, "Choose the two or more names that are one employer.", messages.WARNING)
            return None
        companies = companies.annotate(size=Count("postings")).order_by("-size", "name")
        form = merge_form(request, companies)
        keep: Company = form.cleaned_data["keep"] if form.is_valid() else companies[0]
        if "confirm" in request.POST and form.is_valid():
            return self._merge(request, keep, companies)
        context = {
            **self.admin_site.each_context(request),
            "title": "Merge companies",
            "form": form,
            "keep": keep,
            "companies": companies,
        }
        return TemplateResponse(request, "admin/postings/company/merge.html", context)

    def _merge(self, request: HttpRequest, keep: Company, companies: QuerySet[Company]) -> HttpResponse:
        absorbed = [company for company in companies if company != keep]
        try:
            services.merge_companies(keep=keep, absorb=absorbed)
        except ValueError as refused:
            self.message_user(request, str(refused), messages.ERROR)
        else:
            names = ", ".join(company.name for company in absorbed)
            self.ask_for_figures(request, f"{names} counted under {keep} from now on.")
        return redirect(reverse("admin:postings_company_changelist"))

    @admin.action(description="Part again: count under their own names", permissions=["change"])
    def part(self, request: HttpRequest, companies: QuerySet[Company]) -> None:
        count = services.part_companies(list(companies.exclude(merged_into=None)))
        if not count:
            self.message_user(request, "None of these is merged into another.", messages.WARNING)
            return
        self.ask_for_figures(request, f"{count} name{pluralize(count)} parted again.")
