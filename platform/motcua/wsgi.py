"""The WSGI application: ``gunicorn --pythonpath platform motcua.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.settings.production")

application = get_wsgi_application()
