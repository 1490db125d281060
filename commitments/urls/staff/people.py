"""The addresses of log-in, accounts, people and invitations.

`account` keeps the names by which the library of log-in finds its pages: they stand in no
namespace. What the library could do besides (sign-up, other addresses) has none.
"""

from allauth.account import views as account_views
from allauth.mfa.base import views as factor_views
from allauth.mfa.recovery_codes import views as code_views
from allauth.mfa.totp import views as app_views
from allauth.mfa.webauthn import views as key_views
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.generic import RedirectView

from commitments.views.staff import account as own
from commitments.views.staff import invitations, mails, people, preferences, session
from commitments.views.staff._library import in_frame

routes: list[URLPattern | URLResolver] = [
    path("log-in/", session.log_in, name="log-in"),
    path("log-out/", session.log_out, name="log-out"),
    path("account/", own.account, name="account"),
    path("account/reminders/", preferences.mute_edit, name="mute-edit"),
    path(
        "account/calendar/make/",
        preferences.calendar_address_create,
        name="calendar-address-create",
    ),
    path(
        "account/calendar/remove/",
        preferences.calendar_address_revoke,
        name="calendar-address-revoke",
    ),
    path("account/sessions/<int:pk>/end/", own.session_end, name="session-end"),
    path("account/sessions/end-others/", own.session_end_others, name="session-end-others"),
    path("people/", people.person_list, name="person-list"),
    path("people/<int:pk>/", people.person_detail, name="person-detail"),
    path("people/<int:pk>/roles/add/", people.membership_create, name="membership-create"),
    path("people/<int:pk>/deactivate/", people.person_deactivate, name="person-deactivate"),
    path("people/<int:pk>/reactivate/", people.person_reactivate, name="person-reactivate"),
    path("people/<int:pk>/factor-reset/", people.factor_reset, name="factor-reset"),
    path("people/<int:pk>/address/clear/", mails.address_clear, name="address-clear"),
    path("memberships/<int:pk>/end/", people.membership_end, name="membership-end"),
    path("invitations/add/", invitations.invitation_create, name="invitation-create"),
    path("invitations/<int:pk>/again/", invitations.invitation_again, name="invitation-again"),
    path("invitations/<int:pk>/revoke/", invitations.invitation_revoke, name="invitation-revoke"),
    path(
        "invitations/accept/<str:token>/",
        invitations.invitation_accept,
        name="invitation-accept",
    ),
]

account: list[URLPattern | URLResolver] = [
    path("log-in/", session.log_in, name="account_login"),
    path("log-out/", session.log_out, name="account_logout"),
    path(
        "account/password/",
        in_frame(account_views.password_change),
        name="account_change_password",
    ),
    path(
        "account/password/set/",
        RedirectView.as_view(pattern_name="account_reset_password"),
        name="account_set_password",
    ),
    path("account/forgotten/", session.password_forgotten, name="account_reset_password"),
    path("account/forgotten/sent/", session.password_link_sent, name="account_reset_password_done"),
    re_path(
        r"^account/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[0-9A-Za-z-]+)/$",
        in_frame(account_views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "account/forgotten/done/",
        in_frame(account_views.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("account/confirm/", in_frame(account_views.reauthenticate), name="account_reauthenticate"),
    path("account/factors/", in_frame(factor_views.index), name="mfa_index"),
    path("account/factors/log-in/", in_frame(factor_views.authenticate), name="mfa_authenticate"),
    path(
        "account/factors/confirm/", in_frame(factor_views.reauthenticate), name="mfa_reauthenticate"
    ),
    path("account/factors/app/add/", in_frame(app_views.activate_totp), name="mfa_activate_totp"),
    path(
        "account/factors/app/remove/",
        in_frame(app_views.deactivate_totp),
        name="mfa_deactivate_totp",
    ),
    path("account/factors/codes/", own.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/factors/codes/new/",
        in_frame(code_views.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/factors/passkeys/",
        RedirectView.as_view(pattern_name="mfa_index"),
        name="mfa_list_webauthn",
    ),
    path(
        "account/factors/passkeys/add/", in_frame(key_views.add_webauthn), name="mfa_add_webauthn"
    ),
    path(
        "account/factors/passkeys/confirm/",
        in_frame(key_views.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "account/factors/passkeys/<int:pk>/remove/",
        in_frame(key_views.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
]
