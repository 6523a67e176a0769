from django.apps import AppConfig


class TenantsConfig(AppConfig):
    """The registry of sites."""

    name = "tenants"
    label = "tenants"
