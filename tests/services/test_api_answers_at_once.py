"""The same key at one moment, on real connections: one deed, and its answer for everybody."""

import pytest

from commitments.models import ApiAnswer, Organisation
from commitments.services.api_answers import Answered, answer_once
from tests import factories
from tests.factories.clock import NOW
from tests.services.notices.test_claim import at_once

pytestmark = [pytest.mark.server, pytest.mark.django_db(transaction=True)]


def test_one_of_many_does_it_and_all_are_answered():
    token = factories.ApiTokenFactory()

    def deed():
        made = factories.OrganisationFactory(slug="test-made")
        return Answered(201, str(made.pk), {"ETag": '"1"'})

    def ask():
        return answer_once(token=token, key="test", fingerprint="0" * 64, deed=deed, now=NOW)

    told = at_once(ask, 4)

    made = Organisation.objects.get(slug="test-made")
    assert [(one.status, one.body, one.headers) for one in told] == [
        (201, str(made.pk), {"ETag": '"1"'})
    ] * 4
    assert sorted(one.is_replayed for one in told) == [False, True, True, True]
    assert ApiAnswer.objects.count() == 1
