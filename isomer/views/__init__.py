"""Views of the admin that write: sign-off, and starting an import."""
