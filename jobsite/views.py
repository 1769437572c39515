"""Pages about the account of whoever is signed in."""

from django.contrib import messages
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.http import HttpResponse
from django.urls import reverse_lazy

from jobsite.log import note
from jobsite.models import EventKind


class OwnPasswordView(PasswordChangeView):
    """A new password for oneself; other sessions of the account end with it."""

    template_name = "registration/password.html"
    success_url = reverse_lazy("overview")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        answer = super().form_valid(form)
        note(EventKind.EDIT, "Changed their own password", by=self.request.user)
        messages.success(self.request, "You have a new password. Wherever else you were signed in, you are no longer.")
        return answer
