"""The tags and filters that dress a page: texts, dates, amounts, states, links."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings
from django.urls import path, resolve
from django.utils.translation import override

from commitments.models.axes import Forecast, Reporting, Stage, Verification
from commitments.models.update import Step, UpdateState
from commitments.models.wording import Basis
from commitments.reports.standings import WORST_FIRST
from commitments.templatetags.ui import axes, bars, links, texts
from commitments.templatetags.ui.icons import DRAWINGS

urlpatterns = [
    path("vi/", lambda request: None, name="home"),
    path("vi/commitments/", lambda request: None, name="commitment-list"),
]

BOTH = {"title_vi": "Điện toán <đám mây>", "title_en": "Cloud computing"}
VIETNAMESE_ONLY = {"title_vi": "Chuỗi khối", "title_en": ""}


def shown(source: str, **context) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def test_said_shows_the_readers_language_escaped():
    with override("vi"):
        assert shown("{% said item 'title' %}", item=BOTH) == "Điện toán &lt;đám mây&gt;"
    with override("en"):
        assert shown("{% said item 'title' %}", item=BOTH) == "Cloud computing"


def test_said_marks_a_text_of_the_other_language():
    with override("en"):
        assert (
            shown("{% said item 'title' %}", item=VIETNAMESE_ONLY)
            == '<span lang="vi">Chuỗi khối</span>'
        )
        assert shown("{{ item|said_text:'title' }}", item=VIETNAMESE_ONLY) == "Chuỗi khối"
        assert shown("{{ item|said_lang:'title' }}", item=VIETNAMESE_ONLY) == "vi"


def test_said_shows_nothing_where_nothing_is_said():
    with override("en"):
        assert shown("{% said item 'title' %}", item={"title_vi": None}) == ""


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        ("2026", "năm 2026", "2026"),
        ("2026-06", "tháng 6/2026", "June 2026"),
        ("2026-Q2", "quý II/2026", "Q2 2026"),
        ("2026-Q4", "quý IV/2026", "Q4 2026"),
        ("2026-05-31", "31/5/2026", "31 May 2026"),
        (dt.date(2026, 1, 9), "9/1/2026", "9 January 2026"),
        ("2026-13", "2026-13", "2026-13"),
        ("spring 2026", "spring 2026", "spring 2026"),
    ],
)
def test_limited_date_is_as_precise_as_it_is_known(value, vietnamese, english):
    with override("vi"):
        assert texts.limited_date(value) == vietnamese
    with override("en"):
        assert texts.limited_date(value) == english


@pytest.mark.parametrize("value", ["", None])
def test_limited_date_says_when_there_is_none(value):
    with override("en"):
        assert texts.limited_date(value) == "not stated"


@pytest.mark.parametrize(
    ("value", "vietnamese", "english"),
    [
        (Decimal("1234.500000"), "1.234,5", "1,234.5"),
        (Decimal("150000000"), "150.000.000", "150,000,000"),
        (Decimal("1E+3"), "1.000", "1,000"),
        (Decimal("0.000000"), "0", "0"),
        (Decimal("-1234567.125"), "-1.234.567,125", "-1,234,567.125"),
        (Decimal("0.1234567890123456789"), "0,1234567890123456789", "0.1234567890123456789"),
        (999, "999", "999"),
        ("74.3", "74,3", "74.3"),
        ("about 5", "about 5", "about 5"),
    ],
)
def test_amount_is_exact_in_the_readers_signs(value, vietnamese, english):
    with override("vi"):
        assert texts.amount(value) == vietnamese
    with override("en"):
        assert texts.amount(value) == english


def test_amount_says_in_words_what_was_not_published():
    with override("en"):
        assert texts.amount(None) == "not published"


def test_axis_tag_is_a_drawing_and_a_word():
    with override("en"):
        assert axes.axis_tag("reporting", "never_reported") == (
            f'<span class="status status--unknown">{axes.icon("dashed-question")}'
            "<span>Never reported</span></span>"
        )


def test_stage_tag_says_that_no_stage_is_stated():
    with override("en"):
        assert axes.axis_label("", "stage") == "No stage stated"
        assert "<span>No stage stated</span>" in axes.stage_tag(None)


def test_axis_tag_shows_an_unknown_value_escaped_instead_of_hiding_it():
    assert "<span>&lt;b&gt;</span>" in axes.axis_tag("stage", "<b>")


def test_past_due_tag_stands_only_where_something_is_past_due():
    with override("en"):
        assert axes.past_due_tag(False) == ""
        assert "<span>Past due</span>" in axes.past_due_tag(True)


@pytest.mark.parametrize(
    ("axis", "values"),
    [
        ("stage", Stage.values),
        ("forecast", Forecast.values),
        ("reporting", Reporting.values),
        ("verification", Verification.values),
        ("basis", Basis.values),
        ("step", Step.values),
        ("state", UpdateState.values),
    ],
)
def test_every_value_of_the_models_has_its_word(axis, values):
    assert set(values) - set(axes.AXES[axis]) == set()


def test_every_state_has_a_drawing_of_its_own_within_its_axis():
    for axis in ("stage", "forecast", "reporting", "verification", "outcome"):
        drawings = [state.drawing for state in axes.AXES[axis].values()]
        assert len(drawings) == len(set(drawings)), axis
        assert set(drawings) <= set(DRAWINGS)


def test_distribution_counts_each_commitment_once_in_words_and_cells():
    with override("en"):
        strip = bars.distribution([("past_due", 1), ("in_progress", 2), ("paused", 0)], "3 tasks")

    assert strip.count('class="cell') == 3
    assert "<title>3 tasks</title><desc>1 past due, 2 in progress</desc>" in strip
    assert "<span>2 in progress</span>" in strip
    assert "paused" not in strip


def test_distribution_has_a_word_for_every_standing():
    with override("en"):
        strip = bars.distribution([(standing, 1) for standing in WORST_FIRST], "Test title")
    assert strip.count('class="cell') == len(WORST_FIRST)


def test_distribution_of_nothing_is_its_title_only():
    assert bars.distribution([], "0 tasks") == (
        '<p class="distribution distribution--none">0 tasks</p>'
    )


@override_settings(ROOT_URLCONF=__name__)
def test_nav_url_is_empty_for_a_page_that_does_not_exist():
    assert shown("{% nav_url 'commitment-list' as u %}{{ u }}") == "/vi/commitments/"
    assert shown("{% nav_url 'no-such-page' as u %}[{{ u }}]") == "[]"


@pytest.mark.parametrize(
    ("at", "url", "current"),
    [
        ("/vi/commitments/", "/vi/commitments/", "page"),
        ("/vi/commitments/a/", "/vi/commitments/", "true"),
        ("/vi/commitments/", "/vi/", ""),
        ("/vi/", "/vi/", "page"),
        ("/vi/", "", ""),
    ],
)
def test_is_section_marks_the_page_and_what_is_below_it(rf, at, url, current):
    assert links.is_section({"request": rf.get(at)}, url) == current


def test_is_section_marks_pages_that_lie_elsewhere(rf):
    request = rf.get("/en/staff/programmes/demo/rules/R2/edit/")
    request.resolver_match = resolve(request.path)

    said = [
        links.is_section({"request": request}, "/en/staff/x/", also) for also in ("rule-edit", "")
    ]

    assert said == ["true", ""]


def test_language_links_keep_path_and_query(rf):
    request = rf.get("/vi/commitments/", {"stage": "paused"})
    with override("vi"), override_settings(SITE_URL="https://record.example.org"):
        found = links.language_links({"request": request})

    assert [(one["code"], one["url"], one["absolute"], one["is_active"]) for one in found] == [
        ("vi", "/vi/commitments/?stage=paused", "https://record.example.org/vi/commitments/", True),
        (
            "en",
            "/en/commitments/?stage=paused",
            "https://record.example.org/en/commitments/",
            False,
        ),
    ]


@override_settings(SITE_URL="https://record.example.org")
def test_canonical_url_drops_filters_and_keeps_the_page_number(rf):
    listed = rf.get("/en/sources/", {"q": "fpt", "page": "3"})
    assert (
        links.canonical_url({"request": listed}) == "https://record.example.org/en/sources/?page=3"
    )
    assert links.canonical_url({"request": rf.get("/healthz")}) == ""


def test_query_changes_one_value_and_keeps_the_others(rf):
    asked = links.query({"request": rf.get("/", {"q": "điện", "page": "2"})}, page=3)
    assert QueryDict(asked[1:]).dict() == {"q": "điện", "page": "3"}
    assert links.query({"request": rf.get("/", {"page": "2"})}, page=None) == "?"


def test_page_numbers_leave_gaps():
    pages = Paginator(range(400), 20)
    gap = pages.ELLIPSIS
    assert list(links.page_numbers(pages.page(5))) == [1, gap, 4, 5, 6, gap, 20]


def test_fact_and_scroll_table_keep_what_stands_between_them():
    assert shown("{% fact name %}<b>x</b>{% endfact %}", name="A & B") == (
        '<div class="facts__row"><dt class="facts__name">A &amp; B</dt>'
        '<dd class="facts__value"><b>x</b></dd></div>'
    )
    assert shown("{% scroll_table 'T' %}<table></table>{% endscroll_table %}") == (
        '<div class="scroll" role="region" aria-label="T" tabindex="0"><table></table></div>'
    )


@pytest.mark.parametrize("name", ["base.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_frame_renders_without_a_request_and_without_anything_inline(name):
    page = render_to_string(name)
    assert page.count("<main") == 1
    assert " style=" not in page
    assert "<style" not in page
    assert "<script>" not in page
    assert 'src="http' not in page


def test_public_frame_reads_neither_session_nor_person():
    request = RequestFactory().get("/vi/")  # it has no session, user or messages to read
    page = render_to_string("base.html", {"demo": True}, request=request)
    assert 'class="demo"' in page
    assert "csrf" not in page
