"""Saved views: a person's own names for what they ask of a list."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid
from commitments.models import SavedView, User

LONGEST_NAME = 80
LONGEST_QUERY = 2000
MOST = 50
"""How many views a person keeps of one list."""


@transaction.atomic
def save_view(*, owner: User, page: str, name: str, query: str) -> SavedView:
    """Keep a query under a name; the same once more is the same row.

    Raises Invalid for a name that is missing, too long or stands for another query.
    """
    said = _named(name)
    if not query:
        raise Invalid("nothing_to_save", _NOTHING, "query")
    if len(query) > LONGEST_QUERY:
        raise Invalid("query_too_long", _TOO_MUCH, "query")
    kept = _of(owner, page)
    same = next((view for view in kept if view.name == said), None)
    if same is not None and same.query == query:
        return same
    if same is not None:
        raise Invalid("name_taken", _TAKEN, "name")
    if len(kept) >= MOST:
        raise Invalid("too_many_views", _TOO_MANY, "name")
    return SavedView.objects.create(owner=owner, page=page, name=said, query=query)


@transaction.atomic
def rename_view(*, view: SavedView, name: str) -> SavedView:
    """Raises Invalid for a name that is missing, too long or another view's."""
    said = _named(name)
    if any(one.name == said and one.pk != view.pk for one in _of(view.owner, view.page)):
        raise Invalid("name_taken", _TAKEN, "name")
    view.name = said
    view.save(update_fields=["name"])
    return view


@transaction.atomic
def show_first(*, view: SavedView, first: bool = True) -> SavedView:
    """Open the list with this view from now on, or with no view."""
    list(_of(view.owner, view.page))
    others = SavedView.objects.filter(owner=view.owner, page=view.page, is_default=True)
    others.exclude(pk=view.pk).update(is_default=False)
    view.is_default = first
    view.save(update_fields=["is_default"])
    return view


def delete_view(*, view: SavedView) -> None:
    SavedView.objects.filter(pk=view.pk).delete()


def _of(owner: User, page: str) -> QuerySet[SavedView]:
    """The person's views of a list; locks the person, so that two windows go in turn."""
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    return SavedView.objects.filter(owner=owner, page=page)


def _named(name: str) -> str:
    said = " ".join(name.split())
    if not said:
        raise Invalid("name_missing", _MISSING, "name")
    if len(said) > LONGEST_NAME:
        raise Invalid("name_too_long", _TOO_LONG, "name")
    return said


_MISSING = _("Please give the view a name.")
_TOO_LONG = _("A name has at most 80 characters.")
_TAKEN = _("Another view has this name already.")
_NOTHING = _("Filter, order or choose columns first: there is nothing to save yet.")
_TOO_MUCH = _("These are more filters than a view can keep.")
_TOO_MANY = _("50 views are kept already. Delete one first.")
