from django.apps import AppConfig


class HubConfig(AppConfig):
    """Where what the sites publish comes together."""

    name = "motcua.hub"
    label = "hub"
