"""The evidence as a Django app."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "oneplace.evidence"
    label = "evidence"
