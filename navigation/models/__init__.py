"""Settings and snippets of the frame: identity, notification, menus and footers."""

from navigation.models.identity import Notification, SiteIdentity
from navigation.models.menus import Footer, Menu, NavigationSettings

__all__ = ["Footer", "Menu", "NavigationSettings", "Notification", "SiteIdentity"]
