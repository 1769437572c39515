"""People and their groups. What somebody may do comes from the group alone, and with it whether the admin opens."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group, User
from django.db.models import ManyToManyField, QuerySet
from django.http import HttpRequest

from jobsite.rights import MAY

admin.site.unregister([User, Group])

RIGHTS = "; ".join(f"{group} {may}" for group, may in MAY.items()) + "."
RIGHTS = f"{RIGHTS[0].upper()}{RIGHTS[1:]}"


@admin.register(User)
class PersonAdmin(UserAdmin):
    list_display = ("username", "groups_of", "is_active", "is_staff", "is_superuser", "last_login")
    list_filter = ("groups", "is_active", "is_superuser")
    readonly_fields = ("is_staff", "is_superuser", "last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Person", {"fields": ("first_name", "last_name", "email")}),
        ("Rights", {"fields": ("is_active", "groups", "is_staff", "is_superuser"), "description": RIGHTS}),
        ("Dates", {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "password1", "password2")}),
        ("Rights", {"fields": ("groups",), "description": RIGHTS}),
    )
    filter_horizontal = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: object
    ) -> forms.ModelMultipleChoiceField | None:
        kwargs |= {"widget": forms.CheckboxSelectMultiple} if db_field.name == "groups" else {}
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if field is not None:
            field.help_text = ""
        return field

    @admin.display(description="groups")
    def groups_of(self, user: User) -> str:
        return ", ".join(group.name for group in user.groups.all())


@admin.register(Group)
class GroupAdmin(admin.ModelAdmin):
    """The four groups are what jobsite/rights.py says: here is what that comes to."""

    list_display = ("name", "may", "people")
    fields = ("name", "may", "people", "permitted")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Group]:
        return super().get_queryset(request).prefetch_related("user_set")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return False

    @admin.display
    def may(self, group: Group) -> str:
        return MAY.get(group.name, "")

    @admin.display
    def people(self, group: Group) -> str:
        return ", ".join(user.get_username() for user in group.user_set.all())

    @admin.display
    def permitted(self, group: Group) -> str:
        return ", ".join(sorted(permission.codename.replace("_", " ") for permission in group.permissions.all()))
