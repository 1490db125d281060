"""The looking glass: superusers see every table, and nobody changes a row through it."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from tests import factories
from tests.models.test_factories import FACTORIES, MODELS

GLASSES = sorted(admin.site._registry, key=lambda model: model.__name__)


@pytest.fixture
def root(client, db):
    user = factories.UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def values(model):
    return list(model.objects.order_by("pk").values())


def test_admin_shows_every_table_of_ours_and_no_other():
    assert {model.__name__ for model in GLASSES} == {model.__name__ for model in MODELS}
    assert Group not in admin.site._registry


@pytest.mark.parametrize("model", GLASSES, ids=lambda model: model.__name__)
def test_admin_shows_rows_and_refuses_every_change(model, root, client):
    row = FACTORIES[model]()
    before = values(model)
    pages = [address(model, "changelist"), address(model, "change", row.pk)]

    assert [client.get(page).status_code for page in pages] == [200, 200]
    attempts = [
        client.get(address(model, "add")),
        client.post(address(model, "add"), {}),
        client.post(address(model, "change", row.pk), {"_save": "Save"}),
        client.post(address(model, "delete", row.pk), {"post": "yes"}),
    ]
    assert [answer.status_code for answer in attempts] == [403, 403, 403, 403]
    client.post(
        address(model, "changelist"),
        {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"},
    )
    assert values(model) == before


def test_admin_never_shows_a_password(root, client):
    person = factories.UserFactory()
    person.set_password("a password of the test")
    person.save()

    page = client.get(address(type(person), "change", person.pk)).text

    assert person.email in page
    assert person.password not in page
    assert "password" not in page.split("<form")[1].lower().replace("/password_change/", "")


@pytest.mark.parametrize("columns", [{}, {"is_staff": True}])
def test_admin_shows_nothing_to_others(columns, client, db):
    client.force_login(factories.UserFactory(**columns))

    answer = client.get(address(factories.GapFactory._meta.model, "changelist"))

    assert answer.status_code == (403 if columns else 302)


def test_admin_pages_may_not_be_kept(root, client):
    assert client.get("/admin/")["Cache-Control"] == "private, no-store"
