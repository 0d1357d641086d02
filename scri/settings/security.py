"""What browsers may load and do: security policies, each a dictionary in the shape of Django 6's
``SECURE_CSP``.

With Django 6, ``django.middleware.csp.ContentSecurityPolicyMiddleware`` takes the place of
django-csp's middleware, which reads the same dictionary under another name. ``scri/policy.py`` says
which answer gets which policy, and adds the hosts that a page needs: of stored pictures, of
embeds and of statistics.
"""

from __future__ import annotations

NONE, SELF, UNSAFE_INLINE = "'none'", "'self'", "'unsafe-inline'"

# Public pages: no inline script, no inline style, nothing of another host.
SECURE_CSP: dict[str, list[str]] = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    # The editor shows previews in a frame.
    "frame-ancestors": [SELF],
}

# The admin, as strict as Wagtail 8 works under. Measured in a browser: filters, forms and choosers
# bring scripts within their markup, the rich text editor and the preview styles, and the picture
# form an event handler. None of them can carry a nonce, because parts arrive later. A picture
# that is about to be uploaded is shown before it has an address.
SECURE_CSP_ADMIN: dict[str, list[str]] = {
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "blob:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
}

# Stored files, opened by themselves: a drawing may have its styles, nothing in it may run.
SECURE_CSP_FILES: dict[str, list[str]] = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "sandbox": [],
}

# What no page of this site does, and no frame in it may do.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope",
        "magnetometer", "microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking",
    )
)  # fmt: skip
