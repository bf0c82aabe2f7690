"""The one page of sign-in that is ours: a mailed code first, a password for those who have one."""

from typing import Any

from allauth.account.forms import RequestLoginCodeForm
from allauth.account.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _


class SignInView(LoginView):
    """Both ways on one page; the form that failed keeps what was typed."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form for a mailed code."""
        context = super().get_context_data(**kwargs)
        context["code_form"] = RequestLoginCodeForm(prefix=None)
        context["code_form"].fields["email"].label = _("メールアドレス")
        context["form"].fields["password"].help_text = ""  # the page has its own way to a forgotten password
        return context


def closed(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """There is no free sign-up here, and an address is changed in one's own page."""
    raise Http404
