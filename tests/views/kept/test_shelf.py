"""The shelf is bounded, and Redis behind it may be away."""

from django.core.cache.backends.locmem import LocMemCache
from redis.exceptions import ConnectionError as OutOfReach

from commitments.views.kept.shelf import LARGEST, Kept, Near, Shelf, kept


def _page(tag, size=1000):
    return Kept(tag, {"Content-Type": "text/html"}, {"": b"x" * size})


class Away(LocMemCache):
    """A cache that no longer answers."""

    def get(self, *args, **kwargs):
        raise OutOfReach("Test")

    set = get


def test_near_drops_what_was_not_used_longest():
    near = Near(room=3 * _page("a").size)
    for name in ("a", "b", "c"):
        near.put(name, _page(name))
    near.get("a")
    near.put("d", _page("d"))

    assert [name for name in "abcd" if near.get(name)] == ["a", "c", "d"]


def test_near_counts_a_replaced_page_once():
    near = Near(room=2 * _page("a").size)
    near.put("a", _page("old"))
    near.put("b", _page("b"))
    near.put("a", _page("new"))

    assert (near.get("a").tag, near.get("b").tag) == ("new", "b")


def test_shelf_gives_only_the_version_that_is_asked_for():
    shelf = Shelf(100_000, None)
    shelf.put("/vi/?", _page("old"))

    assert shelf.get("/vi/?", "new") is None
    assert shelf.get("/vi/?", "old") == _page("old")


def test_shelf_questions_do_not_push_out_pages():
    shelf = Shelf(20_000, None)
    shelf.put("/vi/?", _page("home"))
    for number in range(1000):
        shelf.put(f"/vi/?page={number}", _page("asked"))

    assert shelf.get("/vi/?", "home")
    assert shelf.get("/vi/?page=999", "asked")
    assert shelf.get("/vi/?page=1", "asked") is None


def test_shelf_takes_a_question_mark_for_a_question():
    shelf = Shelf(20_000, None)
    shelf.put("/vi/?", _page("home"))
    for number in range(100):
        shelf.put(f"/vi/?{number}?", _page("asked"))

    assert shelf.get("/vi/?", "home")
    assert shelf.get("/vi/?1?", "asked") is None


def test_shelf_questions_never_reach_redis():
    far = LocMemCache("test-far", {})
    far.clear()
    Shelf(20_000, far).put("/vi/?q=x", _page("asked"))
    Shelf(20_000, far).put("/vi/?", _page("home"))
    other = Shelf(20_000, far)

    assert other.get("/vi/?q=x", "asked") is None
    assert other.get("/vi/?", "home") == _page("home")


def test_shelf_leaves_out_what_is_too_large():
    shelf = Shelf(10 * LARGEST, None)
    shelf.put("/vi/?", _page("large", LARGEST))

    assert shelf.get("/vi/?", "large") is None


def test_shelf_does_without_a_redis_that_is_away(caplog):
    shelf = Shelf(20_000, Away("test-away", {}))

    assert shelf.get("/vi/?", "home") is None
    shelf.put("/vi/?", _page("home"))
    assert shelf.get("/vi/?", "home") == _page("home")
    assert len(caplog.records) == 2


def test_kept_text_lies_packed_only():
    text = kept("tag", {}, b"word " * 500, is_text=True)
    picture = kept("tag", {}, b"\x89PNG", is_text=False)

    assert sorted(text.bodies) == ["br", "gzip"]
    assert text.size < 1200
    assert picture.bodies == {"": b"\x89PNG"}
