"""What was published, to look things up in: facts are not edited by hand."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString

from jobsite.admin.filtering import NamedValuesFilter
from postings.admin.figures import ReadOnlyAdmin
from postings.models import Posting, Title


@admin.register(Posting)
class PostingAdmin(ReadOnlyAdmin):
    list_display = ("title", "company", "place", "country", "date_posted", "source", "page")
    list_filter = ("source", "remote", ("language", NamedValuesFilter))
    search_fields = ("title__text", "company__name", "external_id")
    list_select_related = ("title", "company", "source")
    show_full_result_count = False

    @admin.display(description="page")
    def page(self, posting: Posting) -> SafeString:
        return format_html('<a href="{}">text and mentions</a>', posting.get_absolute_url())


@admin.register(Title)
class TitleAdmin(ReadOnlyAdmin):
    list_display = ("text",)
    search_fields = ("text",)
