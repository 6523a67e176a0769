from __future__ import annotations

from allauth.account.utils import perform_login
from allauth.account.views import LoginView as AllauthLoginView
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from . import actions
from .forms import AcceptInvitationForm
from .groups import role_label


class LoginView(AllauthLoginView):
    """allauth's sign-in, with an answer for those who are signed in but may not go on.

    The admin sends them here; sent back, they would go in circles for ever.
    """

    def get_authenticated_redirect_url(self) -> str:
        url: str = super().get_authenticated_redirect_url()
        if url.startswith(reverse("wagtailadmin_home")) and not may_enter_admin(self.request):
            raise PermissionDenied
        return url


@require_safe
def admin_login(request: HttpRequest) -> HttpResponse:
    """Send visitors of Wagtail's own sign-in page to the site's."""
    wanted = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        wanted = reverse("wagtailadmin_home")
    return redirect_to_login(wanted, login_url=reverse("account_login"))


@never_cache
@sensitive_post_parameters("password1", "password2")
@sensitive_variables("token", "form")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited person choose a name and a password, then sign them in."""
    try:
        found = actions.find_invitation(token)
    except actions.UnknownInvitation:
        return refusal(request, reason="unknown", status=404)
    if not found.is_open():
        return refusal(request, reason=found.state, status=410)
    form = AcceptInvitationForm(request.POST or None, invitation=found)
    if not form.is_valid():
        context = {"form": form, "invitation": found, "role": role_label(found.role)}
        return private(render(request, "people/invitation.html", context))
    return accept(request, token, form)


@sensitive_variables("token", "form")
def accept(request: HttpRequest, token: str, form: AcceptInvitationForm) -> HttpResponse:
    """Open the account and sign in; the second of two simultaneous answers is refused."""
    try:
        user = actions.accept_invitation(
            token=token, password=form.cleaned_data["password1"], name=form.cleaned_data["name"]
        )
    except actions.ClosedInvitation:
        return refusal(request, reason="accepted", status=410)
    return perform_login(request, user)


def refusal(request: HttpRequest, *, reason: str, status: int) -> HttpResponse:
    """Explain why a link opens nothing: unknown, accepted, withdrawn or expired."""
    return private(
        render(request, "people/invitation_invalid.html", {"reason": reason}, status=status)
    )


def private(response: HttpResponse) -> HttpResponse:
    """Keep the link out of the Referer header and out of search engines."""
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response


def may_enter_admin(request: HttpRequest) -> bool:
    return request.user.has_perm("wagtailadmin.access_admin")
