from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def signed_in(request: HttpRequest) -> User:
    """Return who sent the request; a visitor who is not signed in is refused."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
