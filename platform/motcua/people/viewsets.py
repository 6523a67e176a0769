"""Accounts in Wagtail's admin: invited rather than made, and never above one's own role."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.users.views import users

from . import actions
from .forms import InvitationForm, UserForm
from .groups import may_manage
from .models import Invitation


class IndexView(users.IndexView):
    add_item_label = _("Invite a person")

    @cached_property
    def columns(self) -> list[Any]:
        columns = list(super().columns)
        columns[1].sort_key = "name_sort"
        return columns

    @cached_property
    def search_fields(self) -> set[str]:
        return {"email", "name"}


class InviteView(users.CreateView):
    """Instead of making an account with a password of ours, we send a link."""

    page_title = _("Invite a person")
    submit_button_label = _("Send invitation")
    submit_button_active_label = _("Sending…")
    success_message = _("An invitation has been sent to %(object)s.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def save_instance(self) -> Invitation:
        return actions.invite(**self.form.cleaned_data, by=self.request.user)

    def get_success_buttons(self) -> list[Any]:
        return []


class OnlyBelow:
    """Refuses to touch the account of somebody with a higher role."""

    request: HttpRequest
    object: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_manage(request.user, self.get_object()):  # type: ignore[attr-defined]
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class EditView(OnlyBelow, users.EditView):
    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def save_instance(self) -> Any:
        person = self.get_object()
        before = list(person.groups.values_list("name", flat=True))
        saved = super().save_instance()
        actions.record_roles(person=saved, before=before, by=self.request.user)
        if saved.is_active != person.is_active:
            actions.record_activity(person=saved, by=self.request.user)
        return saved


class DeleteView(OnlyBelow, users.DeleteView):
    def delete_action(self) -> None:
        email = self.object.email
        super().delete_action()
        actions.record_deletion(email=email, by=self.request.user)


class UserViewSet(users.UserViewSet):
    ordering = "name_sort"
    copy_view_enabled = False
    create_template_name = "wagtailadmin/generic/create.html"
    edit_template_name = "wagtailadmin/generic/edit.html"
    index_view_class = IndexView
    add_view_class = InviteView
    edit_view_class = EditView
    delete_view_class = DeleteView

    def get_form_class(self, for_update: bool = False) -> type[ModelForm]:
        return UserForm if for_update else InvitationForm
