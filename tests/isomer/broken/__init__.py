"""Imports that end at any moment: the site is as before or complete, and the next run mends all."""
