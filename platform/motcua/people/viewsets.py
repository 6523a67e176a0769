"""Accounts in Wagtail's admin: invited rather than made, and never above one's own role."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.users.views import users

from . import actions
from .forms import InvitationForm, UserForm
from .groups import group_rank, may_manage, rank_of, role_label
from .models import Invitation, InvitationState


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


class InvitationIndexView(generic.IndexView):
    add_item_label = _("Invite a person")


class WithdrawView(generic.DeleteView):
    """Nothing is deleted: the row remains and tells that its link was withdrawn."""

    page_title = _("Withdraw the invitation")
    success_message = _("The invitation of %(object)s has been withdrawn.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if group_rank(self.get_object().role) > rank_of(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def confirmation_message(self) -> str:
        return gettext("Its link will open nothing any more.")

    def delete_action(self) -> None:
        actions.revoke(invitation=self.object, by=self.request.user)


class InvitationViewSet(ModelViewSet):
    """Who has been invited and what became of it; inviting itself is part of the accounts."""

    model = Invitation
    icon = "mail"
    menu_label = _("Invitations")
    menu_order = 601
    add_to_settings_menu = True
    copy_view_enabled = False
    add_to_reference_index = False
    form_fields = ("email", "name", "role")
    search_fields = ("email", "name")
    index_view_class = InvitationIndexView
    delete_view_class = WithdrawView
    list_display = (
        "email",
        "name",
        Column("role", label=_("Role"), accessor=lambda row: role_label(row.role)),
        Column("state", label=_("State"), accessor=lambda row: InvitationState(row.state).label),
        DateColumn("created_at", label=_("Sent"), sort_key="created_at"),
        DateColumn("expires_at", label=_("Valid until"), sort_key="expires_at"),
    )

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        elsewhere = {"add_url_name": "wagtailusers_users:add"}
        absent = dict.fromkeys(["edit_url_name", "history_url_name", "usage_url_name"])
        return {**super().get_common_view_kwargs(**kwargs), **elsewhere, **absent}

    def get_urlpatterns(self) -> list[Any]:
        shown = {"index", "index_results", "delete"}
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in shown]
