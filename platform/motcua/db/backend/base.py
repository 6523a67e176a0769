"""One connection that serves every site by its ``search_path``.

Differs from ``django_tenants.postgresql_backend`` where that costs queries or correctness:

* choosing the schema that is already chosen does nothing, and a context that was entered and
  left without a query sends no ``SET search_path``;
* the process-wide content type cache is not cleared on every switch: it is kept per schema
  instead (`motcua.db.caches`), which is right under threads too;
* introspection asks for one schema (`motcua.db.backend.introspection`);
* what waits for a commit runs in the site that asked for it, not in whichever the connection
  stands in by then;
* a commit that PostgreSQL turns into a rollback undoes a switch, too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from django_tenants.postgresql_backend import base as django_tenants_base
from psycopg2.extensions import TRANSACTION_STATUS_INERROR

from .introspection import SchemaIntrospection


class HasSchema(Protocol):
    """What a connection needs to know of a site: its schema."""

    schema_name: str


class DatabaseWrapper(django_tenants_base.DatabaseWrapper):
    """A PostgreSQL connection that stands in one site at a time."""

    tenant: Any
    schema_name: str
    include_public_schema: bool
    search_path_set_schemas: list[str] | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.introspection = SchemaIntrospection(self)

    def set_tenant(self, tenant: HasSchema, include_public: bool = True) -> None:
        """Stand in ``tenant``'s schema; the server hears of it with the next query.

        Args:
            tenant: the site, or any object with its ``schema_name``.
            include_public: whether the tables of ``public`` are visible behind the site's own.

        Raises:
            ValidationError: the name cannot be a schema's; the connection stays where it was.
        """
        django_tenants_base._check_schema_name(tenant.schema_name)
        self.tenant = tenant
        if tenant.schema_name == self.schema_name and include_public == self.include_public_schema:
            return
        self.schema_name = tenant.schema_name
        self.include_public_schema = include_public
        self.set_settings_schema(tenant.schema_name)
        self._wanted_search_path = self._get_cursor_search_paths()

    def commit(self) -> None:
        """Commit; of a transaction that failed and whose error was swallowed, nothing remains.

        PostgreSQL rolls such a transaction back without an error, and a switch made in it.
        """
        failed = self.connection is not None and (
            self.connection.get_transaction_status() == TRANSACTION_STATUS_INERROR
        )
        super().commit()
        if failed:
            self.search_path_set_schemas = None

    def on_commit(self, func: Callable[[], object], robust: bool = False) -> None:
        """Run ``func`` after the commit, in the site in which it was registered.

        The commit may come when a context inside the transaction has been left again.
        """
        tenant, include_public = self.tenant, self.include_public_schema

        def in_its_site() -> None:
            now, public_now = self.tenant, self.include_public_schema
            self.set_tenant(tenant, include_public)
            try:
                func()
            finally:
                self.set_tenant(now, public_now)

        super().on_commit(in_its_site, robust)

    def _handle_search_path(self, cursor: Any = None) -> None:
        if self.search_path_set_schemas == self._wanted_search_path:
            return
        self.search_path_set_schemas = None
        with self.wrap_database_errors:  # a server-side cursor's switch is not wrapped otherwise
            super()._handle_search_path(cursor)
