from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class JobsiteConfig(AppConfig):
    name = "jobsite"
    verbose_name = "Rolescope"

    def ready(self) -> None:
        from jobsite import checks  # noqa: F401  (registers the system checks)


class RolescopeAdminConfig(AdminConfig):
    default_site = "jobsite.admin_site.RolescopeAdminSite"
