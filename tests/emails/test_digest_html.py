"""The HTML of a mail: it says what the text says, loads nothing, and marks its languages."""

import re
from html.parser import HTMLParser

import pytest

from commitments.emails.digest import build_digest
from commitments.emails.quoted import Quoted
from tests.emails import rich
from tests.emails.rich import mail, owed, pledge

pytestmark = pytest.mark.usefixtures("addresses")

LOADS = {"img", "script", "link", "iframe", "form", "object", "embed", "video", "audio", "svg"}
VOID = {"meta", "br"}
URL = re.compile(r"https?://\S+")


class Read(HTMLParser):
    """What a mail program finds: elements with their attributes, links, headings, texts."""

    def __init__(self, html):
        super().__init__()
        self.open, self.elements, self.links, self.headings = [], [], [], []
        self.texts, self.badly = [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "a":
            self.links.append(dict(attrs)["href"])
        if tag in {"h1", "h2", "h3"}:
            self.headings.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.badly.append(tag)

    def handle_data(self, data):
        if "style" not in self.open:
            self.texts.append(data)

    @property
    def text(self):
        return " ".join("".join(self.texts).split())


def html_of(message):
    return message.alternatives[0].content


def read(message):
    return Read(html_of(message))


@pytest.fixture(params=["en", "vi"])
def message(request):
    return build_digest(rich.rich(request.param))


def test_the_html_is_well_formed_and_its_headings_are_in_order(message):
    found = read(message)

    assert (found.open, found.badly) == ([], [])
    assert found.headings == ["h1", "h2", "h2", "h2", "h2", "h2"]


def test_the_html_loads_nothing(message):
    found = read(message)

    assert LOADS & {tag for tag, _attrs in found.elements} == set()
    asking = {"src", "srcset", "background", "data", "poster"}
    assert [attrs for _tag, attrs in found.elements if asking & attrs.keys()] == []
    assert re.findall(r"url\(|@import|@font-face|javascript:", html_of(message)) == []


def test_text_and_html_have_the_same_links_all_of_them_whole(message):
    links = read(message).links

    pages = [link for link in links if not link.startswith("mailto:")]
    assert set(pages) == set(URL.findall(message.body))
    assert all(link.startswith("https://cam-ket.example.org/") for link in pages)
    assert [link for link in links if link not in pages] == ["mailto:erin@example.org"]


def test_the_html_says_every_entry_of_the_text(message):
    said = read(message).text

    entries = [line[2:] for line in message.body.splitlines() if line[:2] in ("* ", "- ")]
    assert [entry for entry in entries if " ".join(entry.split()) not in said] == []


def test_texts_in_another_language_say_which():
    html = html_of(build_digest(rich.rich("en")))

    assert re.findall(r'<span lang="(\w+)">([^<]+)</span>', html.split("<h1")[1]) == [
        ("vi", "Bài báo thử nghiệm"),
        ("vi", "Nhiệm vụ thử"),
    ]
    assert '<html lang="en">' in html


def test_what_people_typed_stays_text():
    typed = Quoted('Test <b>bold</b> & "more"', "en")
    item = pledge(rich.returned(comment="<script>alert(1)</script>"), owed())
    message = build_digest(mail(item, name="<i>Alice</i>"))
    named = build_digest(mail(pledge(rich.due(title=typed))))

    assert "Dear <i>Alice</i>," in message.body
    assert "“<script>alert(1)</script>”" in message.body
    assert 'Milestone “Test <b>bold</b> & "more"”.' in named.body
    assert re.findall("<script|<i>|<b>", html_of(message) + html_of(named)) == []
    assert 'Milestone “Test <b>bold</b> & "more"”.' in read(named).text


CONTRASTS = {
    "light": {"page": ("#211a17", "#f3ecdf"), "text": ("#211a17", "#ffffff"),
              "soft": ("#574c45", "#ffffff"), "late": ("#8f1f16", "#ffffff"),
              "link": ("#213c76", "#ffffff"), "button": ("#ffffff", "#5b1718")},
    "dark": {"page": ("#f3ecdf", "#14100e"), "text": ("#f3ecdf", "#211a17"),
             "soft": ("#c9bfb2", "#211a17"), "late": ("#ffb0a3", "#211a17"),
             "link": ("#a9c1f5", "#211a17"), "button": ("#ffffff", "#5b1718")},
}  # fmt: skip


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", CONTRASTS)
def test_colours_can_be_read_by_day_and_by_night(scheme):
    html = html_of(build_digest(rich.rich("en")))

    for name, pair in CONTRASTS[scheme].items():
        darker, lighter = sorted(luminance(colour) for colour in pair)
        assert (name, (lighter + 0.05) / (darker + 0.05) >= 4.5) == (name, True)
        assert (name, [colour for colour in pair if colour not in html]) == (name, [])
