"""Repositories made up by a grammar over the format reference, judged by Jekyll itself."""
