"""Repositories that nobody has seen: all that must hold, and what is particular to each."""

from __future__ import annotations

import pytest

from tests.isomer.unseen import repositories
from tests.isomer.unseen.survival import survive

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("variant", ["side", "floating", "image", "center", "unheard-of"])
def test_odd_features(tmp_path, variant):
    survive(tmp_path, repositories.odd_features(variant))


def test_first_generation(tmp_path):
    survive(tmp_path, repositories.first_generation())


def test_big_room(tmp_path):
    survive(tmp_path, repositories.big_room())


def test_bodies(tmp_path):
    survive(tmp_path, repositories.bodies())


def test_odd_places(tmp_path):
    survive(tmp_path, repositories.odd_places())


def test_bare(tmp_path):
    survive(tmp_path, repositories.bare())
