"""Settings that hold everywhere. What differs by place comes from the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from . import env
from .accounts import *  # noqa: F403
from .logs import logging_config

BASE_DIR = Path(__file__).resolve().parents[3]
STATE_DIR = Path(env.text("MOTCUA_STATE", str(BASE_DIR / "var")))

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
ALLOWED_HOSTS = ["*"]  # SiteMiddleware answers 404 to every host that is not in the registry.

# --- The house: what is shared, what every site has --------------------------------------------
SHARED_APPS = [
    "django_tenants",
    "motcua.db",
    "motcua.audit",
    "motcua.jobs",
    "tenants",
    "motcua.hub",
    "motcua.insight",
    "motcua.readings",
    "motcua.web",
    "django_tasks",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
TENANT_APPS = [
    "sites.main",
    "sites.home",
    "sites.discovery",
    "sites.translations",
    "sites.news",
    "sites.documents",
    "sites.organisation",
    "sites.media",
    "sites.disclosure",
    "sites.widgets",
    "sites.base",
    "motcua.people",
    "motcua.people.apps.UsersAppConfig",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
]
INSTALLED_APPS = [*SHARED_APPS, *TENANT_APPS]

TENANT_MODEL = "tenants.Tenant"
TENANT_DOMAIN_MODEL = "tenants.Domain"
TENANT_LIMIT_SET_CALLS = True
DATABASE_ROUTERS = ["django_tenants.routers.TenantSyncRouter"]

# Functions that upper layers lend to provisioning, in order (ADR 0002).
TEMPLATE_STEPS = [
    "sites.home.starter.fill_template",
    "sites.base.mirroring.synchronise",
    "motcua.people.groups.fill_template",
]
SITE_STEPS = [
    "sites.base.provisioning.write_facts",
    "sites.base.provisioning.share_starter_pages",
    "sites.main.starter.plant_for_main",
    "motcua.people.provisioning.invite_first_administrator",
]
MAKE_ADMINISTRATOR = "motcua.people.provisioning.create_administrator"
SITE_CHANGED_STEPS = ["sites.base.provisioning.refresh_address"]

# Labels under which no member site may live, because the province's own machines do.
RESERVED_LABELS = frozenset(
    "admin api auth autodiscover cdn dns ftp imap localhost mail main media mx ns ns1 ns2 public "
    "root smtp sso static status template test webmail www".split()
)
# Domains under which the registry accepts addresses; an agency's own domain is added here.
SITE_DOMAIN_SUFFIXES = env.words("MOTCUA_DOMAIN_SUFFIXES")
PUBLIC_SCHEME = env.text("MOTCUA_PUBLIC_SCHEME", "https")
PUBLIC_PORT = env.number("MOTCUA_PUBLIC_PORT", 443)
SITE_POOL_SIZE = env.number("MOTCUA_POOL_SIZE", 5)

# --- Database ----------------------------------------------------------------------------------
APPLICATION_DATABASE = env.database(env.text("DATABASE_URL"))
OWNER_DATABASE = (
    env.database(env.text("DATABASE_OWNER_URL")) if env.text("DATABASE_OWNER_URL", "") else None
)
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        **APPLICATION_DATABASE,
        "CONN_MAX_AGE": env.number("MOTCUA_CONN_MAX_AGE", 600),
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Tables of `public` that the application may read and add to, never change (ADR 0003).
APPEND_ONLY_TABLES = ["audit_event"]

# --- Requests ----------------------------------------------------------------------------------
ROOT_URLCONF = "motcua.urls"
WSGI_APPLICATION = "motcua.wsgi.application"
MIDDLEWARE = [
    "motcua.web.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "motcua.web.sites.SiteMiddleware",
    "motcua.insight.middleware.VisitsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail's preview panel frames the site's own pages.
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "motcua.web.errors.csrf_failure"

CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "default",
        "KEY_FUNCTION": "django_tenants.cache.make_key",
        "REVERSE_KEY_FUNCTION": "django_tenants.cache.reverse_key",
        # Two or three entries for each of a thousand sites, and counted sign-in attempts: with
        # Django's 300, a stroll over the sites would make the process forget the attempts.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
    "renditions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
        "KEY_FUNCTION": "django_tenants.cache.make_key",
        "REVERSE_KEY_FUNCTION": "django_tenants.cache.reverse_key",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    },
}

# --- Pages -------------------------------------------------------------------------------------
THEMES_DIR = BASE_DIR / "themes"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": ["motcua.web.themes.ThemeLoader"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
                "sites.base.context.portal",
            ],
        },
    }
]
DEFAULT_THEME = "son-mai"
SITE_THEME = "sites.base.appearance.chosen_theme"  # of a tenant, as its own settings say

STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "static"
STATICFILES_DIRS = sorted(THEMES_DIR.glob("*/static"))
MEDIA_URL = "/media/"
MEDIA_ROOT = STATE_DIR / "media"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "motcua.web.media.SiteStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Media of one site answers on that site's host only; nginx may send the bytes (ops/nginx).
MEDIA_ACCEL_PREFIX = env.text("MOTCUA_MEDIA_ACCEL_PREFIX", "")

# --- Languages ---------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
WAGTAILLOCALIZE_JOBS = {"BACKEND": "sites.base.localize_background.SiteBackground"}
# Who submits a page for translation begins one: it goes live when somebody publishes it.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# The project's words first, then what the packages lack: the earlier folder wins.
LOCALE_PATHS = [BASE_DIR / "locale", *sorted((BASE_DIR / "locale" / "packages").iterdir())]
FORMAT_MODULE_PATH = ["motcua.text.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_THOUSAND_SEPARATOR = True

# --- Wagtail -----------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Một Cửa"
WAGTAILADMIN_BASE_URL = ""  # Each site's own address is used (request, Site.root_url).
WAGTAILADMIN_PERMITTED_LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
WAGTAILIMAGES_IMAGE_MODEL = "base.SiteImage"
WAGTAILDOCS_DOCUMENT_MODEL = "base.SiteDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = (
    "csv doc docx geojson json mp4 ods odt pdf ppt pptx rtf txt vtt webm xls xlsx zip".split()
)
WAGTAILDOCS_CONTENT_TYPES = {
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "mp4": "video/mp4",
    "vtt": "text/vtt",
    "webm": "video/webm",
}
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf", "text/vtt", "video/mp4", "video/webm"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "sites.base.uploads.forms.SiteDocumentForm"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_IMAGE_FORM_BASE = "sites.base.uploads.forms.SiteImageForm"
# Uploads (sites/base/uploads): bytes of a file, of a video, pixels of a picture (all frames).
MOTCUA_UPLOAD_LIMIT = env.number("MOTCUA_UPLOAD_LIMIT", 20 * 1024 * 1024)
MOTCUA_VIDEO_LIMIT = env.number("MOTCUA_VIDEO_LIMIT", 500 * 1024 * 1024)
MOTCUA_PICTURE_PIXELS = env.number("MOTCUA_PICTURE_PIXELS", 50_000_000)
WAGTAILIMAGES_MAX_UPLOAD_SIZE = MOTCUA_UPLOAD_LIMIT
WAGTAILDOCS_MAX_UPLOAD_SIZE = MOTCUA_VIDEO_LIMIT
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "sites.base.uploads.receiving.LimitedFileUploadHandler",
]
# A callable that looks for malware, as "sites.base.uploads.scanning.clamd" does with the ClamAV
# daemon at MOTCUA_CLAMD (a socket's path, or host:port).
MOTCUA_UPLOAD_SCANNER = env.text("MOTCUA_UPLOAD_SCANNER", "")
MOTCUA_CLAMD = env.text("MOTCUA_CLAMD", "/run/clamav/clamd.ctl")
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []  # No network beyond what was configured.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# --- Jobs --------------------------------------------------------------------------------------
TASKS = {
    "default": {
        "BACKEND": "motcua.jobs.backend.SiteJobBackend",
        "ENQUEUE_ON_COMMIT": False,
        "QUEUES": [],
    }
}
PERIODIC_JOBS: dict[str, dict[str, Any]] = {
    "publish_due_pages": {
        "task": "sites.base.jobs.publish_due_pages",
        "every": 60,
        "scope": "site",
        "due": "sites.base.schedule.sites_with_due_pages",
    },
    "reconcile_hub": {
        "task": "sites.base.jobs.reconcile_hub",
        "every": 86_400,
        "scope": "site",
        "spread": 3600,
    },
    "mirror_pages": {
        "task": "sites.base.jobs.mirror_pages",
        "every": 86_400,
        "scope": "site",
        "spread": 3600,
    },
    "check_links": {
        "task": "sites.base.jobs.check_links",
        "every": 604_800,
        "scope": "site",
        "spread": 86_400,
    },
    "read_sources": {
        "task": "motcua.readings.jobs.read_due_sources",
        "every": 300,
        "scope": "public",
    },
    "refill_pool": {"task": "tenants.jobs.refill_pool", "every": 300, "scope": "public"},
    "forget_visitors": {
        "task": "motcua.insight.jobs.forget_visitors",
        "every": 300,
        "scope": "public",
    },
    "prune_page_days": {
        "task": "motcua.insight.jobs.prune_page_days",
        "every": 86_400,
        "scope": "public",
    },
    "prune_old_jobs": {
        "task": "motcua.jobs.upkeep.prune_old_jobs",
        "every": 86_400,
        "scope": "public",
    },
}
# What these do depends on the rows at the time they run, so one waiting call is enough.
COALESCED_TASKS = [
    "modelsearch.tasks.insert_or_update_object_task",
    "wagtail.tasks.update_reference_index_task",
    "sites.base.jobs.mirror_pages",
]
# Whether the weekly check of links asks machines outside of the province.
MOTCUA_CHECK_EXTERNAL_LINKS = env.flag("MOTCUA_CHECK_EXTERNAL_LINKS")
INPROCESS_WORKER = env.flag("MOTCUA_INPROCESS_WORKER")

# --- Readings from outside ----------------------------------------------------------------------
# Who may be asked; each is off until an administrator of the province switches it on.
READING_PROVIDERS = [
    "motcua.readings.open_meteo.OpenMeteoWeather",
    "motcua.readings.vietcombank.VietcombankRates",
]

# --- Visits ------------------------------------------------------------------------------------
VISITS_FLUSH_SECONDS = env.number("MOTCUA_VISITS_FLUSH_SECONDS", 5)  # 0: nobody flushes
VISITS_PAGE_DAYS = 400  # for which the views of a page are kept day by day

# --- Mail --------------------------------------------------------------------------------------
EMAIL_BACKEND = env.text("MOTCUA_EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_FILE_PATH = STATE_DIR / "mail"
EMAIL_HOST = env.text("MOTCUA_EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("MOTCUA_EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("MOTCUA_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("MOTCUA_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.flag("MOTCUA_EMAIL_TLS")
DEFAULT_FROM_EMAIL = env.text("MOTCUA_FROM_EMAIL", "motcua@localhost")

CITIZEN_ID_KEYS = env.words("MOTCUA_CITIZEN_ID_KEYS")
LOGGING = logging_config(
    json=env.flag("MOTCUA_LOG_JSON", True), level=env.text("LOG_LEVEL", "INFO")
)
