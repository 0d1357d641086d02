"""The form of redirects, in place of Wagtail's: what it accepts works.

Wagtail's import of redirects from a file uses the same form, row by row.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from wagtail.contrib.redirects import views
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from content.addresses.redirect_checks import from_problem, leads_in_a_circle, target_problem
from content.addresses.redirects import redirect_path
from content.markup.links import clean_address

LONGEST = 255


class TargetField(forms.CharField):
    """A whole address of the web, or a path of the site such as ``/faq/``."""

    def clean(self, value: Any) -> str:
        address = clean_address(str(super().clean(value) or ""))
        if not address or (address.startswith("/") and not address.startswith("//")):
            return address
        try:
            return str(forms.URLField(assume_scheme="https").clean(address))
        except ValidationError:
            raise ValidationError(
                "Write a whole address, such as https://www.example.org/faq/, or a path of this"
                " site that begins with a slash, such as /faq/."
            ) from None


class WorkingRedirectForm(RedirectForm):
    """Refuses redirects that would lead nobody anywhere, or in a circle, and says why."""

    redirect_link = TargetField(
        label="Redirect to an address",
        required=False,
        max_length=LONGEST,
        help_text="If it is no page: a whole address, such as https://www.example.org/faq/, or a"
        " path of this site, such as /faq/ or /files/form.pdf.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_path"].help_text = (
            "The path that is to lead elsewhere, such as /old-page/ or /files/old form.pdf. It"
            " makes no difference whether blanks are written as %20, and whether a slash ends it."
        )

    def _get_validation_exclusions(self) -> set[str]:
        """The model takes whole addresses only; the form has looked at the address itself."""
        return {*super()._get_validation_exclusions(), "redirect_link"}

    def clean_old_path(self) -> str:
        path = redirect_path(self.cleaned_data["old_path"])
        if len(path) > LONGEST:
            raise ValidationError(f"A path has at most {LONGEST} characters.")
        if "\0" in path:
            raise ValidationError("A path can't hold a null character (%00). Remove it.")
        return path

    def clean(self) -> dict[str, Any]:
        super().clean()
        if not self.errors:
            self._check()
        return self.cleaned_data

    def _check(self) -> None:
        data = self.cleaned_data
        site, page, link = data.get("site"), data.get("redirect_page"), data.get("redirect_link")
        if bool(page) == bool(link):
            self.add_error(
                "redirect_link",
                "Choose a page or write an address, not both."
                if page
                else "Choose a page, or write the address to which the redirect leads.",
            )
            return
        path = data["old_path"]
        sites = [site] if site else list(Site.objects.select_related("root_page"))
        if problem := from_problem(path, sites):
            self.add_error("old_path", problem)
            return
        made = Redirect(
            pk=self.instance.pk, old_path=path, site=site, redirect_page=page, redirect_link=link
        )
        if any(leads_in_a_circle(made, one) for one in sites):
            self.add_error(
                "redirect_link",
                "Visitors would be led in a circle: that address leads back to"
                f" {path}. Write where they are to end.",
            )
        elif link and (problem := target_problem(made, sites)):
            self.add_error("redirect_link", problem)


def replace_the_form() -> None:
    """Have Wagtail's views of redirects use this form; called once when the app is ready.

    Wagtail 8.0 names its form in the two views and, for the import, in their module.
    """
    views.CreateView.form_class = WorkingRedirectForm
    views.EditView.form_class = WorkingRedirectForm
    views.RedirectForm = WorkingRedirectForm
