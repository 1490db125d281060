"""Every model has a factory, and what a factory makes is valid in the database and in full."""

import pytest
from django.apps import apps

from commitments import models
from tests import factories

FACTORIES = {
    getattr(factories, name)._meta.model: getattr(factories, name) for name in factories.__all__
}
MODELS = [
    model
    for model in apps.get_app_config("commitments").get_models()
    if not model._meta.auto_created and not hasattr(model, "history_id")
]


def test_factories_cover_every_model():
    assert {model.__name__ for model in FACTORIES} == {model.__name__ for model in MODELS}


SINGLE = {models.Holiday, models.RecordHead}
"""Of these two the smallest valid row is always the same."""

NOT_TYPED = {
    "password", "before", "after", "proposed", "replaced", "content", "corrections",
    "moved", "counts", "faults", "preview", "results", "found",
}  # fmt: skip
"""No form asks for these, so that they may be blank in the database but not in a form."""


@pytest.mark.django_db
@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_factory_makes_valid_rows(model):
    rows = [FACTORIES[model]() for _ in range(1 if model in SINGLE else 2)]

    for row in rows:
        row.full_clean(exclude=NOT_TYPED)

    assert {row.pk for row in rows} <= set(model.objects.values_list("pk", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize("trait", ["is_submitted", "is_approved", "is_published", "is_imported"])
def test_update_factory_traits_are_valid(trait):
    update = factories.StatusUpdateFactory(**{trait: True})

    update.full_clean()

    assert update.state == ("published" if trait == "is_imported" else trait.removeprefix("is_"))
