from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_text_html,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.users.forms import UserForm as WagtailUserForm

from .groups import assignable_groups, role_label
from .models import Invitation, User


class AcceptInvitationForm(forms.Form):
    """Name and password of a person who follows an invitation."""

    name = forms.CharField(
        label=_("Full name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html,
    )
    password2 = forms.CharField(
        label=_("Password (again)"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        self.invitation = invitation
        super().__init__(*args, initial={"name": invitation.name}, **kwargs)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        password = data.get("password1")
        if password and password != data.get("password2"):
            self.add_error("password2", _("The two passwords are not the same."))
        elif password:
            self.check_strength(password, data.get("name", ""))
        return data

    def check_strength(self, password: str, name: str) -> None:
        """Hold the password against the rules and against what is known of the person."""
        try:
            validate_password(password, User(email=self.invitation.email, name=name))
        except ValidationError as error:
            self.add_error("password1", error)


class InvitationForm(forms.ModelForm):
    """Whom to invite, and to which role: none above that of the inviting person."""

    role = forms.ChoiceField(label=_("Role"))

    class Meta:
        model = Invitation
        fields = ["email", "name", "role"]

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = assignable_groups(by).values_list("name", flat=True)
        self.fields["role"].choices = [(name, role_label(name)) for name in names]

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if User.objects.active().filter(email=email).exists():
            raise ValidationError(_("This person already has an account on this site."))
        return email


class RolesField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return role_label(obj.name)


class UserForm(WagtailUserForm):
    """An account as an administrator of the site edits it.

    The address is the person's own business (it decides who can sign in), passwords nobody
    else's, and the citizen ID is not shown here at all.
    """

    first_name = None
    last_name = None
    is_superuser = None
    groups = RolesField(
        label=_("Roles"),
        queryset=None,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    field_order = ["email", "name", "phone", "language", "is_active", "groups"]

    class Meta:
        model = User
        fields = ["email", "name", "phone", "language", "is_active", "groups"]

    def __init__(self, *args: Any, by: User, editing_self: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].disabled = True
        self.fields["groups"].queryset = assignable_groups(by)
        if editing_self:
            del self.fields["is_active"]
            del self.fields["groups"]


class ProfileForm(forms.ModelForm):
    """What people change about themselves in the admin."""

    class Meta:
        model = User
        fields = ["name", "phone", "language"]
