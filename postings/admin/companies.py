"""Companies: spellings of one employer are merged here, and parted again."""

from collections.abc import Sequence

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import pluralize

from postings import services
from postings.admin.merging import MergeAdmin
from postings.models import Company


@admin.register(Company)
class CompanyAdmin(MergeAdmin[Company]):
    """Names are those of the postings and stay as they are; what can be changed is which of them are one employer."""

    list_display = ("name", "merged_into", "postings_of", "key")
    list_filter = (("merged_into", admin.EmptyFieldListFilter),)
    list_select_related = ("merged_into",)
    search_fields = ("name", "key")
    readonly_fields = ("name", "key", "merged_into")
    actions = ("merge", "part")
    choose_more = "Choose the two or more names that are one employer."
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
        return self.ask_and_merge(request, companies.annotate(size=Count("postings")).order_by("-size", "name"))

    def merge_consequences(self, *, keep: Company, absorb: Sequence[Company]) -> Sequence[Company]:
        return absorb

    def merge_rows(self, *, keep: Company, absorb: Sequence[Company]) -> str:
        services.merge_companies(keep=keep, absorb=absorb)
        return f"{', '.join(company.name for company in absorb)} counted under {keep} from now on."

    @admin.action(description="Part again: count under their own names", permissions=["change"])
    def part(self, request: HttpRequest, companies: QuerySet[Company]) -> None:
        count = services.part_companies(list(companies.exclude(merged_into=None)))
        if not count:
            self.message_user(request, "None of these is merged into another.", messages.WARNING)
            return
        self.ask_for_figures(request, f"{count} name{pluralize(count)} parted again.")
