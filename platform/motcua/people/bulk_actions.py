"""Wagtail's actions on many accounts at once, bound to the same rule as on one."""

from __future__ import annotations

from typing import Any

from wagtail.users.views import bulk_actions as stock

from . import actions
from .groups import assignable_groups, may_manage, role_label
from .models import User


class AssignRole(stock.AssignRoleBulkAction):
    def check_perm(self, obj: User) -> bool:
        return super().check_perm(obj) and may_manage(self.request.user, obj)

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["role"].queryset = assignable_groups(self.request.user)
        form.fields["role"].label_from_instance = lambda group: role_label(group.name)
        return form

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "by": self.request.user}

    @classmethod
    def execute_action(cls, objects: Any, by: Any = None, **kwargs: Any) -> Any:
        before = {
            person.pk: list(person.groups.values_list("name", flat=True)) for person in objects
        }
        done = super().execute_action(objects, **kwargs)
        for person in objects:
            actions.record_roles(person=person, before=before[person.pk], by=by)
        return done


class SetActiveState(stock.SetActiveStateBulkAction):
    def check_perm(self, obj: User) -> bool:
        return super().check_perm(obj) and may_manage(self.request.user, obj)

    @classmethod
    def execute_action(
        cls, objects: Any, mark_as_active: bool = False, user: Any = None, **kwargs: Any
    ) -> Any:
        changed = [person for person in objects if person.is_active != mark_as_active]
        done = super().execute_action(objects, mark_as_active=mark_as_active, user=user, **kwargs)
        for person in changed:
            person.is_active = mark_as_active
            actions.record_activity(person=person, by=user)
        return done


class Delete(stock.DeleteBulkAction):
    def check_perm(self, obj: User) -> bool:
        return super().check_perm(obj) and may_manage(self.request.user, obj)

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "by": self.request.user}

    @classmethod
    def execute_action(cls, objects: Any, by: Any = None, **kwargs: Any) -> Any:
        addresses = [person.email for person in objects]
        done = super().execute_action(objects, **kwargs)
        for email in addresses:
            actions.record_deletion(email=email, by=by)
        return done
