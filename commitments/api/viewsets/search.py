"""The search through everything, as the page of the search has it."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.core.paginator import EmptyPage, Paginator
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param
from rest_framework.views import APIView

from commitments.api.errors import Problem, bad_parameter, bad_parameters, faults_of
from commitments.api.filtering import PAST, refuse_unknown
from commitments.api.languages import AUTO, LANGUAGES, chosen
from commitments.api.paging import LARGEST, NO_PAGE, number_of
from commitments.api.serializers.search import SearchSerializer
from commitments.api.stamps import link, stamped
from commitments.api.viewsets._rows import base_of
from commitments.api.wishes import LANG, word_of
from commitments.filters.search import GROUPS, SearchForm
from commitments.models import Commitment, SearchDocument
from commitments.reports import lookup
from commitments.reports import search as searching
from commitments.reports.found import Finding, findings
from commitments.services.read_models import documents
from commitments.text.display import active_language, said_text
from commitments.text.excerpts import Excerpt, Piece

Json = dict[str, Any]
COMMITMENTS = "commitments"
FIRST, PER_PAGE, MOST = 10, 20, 32
"""How many commitments stand before the other groups; how many of one group are on a page."""
_NO_WORDS = _("There is no word in this to look for.")


def _whole(most: int) -> Json:
    return {"type": "integer", "minimum": 1, "maximum": most}


class Asked(NamedTuple):
    """The folded words, the world, the one group that is asked for or none, and its page."""

    words: Sequence[str]
    is_demo: bool
    only: str
    number: int
    size: int


class Search(APIView):
    """What holds every word, with marks or without."""

    @extend_schema(
        operation_id="search",
        tags=["search"],
        summary=_("Search through everything that is public"),
        description=_("In each excerpt the pieces that were looked for are marked."),
        parameters=[
            OpenApiParameter("q", str, required=True, description=_("Words")),
            OpenApiParameter("only", str, enum=list(GROUPS), description=_("Only this group.")),
            OpenApiParameter(
                "demo",
                str,
                enum=["true", "false"],
                description=_("The invented demonstration instead of the real record."),
            ),
            OpenApiParameter(
                LANG,
                str,
                enum=[*LANGUAGES, AUTO],
                description=_(
                    "The language that is shown where a text stands in both; Vietnamese, where "
                    "nothing is said. auto takes the reader's Accept-Language."
                ),
            ),
            OpenApiParameter(
                "page", _whole(LARGEST), description=_("Number of the page of the group.")
            ),
            OpenApiParameter("page_size", _whole(MOST), description=_("How many on a page.")),
        ],
        responses=SearchSerializer,
    )
    def get(self, request: Request) -> Response:
        refuse_unknown(request, {"q", "only", "demo", LANG, "page", "page_size", *PAST})
        spoken = word_of(request, LANG, (*LANGUAGES, AUTO)) or LANGUAGES[0]
        asked = _asked(request)
        documents.bring_up_to_date()
        with override(chosen(spoken, request.META.get("HTTP_ACCEPT_LANGUAGE", ""))):
            said = _answer(request, asked)
        answer = stamped(request, Response(said))
        link(answer, next=said["next"], prev=said["previous"])
        return answer


def _asked(request: Request) -> Asked:
    form = SearchForm(request.query_params)
    if not form.is_valid():
        errors = form.errors.as_data()
        found = [(name, error) for name, many in errors.items() for error in many]
        raise bad_parameters(faults_of(found, in_query=True))
    if not form.words:
        raise bad_parameter("q", "required", _NO_WORDS)
    number = number_of(request, "page", 1, 1, LARGEST)
    size = number_of(request, "page_size", PER_PAGE, 1, MOST)
    return Asked(form.words, form.is_demo, form.cleaned_data["only"], number, size)


def _answer(request: Request, asked: Asked) -> Json:
    keys = lookup.commitments_with(asked.words, is_demo=asked.is_demo)
    others = lookup.others_with(asked.words, is_demo=asked.is_demo)
    here, base = request.build_absolute_uri(), base_of(request)
    hits: dict[str, Sequence[Json]] = {}
    more = False
    if asked.only:
        hits[asked.only], more = _page(asked, keys, base)
    else:
        hits[COMMITMENTS] = list(_commitments(keys[:FIRST], asked.words, base))
        hits |= {name: [_hit(one, base) for one in of.examples] for name, of in others.items()}
    numbers = {COMMITMENTS: len(keys)} | {name: of.number for name, of in others.items()}
    return {
        "next": replace_query_param(here, "page", asked.number + 1) if more else None,
        "previous": _before(here, asked.number),
        "groups": [
            {
                "name": name,
                "count": min(numbers[name], searching.MOST) if _caps(name) else numbers[name],
                "is_capped": _caps(name) and numbers[name] > searching.MOST,
                "all": replace_query_param(remove_query_param(here, "page"), "only", name),
                "results": hits.get(name, []),
            }
            for name in GROUPS
        ],
    }


def _before(here: str, number: int) -> str | None:
    return replace_query_param(here, "page", number - 1) if number > 1 else None


def _caps(name: str) -> bool:
    """Whether nobody counts the group beyond a number."""
    return name in lookup.MANY


def _page(asked: Asked, keys: Sequence[int], base: str) -> tuple[list[Json], bool]:
    """A page of the one group, and whether there is another one."""
    found = keys if asked.only == COMMITMENTS else _others(asked)
    try:
        page = Paginator(found, asked.size).page(asked.number)
    except EmptyPage:
        raise Problem("not-found", NO_PAGE) from None
    shown = [*page.object_list]
    if asked.only == COMMITMENTS:
        return list(_commitments(shown, asked.words, base)), page.has_next()
    texts = SearchDocument.objects.select_related("organisation").in_bulk(shown)
    hits = findings((texts[key] for key in shown if key in texts), asked.words)
    return [_hit(one, base) for one in hits], page.has_next()


def _others(asked: Asked) -> list[int]:
    """Of each object of the group one text, in the language of the answer where it is there."""
    texts = searching.documents_with(asked.words, searching.GROUPS[asked.only])
    rows = searching.in_turn(texts.filter(is_demo=asked.is_demo))
    best: dict[tuple[str, str], int] = {}
    named = rows.values_list("pk", "kind", "key", "language")[: searching.MOST]
    for pk, kind, key, language in named:
        if (kind, key) not in best or language == active_language():
            best[kind, key] = pk
    return list(best.values())


def _commitments(keys: Sequence[int], words: Sequence[str], base: str) -> Iterator[Json]:
    """Each with where the words stand in it, if beside its title."""
    rows = Commitment.objects.public().in_bulk(list(keys))
    passages = lookup.passages(list(keys), words) if keys else {}
    for key in keys:
        row = rows.get(key)
        if row is None:
            continue
        title = said_text(row, "title")
        passage = passages.get(key)
        text = passage.excerpt if passage else None
        yield {
            "object_kind": "commitment",
            "object_key": row.slug,
            "title": title,
            "title_lang": "vi" if title == row.title_vi else "en",
            **_excerpt(text, passage.lang if passage else ""),
            "page": base + reverse("commitment-detail", args=[row.slug]),
        }


def _hit(found: Finding, base: str) -> Json:
    title = "".join(piece.text for piece in found.title)
    return {
        "object_kind": found.of,
        "object_key": found.key,
        "title": title,
        "title_lang": found.lang or active_language(),
        **_excerpt(found.excerpt, found.lang),
        "page": base + found.url if found.url else None,
    }


def _excerpt(text: Excerpt | None, language: str) -> Json:
    """Its pieces with the marks of cuts; in the language of the answer, where none is named."""
    if text is None:
        return {"excerpt": [], "excerpt_lang": None}
    cut = [Piece("…", is_hit=False)]
    before, after = cut * text.is_cut_before, cut * text.is_cut_after
    pieces = [piece._asdict() for piece in (*before, *text.pieces, *after)]
    return {"excerpt": pieces, "excerpt_lang": language or active_language()}
