"""No address is taken for another one, however it is spelled."""

from django.test import RequestFactory

from commitments.views.kept.tags import address_of


def test_each_question_has_an_address_of_its_own():
    ask = RequestFactory()
    requests = [
        ask.get("/vi/search/?q=a"),
        ask.get("/vi/search/?q=a", headers={"HX-Request": "true"}),
        ask.get("/vi/search/", QUERY_STRING="q=a#part"),
        ask.get("/vi/search/", QUERY_STRING="q=a?"),
        ask.get("/vi/search/%3Fq=a"),
        ask.get("/vi/search/?q=a", secure=True),
    ]

    assert len({address_of(request) for request in requests}) == len(requests)
