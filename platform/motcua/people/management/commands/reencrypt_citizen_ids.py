from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django_tenants.utils import tenant_context

from motcua.people.models import User
from tenants.models import Tenant


class Command(BaseCommand):
    help = "Encrypts every citizen ID of every site with the first of MOTCUA_CITIZEN_ID_KEYS."

    def handle(self, *args: Any, **options: Any) -> None:
        for tenant in Tenant.objects.in_order():
            with tenant_context(tenant):
                self.stdout.write(f"{tenant.primary_domain}: {User.objects.all().reencrypt()}")
