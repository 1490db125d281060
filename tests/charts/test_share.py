"""The picture of a shared page: it holds any title, keeps to its edges, and says the same twice."""

from io import BytesIO

from PIL import Image

from commitments.charts.letters import Face
from commitments.charts.share import HEIGHT, MARGIN, WIDTH, Shown, drawn, titled

LONG = "Hoàn thiện ẪỔỸ khung pháp lý về trí tuệ nhân tạo, chuyển đổi số quốc gia " * 9


def shown(title):
    return Shown("NM26-001 · Test", title, [("Chủ trì", LONG), ("Stage", "")], "As of 1 June 2026")


def test_picture_has_the_size_that_is_asked_for_and_nothing_at_its_edges():
    for title in ("5G", LONG, "W" * 700, "", "\0\u202e\ud800 𝔘 漢"):
        picture = drawn(shown(title))
        image = Image.open(BytesIO(picture))
        assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
        assert len(picture) < 60_000
        inside = image.convert("RGB").crop((0, 30, WIDTH, HEIGHT))
        for edge in ((0, 0, MARGIN - 6, HEIGHT - 30), (WIDTH - MARGIN + 6, 0, WIDTH, HEIGHT - 30)):
            assert len(inside.crop(edge).getcolors()) == 1, title
    assert drawn(shown(LONG)) == drawn(shown(LONG))


def test_title_is_as_large_as_it_fits_and_cut_between_words():
    found = {name: titled(text) for name, text in (("short", "Phủ sóng 5G"), ("long", LONG))}

    assert [(face.size, len(lines)) for face, lines in found.values()] == [(76, 1), (48, 4)]
    face, lines = found["long"]
    assert all(face.length(line) <= WIDTH - 2 * MARGIN for line in lines)
    assert lines[-1].endswith(" …")
    assert LONG.startswith(" ".join(lines).removesuffix(" …"))


def test_marks_of_a_word_are_those_of_one_font_file_or_the_other():
    face = Face(400, 40)

    assert face.length("Ữ") > face.length("U") > 0
    assert face.cut("Thử nghiệm", 1000) == "Thử nghiệm"
    assert face.cut("Thử nghiệm dài", face.length("Thử nghiệm …") + 1) == "Thử nghiệm …"
    assert next(face.lines("W" * 30, 300)) == "W" * 7
    assert "".join(face.lines("W" * 600, 1)) == "W" * 600
