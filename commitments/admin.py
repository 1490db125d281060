"""A read-only looking glass on every table: changes go through the services, for everybody."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import Model
from django.http import HttpRequest

from commitments.models import Invitation, User

HIDDEN = {
    User: ("password", "last_login", "groups", "user_permissions"),
    Invitation: ("nonce",),
}
"""What nobody looks at, of which table."""


class LookingGlass(admin.ModelAdmin):  # type: ignore[type-arg]
    """Shows rows and changes nothing, superusers included."""

    list_per_page = 50
    show_full_result_count = False
    list_select_related = True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> Any:
        return HIDDEN.get(self.model)  # type: ignore[call-overload]


for model in apps.get_app_config("commitments").get_models():
    if not hasattr(model, "history_id"):  # the house's history has pages of its own
        admin.site.register(model, LookingGlass)

for label in ("account", "mfa", "usersessions"):  # accounts have pages of their own
    for model in apps.get_app_config(label).get_models():
        if admin.site.is_registered(model):
            admin.site.unregister(model)
admin.site.unregister(Group)
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = "Cam Kết"
