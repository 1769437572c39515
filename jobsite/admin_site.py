from django.contrib.admin import AdminSite


class RolescopeAdminSite(AdminSite):
    site_header = "Rolescope"
    site_title = "Rolescope admin"
    index_title = "Curation and records"
