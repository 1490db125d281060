"""What people are not told of because they asked so, and are told of again."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commitments.errors import Invalid
from commitments.models import Mute, Topic, User


@transaction.atomic
def set_mutes(*, person: User, topics: Iterable[str], now: datetime) -> list[Mute]:
    """Let exactly these topics be muted; the rows that stand, those kept with their first day.

    Locks the person, so that two at a time end as one after the other. What is pending about a
    topic is called off when it is looked at next, by the planner or at sending. Raises Invalid
    for a topic that cannot be muted.
    """
    chosen = set(topics)
    if not chosen <= set(Topic.values):
        raise Invalid("topic_unknown", _UNKNOWN)
    locked = User.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    standing = {mute.topic: mute for mute in Mute.objects.filter(person=locked)}
    for topic in sorted(standing.keys() - chosen):
        standing.pop(topic).delete()
    for topic in sorted(chosen - standing.keys()):
        standing[topic] = Mute.objects.create(person=locked, topic=topic, since_at=now)
    return [standing[topic] for topic in sorted(standing)]


_UNKNOWN = _("This cannot be left out. What is owed is always said.")


def mute_all(*, person: User, now: datetime) -> list[Mute]:
    """Leave out everything that may be left out."""
    return set_mutes(person=person, topics=Topic.values, now=now)


def unmute_all(*, person: User, now: datetime) -> list[Mute]:
    """Tell the person of everything again."""
    return set_mutes(person=person, topics=(), now=now)
