"""The Django app."""

from __future__ import annotations

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "oneplace.places"
    label = "places"
    verbose_name = "Places"
