"""The addresses of all pages."""

from django.contrib import admin
from django.contrib.auth import views as auth
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from jobsite.views import OwnPasswordView


def health(request: HttpRequest) -> HttpResponse:
    """Answer whoever asks whether the web process lives."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("health/", health, name="health"),
    path("admin/", admin.site.urls),
    path("login/", auth.LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("password/", OwnPasswordView.as_view(), name="password"),
    path("logout/", auth.LogoutView.as_view(), name="logout"),
    path("", include("postings.urls")),
    path("", include("analytics.urls")),
]
