"""Nothing typed is lost: what is answered to a form that could not be saved.

A form that is sent without a valid token, or by somebody who is signed out, is never acted on.
Its content comes back: in its own form where that is known, else on a page that holds it and can
send it again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import ResolverMatch, reverse
from django.views.decorators.cache import never_cache
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.contrib.settings.registry import registry
from wagtail.contrib.settings.views import EditView as EditSettingView

from content.editing.versions import SHOW_ONLY, VersionForm

# The field in which ``keep-typed.js`` names a form that was opened.
FORM_ID = "form_id"
# The key of the session under which the names of saved forms stand; so many are kept.
SAVED = "saved_forms"
SAVED_KEPT = 20
# Addresses of page forms. Wagtail chooses their views by page type.
PAGE_FORMS = frozenset({"wagtailadmin_pages:add", "wagtailadmin_pages:edit"})
# What a browser sends beside what somebody typed.
_NOT_TYPED = frozenset({"csrfmiddlewaretoken", "next", FORM_ID, SHOW_ONLY})


class Typed(NamedTuple):
    """A posted field."""

    name: str
    value: str


def typed_fields(data: QueryDict) -> Iterator[Typed]:
    """Yield what a form posted, but for tokens, passwords and the names of pressed buttons."""
    for name, values in data.lists():
        if name in _NOT_TYPED or name.startswith("action-") or "password" in name.lower():
            continue
        yield from (Typed(name, str(value)) for value in values)


def note_saved(request: HttpRequest) -> None:
    """Remember that a form was saved, so that the browser can drop its own copy."""
    form = request.POST.get(FORM_ID, "")[:64]
    if form:
        request.session[SAVED] = [*request.session.get(SAVED, []), form][-SAVED_KEPT:]


@never_cache
def form_state(request: HttpRequest) -> JsonResponse:
    """Tell an open form who is signed in, the token to send, and which forms were saved."""
    return JsonResponse(
        {
            "user": str(request.user.pk),
            "token": get_token(request),
            "saved": request.session.get(SAVED, []),
        }
    )


def is_from_elsewhere(request: HttpRequest) -> bool:
    """Tell whether a browser says that another site sent a form."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.get_host():
        return True
    return request.headers.get("sec-fetch-site") in ("cross-site", "same-site")


def refused_form(request: HttpRequest) -> HttpResponse:
    """Answer a form of the admin that came without a valid token. Nothing is saved."""
    if _wants_data(request):
        return error_data("token", "The form was not accepted. Save it once more.")
    if is_from_elsewhere(request):
        return held(request, [])
    match = request.resolver_match
    if match is not None and match.view_name == "wagtailadmin_login":
        return redirect_to_login(request.POST.get("next", ""), login_url=request.path)
    if request.user.is_authenticated and _has_form(request):
        response = shown_again(request)
        # A page that copies another has no form, and who may not edit is sent away.
        if response.status_code == 200:
            return response
    return held(request, list(typed_fields(request.POST)))


def shown_again(request: HttpRequest) -> HttpResponse:
    """Return the form that a post came from, filled in with what it holds.

    Whatever the view writes meanwhile is taken back.
    """
    match = request.resolver_match
    assert match is not None, "a middleware asks for this after the address was resolved"
    data = QueryDict(mutable=True)
    for name, value in typed_fields(request.POST):
        data.appendlist(name, value)
    data[SHOW_ONLY] = "1"
    request.POST = data  # type: ignore[assignment, misc]
    with transaction.atomic():
        response = match.func(request, *match.args, **match.kwargs)
        if hasattr(response, "render"):
            response.render()
        transaction.set_rollback(True)
    return response


def held(request: HttpRequest, fields: list[Typed]) -> HttpResponse:
    """Return a page that says what happened and holds typed fields, to be sent from there.

    ``fields`` is empty for a form that another website sent.
    """
    context = {
        "fields": fields,
        "readable": [one for one in fields if _is_readable(one)],
        "has_form": _has_form(request),
        "show_only": SHOW_ONLY,
        "login": f"{reverse('wagtailadmin_login')}?next={reverse('wagtailadmin_home')}",
        "has_files": bool(request.FILES),
    }
    return render(request, "editors/admin/held.html", context, status=403)


def _is_readable(one: Typed) -> bool:
    """Tell whether a field holds words, and no numbers and data of the form itself."""
    return len(one.value.split()) > 1 and not one.value.startswith(("{", "["))


def _has_form(request: HttpRequest) -> bool:
    """Tell whether a post went to a view whose form can show posted values again."""
    match = request.resolver_match
    if match is None:
        return False
    if match.view_name in PAGE_FORMS:
        return True
    view = getattr(match.func, "view_class", object)
    own = getattr(view_model(view, match), "base_form_class", object)
    return issubclass(view, CreateView | EditView) and issubclass(own, VersionForm)


def view_model(view: type[Any], match: ResolverMatch) -> Any:
    """Return the model whose form a generic view of the admin shows."""
    if issubclass(view, EditSettingView):
        return registry.get_by_natural_key(match.kwargs["app_name"], match.kwargs["model_name"])
    return getattr(match.func, "view_initkwargs", {}).get("model")


def _wants_data(request: HttpRequest) -> bool:
    """Tell whether a script asked, which reads JSON or the status alone."""
    is_script = request.headers.get("x-requested-with") == "XMLHttpRequest"
    return is_script or not request.accepts("text/html")


def error_data(code: str, message: str, status: int = 403) -> JsonResponse:
    """Return an error in the form that Wagtail's autosave reads; ``keep-typed.js`` knows codes."""
    data = {"success": False, "error_code": code, "error_message": message}
    return JsonResponse(data, status=status)


class TypedMiddleware:
    """Keeps what somebody typed who was signed out meanwhile.

    Wagtail sends such a person to the login, and forgets the post.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST" or not self._sends_to_login(request, response):
            return response
        if _wants_data(request):
            return error_data("signed_out", "You are signed out.")
        fields = list(typed_fields(request.POST))
        is_form = _has_form(request)
        if (is_form and fields) or any(map(_is_readable, fields)):
            return held(request, list(typed_fields(request.POST)))
        return response

    @staticmethod
    def _sends_to_login(request: HttpRequest, response: HttpResponse) -> bool:
        login = reverse("wagtailadmin_login")
        return (
            response.status_code == 302
            and request.path != login
            and response["Location"].partition("?")[0] == login
            and request.user.is_anonymous
        )
