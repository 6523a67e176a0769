from django.apps import AppConfig


class WebConfig(AppConfig):
    """From a host to its site, and back to the browser."""

    name = "motcua.web"
    label = "web"
