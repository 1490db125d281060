"""Who the log-in form lets in, beside the right password."""

import pytest

from commitments.forms.log_in import LogInForm
from tests import factories

PASSWORD = "a password of the test"


@pytest.fixture
def demo_person(db):
    user = factories.UserFactory(email="demo@example.org")
    user.set_password(PASSWORD)
    user.save()
    body = factories.OrganisationFactory(is_demo=True)
    factories.MembershipFactory(user=user, organisation=body)
    return user


def codes_of(person, rf):
    data = {"username": person.email, "password": PASSWORD}
    form = LogInForm(rf.post("/"), data=data)
    return [error.code for error in form.errors.as_data().get("__all__", [])]


@pytest.mark.parametrize(("demo", "codes"), [(True, []), (False, ["demo_is_off"])])
def test_log_in_knows_people_of_the_demonstration_in_demo_mode_only(
    demo, codes, demo_person, settings, rf
):
    settings.DEMO = demo

    assert codes_of(demo_person, rf) == codes
