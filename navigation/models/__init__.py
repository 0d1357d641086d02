"""Settings and snippets of the frame: identity, notification, menus and footers."""

from navigation.models.identity import SiteIdentity
from navigation.models.menus import Footer, Menu, NavigationSettings
from navigation.models.notification import Notification

__all__ = ["Footer", "Menu", "NavigationSettings", "Notification", "SiteIdentity"]
