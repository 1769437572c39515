"""Companies: spellings of one employer are merged here, and parted again."""

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import pluralize

from postings import services
from postings.admin.deciding import DecidingAdmin, KeepForm, Proposal, told
from postings.models import Company


@admin.register(Company)
class CompanyAdmin(DecidingAdmin):
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
        if companies.count() < 2:
            self.message_user(request, "Choose the two or more names that are one employer.", messages.WARNING)
            return None
        by_size = companies.annotate(size=Count("postings")).order_by("-size", "name")
        form = KeepForm(told(request), rows=by_size)
        keep = form.cleaned_data["keep"] if form.is_valid() else by_size[0]
        absorb = [company for company in by_size if company != keep]
        proposal = Proposal(
            question=f"Merge {services.quoted(company.name for company in absorb)} into “{keep}”?",
            action="company.merge",
            words={"keep": keep.key, "absorb": [company.key for company in absorb]},
            rests_on=lambda: [row for company in (keep, *absorb) for row in (company, *company.merged.all())],
            notes=(
                *(f"{_postings(company)} of “{company}” would be counted there." for company in absorb),
                "Files that come later follow. The postings keep the name that they carry.",
            ),
        )
        return self.ask(request, proposal, title="Merge companies", form=form)

    @admin.action(description="Part again: count under their own names …", permissions=["change"])
    def part(self, request: HttpRequest, companies: QuerySet[Company]) -> HttpResponse | None:
        merged = list(companies.exclude(merged_into=None).select_related("merged_into"))
        if not merged:
            self.message_user(request, "None of these is merged into another.", messages.WARNING)
            return None
        proposal = Proposal(
            question=f"Count {services.quoted(company.name for company in merged)} under no other name any more?",
            action="company.part",
            words={"companies": [company.key for company in merged]},
            rests_on=lambda: Company.objects.filter(pk__in=[company.pk for company in merged]),
            notes=tuple(
                f"{_postings(company)} of “{company}” would no longer be counted under “{company.merged_into}”."
                for company in merged
            ),
        )
        return self.ask(request, proposal, title="Part companies")


def _postings(company: Company) -> str:
    count = int(getattr(company, "n_postings", 0))
    return f"{count:,} posting{pluralize(count)}"
