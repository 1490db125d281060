"""Static files are collected when they changed, and compressed."""

from tracker.statics import BriskCompressor, collect_if_changed


def test_collect_only_when_something_changed(settings, tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "test.css").write_text("a { color: red }")
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = tmp_path / "static"

    collected = [collect_if_changed(settings.STATIC_ROOT) for _ in range(2)]
    (source / "more.css").write_text("b { color: blue }")
    collected.append(collect_if_changed(settings.STATIC_ROOT))

    assert collected == [True, False, True]
    assert (settings.STATIC_ROOT / "more.css").read_text() == "b { color: blue }"


def test_compressor_leaves_source_maps_alone():
    compressor = BriskCompressor(quiet=True)

    assert compressor.should_compress("page.css") is True
    assert compressor.should_compress("page.css.map") is False
