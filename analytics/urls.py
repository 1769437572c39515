"""The addresses of the screens of figures."""

from django.urls import path

from analytics.views import compare, overview, postings, profiles, quality, roles, runs, search, skills

urlpatterns = [
    path("", overview.overview, name="overview"),
    path("roles/", roles.role_list, name="role_list"),
    path("roles/<slug:slug>/", roles.role, name="role"),
    path("compare/", compare.compare, name="compare"),
    path("profiles/", profiles.profile_list, name="profile_list"),
    path("profiles/<int:known>/", profiles.profile, name="profile"),
    path("skills/", skills.skill_list, name="skill_list"),
    path("skills/<int:pk>/", skills.skill, name="skill"),
    path("postings/", postings.posting_list, name="posting_list"),
    path("postings/<int:pk>/", postings.posting, name="posting"),
    path("quality/", quality.quality, name="quality"),
    path("runs/", runs.run_list, name="run_list"),
    path("runs/<int:pk>/", runs.run, name="run"),
    path("runs/<int:pk>/publish/", runs.run_publish, name="run_publish"),
    path("runs/<int:pk>/verify/", runs.run_verify, name="run_verify"),
    path("runs/<int:pk>/changes/", runs.run_changes, name="run_changes"),
    path("runs/new/", runs.run_create, name="run_create"),
    path("search/", search.search, name="search"),
]
