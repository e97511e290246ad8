from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "oneplace.website"
    label = "website"
