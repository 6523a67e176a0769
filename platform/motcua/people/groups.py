"""Roles: one table in code, one group each in every site.

A group's name is its identity and never changes; screens show `Role.label`. Contributor,
secretary, head of the board, service officer and auditor join the table with the workflow.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
)
from wagtail.snippets.models import get_snippet_models

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model, QuerySet
    from django_stubs_ext import StrPromise

    from .models import User

PROVINCIAL_ADMINISTRATOR = "Quản trị tỉnh"
SITE_ADMINISTRATOR = "Quản trị cổng"
EDITOR = "Biên tập viên"

SUPERUSER_RANK = 100
# Groups that are not in the table may hold anything: only the highest role deals with them.
UNKNOWN_RANK = 80

EDITOR_PAGES = ["add_page", "change_page", "publish_page", "lock_page"]
EDITOR_FILES = [
    f"{app}.{action}_{model}"
    for app, model in [("wagtailimages", "image"), ("wagtaildocs", "document")]
    for action in ["add", "change", "choose"]
]
COLLECTIONS = [f"wagtailcore.{action}_collection" for action in ["add", "change", "delete"]]
REDIRECTS = [
    f"wagtailredirects.{action}_redirect" for action in ["add", "change", "delete", "view"]
]
PEOPLE = [
    *(f"people.{action}_user" for action in ["add", "change", "delete", "view"]),
    *(f"people.{action}_invitation" for action in ["add", "delete", "view"]),
    "people.invite_people",
]


class UnknownRole(LookupError):
    """The current site has no group of this name."""


@dataclass(frozen=True)
class Role:
    """What a group may do. `rank` orders roles: nobody gives away, or touches, a higher one."""

    name: str
    label: StrPromise
    rank: int
    permissions: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    settings: bool = False
    main_only: bool = False
    includes: tuple[str, ...] = ()


ROLES = (
    Role(
        name=PROVINCIAL_ADMINISTRATOR,
        label=_("Provincial administrator"),
        rank=80,
        permissions=("wagtailadmin.access_admin", "people.manage_sites"),
        main_only=True,
        includes=(SITE_ADMINISTRATOR,),
    ),
    Role(
        name=SITE_ADMINISTRATOR,
        label=_("Site administrator"),
        rank=60,
        permissions=(
            "wagtailadmin.access_admin",
            "wagtail_localize.submit_translation",
            *PEOPLE,
            *REDIRECTS,
        ),
        pages=(*EDITOR_PAGES, "unlock_page", "bulk_delete_page"),
        files=(*EDITOR_FILES, *COLLECTIONS),
        settings=True,
    ),
    Role(
        name=EDITOR,
        label=_("Editor"),
        rank=20,
        permissions=("wagtailadmin.access_admin", "wagtail_localize.submit_translation"),
        pages=tuple(EDITOR_PAGES),
        files=tuple(EDITOR_FILES),
    ),
)


def role_named(name: str) -> Role | None:
    """Return the role whose group is called `name`."""
    return next((role for role in ROLES if role.name == name), None)


def role_label(name: str) -> str:
    """Return a group's name as screens show it."""
    role = role_named(name)
    return str(role.label) if role else name


def rank_of(user: User) -> int:
    """Return how much a person may do: the highest rank among their groups, 0 without one."""
    if user.is_superuser:
        return SUPERUSER_RANK
    names = user.groups.values_list("name", flat=True)
    return max((group_rank(name) for name in names), default=0)


def group_rank(name: str) -> int:
    """Return the rank of the group called `name`."""
    role = role_named(name)
    return role.rank if role else UNKNOWN_RANK


def may_manage(by: User, person: User) -> bool:
    """Tell whether `by` may change the account of `person`: not of somebody above them."""
    return rank_of(by) >= rank_of(person)


def groups_of(name: str) -> list[Group]:
    """Return the groups that come with the role called `name`: its own and those it includes.

    Raises:
        UnknownRole: this site has no such group.
    """
    role = role_named(name)
    names = [name, *(role.includes if role else ())]
    groups = list(Group.objects.filter(name__in=names))
    if name not in [group.name for group in groups]:
        raise UnknownRole(name)
    return groups


def assignable_groups(by: User) -> QuerySet[Group]:
    """Return the groups of this site that `by` may give to others."""
    rank = rank_of(by)
    names = Group.objects.values_list("name", flat=True)
    return Group.objects.filter(name__in=[name for name in names if group_rank(name) <= rank])


@transaction.atomic
def fill_template() -> None:
    """Create the groups of every site, with their permissions; may run any number of times."""
    drop_stock_groups()
    for role in ROLES:
        if not role.main_only:
            ensure_group(role)


@transaction.atomic
def ensure_main_groups() -> None:
    """Create the groups that only the main portal has."""
    for role in ROLES:
        if role.main_only:
            ensure_group(role)


def ensure_group(role: Role) -> Group:
    """Create the group of `role` where it is missing and add the permissions it lacks."""
    group, _created = Group.objects.get_or_create(name=role.name)
    labels = [*role.permissions, *(settings_permissions() if role.settings else [])]
    # Only what is missing: adding what is there would use up numbers of the table's sequence, and
    # the template would differ after every deployment.
    there = set(group.permissions.all())
    group.permissions.add(*(found for found in permissions_of(labels) if found not in there))
    root = Page.get_first_root_node()
    for permission in permissions_of(f"wagtailcore.{name}" for name in role.pages):
        GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
    files = Collection.get_first_root_node()
    for permission in permissions_of(role.files):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=files, permission=permission
        )
    return group


def settings_permissions() -> list[str]:
    """Return the permissions to change what a site registers as settings or snippets."""
    labels = [permission_label("change", model) for model in settings_registry]
    for model in get_snippet_models():
        actions = ["add", "change", "delete"]
        actions += ["publish"] if hasattr(model, "live") else []
        labels += [permission_label(action, model) for action in actions]
    return labels


def permission_label(action: str, model: type[Model]) -> str:
    return f"{model._meta.app_label}.{action}_{model._meta.model_name}"


def permissions_of(labels: Iterable[str]) -> list[Permission]:
    """Return the permissions called `app.codename`.

    Raises:
        Permission.DoesNotExist: one is missing, and a role would silently be weaker.
    """
    return [permission_of(label) for label in labels]


def permission_of(label: str) -> Permission:
    app, codename = label.split(".")
    # Two models of one app may share a codename (wagtailcore's page permissions do not).
    found = Permission.objects.filter(content_type__app_label=app, codename=codename).first()
    if found is None:
        raise Permission.DoesNotExist(f"There is no permission {label}.")
    return found


def drop_stock_groups() -> None:
    """Replace the groups Wagtail's first migration makes, in its approval task too."""
    stock = Group.objects.filter(name__in=["Moderators", "Editors"])
    tasks = list(GroupApprovalTask.objects.filter(groups__in=stock).distinct())
    stock.delete()
    for task in tasks:
        approvers = [ensure_bare(EDITOR), ensure_bare(SITE_ADMINISTRATOR)]
        rename(task, "Biên tập viên duyệt")
        task.groups.set(approvers)
        for workflow in Workflow.objects.filter(workflow_tasks__task=task):
            rename(workflow, "Duyệt bài")


def ensure_bare(name: str) -> Group:
    return Group.objects.get_or_create(name=name)[0]


def rename(thing: Any, name: str) -> None:
    thing.name = name
    thing.save(update_fields=["name"])
