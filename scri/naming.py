"""What Wagtail calls the site where it asks the settings, such as before many pages go."""

from __future__ import annotations


def site_name() -> str:
    """Return the name of the first site. The settings hold it lazily (``lazy``), since they are
    read before there are models."""
    from navigation.branding import name_of_site, site_for

    return name_of_site(site_for())
