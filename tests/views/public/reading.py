"""Reads a page as a person would: its title, and the text under each heading."""

from html.parser import HTMLParser

HEADINGS = {"h1", "h2"}
BLOCKS = {"p", "li", "tr", "dt", "dd", "div", "section", "article", "ul", "ol", "dl", "table"}
BLOCKS |= {"thead", "tbody", "h3", "details", "summary", "figure", "figcaption", "form", "th", "td"}
UNREAD = {"svg", "script", "style", "select"}


class _Reader(HTMLParser):
    """Collects the words of <main>, section by section; drawings and choices are left out."""

    def __init__(self):
        super().__init__()
        self.sections = {}
        self.heading = None
        self.in_main = self.in_heading = False
        self.unread = 0
        self.foreign = []

    def handle_starttag(self, tag, attrs):
        if tag == "main":
            self.in_main = True
        if tag in UNREAD:
            self.unread += 1
        if not self.in_main:
            return
        if language := dict(attrs).get("lang"):
            self.foreign.append(language)
        if tag in HEADINGS:
            self.in_heading, self.heading = True, ""
        elif tag in BLOCKS:
            self._add(" ")

    def handle_endtag(self, tag):
        if tag == "main":
            self.in_main = False
        if tag in UNREAD:
            self.unread -= 1
        if tag in HEADINGS and self.in_heading:
            self.in_heading = False
            self.heading = " ".join(self.heading.split())
            self.sections[self.heading] = ""
        elif tag in BLOCKS:
            self._add(" ")

    def handle_data(self, data):
        if not self.in_main or self.unread:
            return
        if self.in_heading:
            self.heading += data
        else:
            self._add(data)

    def _add(self, data):
        if self.in_main and not self.in_heading and self.heading in self.sections:
            self.sections[self.heading] += data


def _read(response):
    reader = _Reader()
    reader.feed(response.content.decode())
    return reader


def sections(response):
    """The text under each heading of the page, blanks made one; the page's own heading first."""
    found = _read(response).sections
    return {heading: " ".join(text.split()) for heading, text in found.items()}


def foreign(response):
    """The languages that parts of the page are marked with."""
    return _read(response).foreign
