"""The database backend: django-tenants' with fewer queries and no clearing of shared caches."""
