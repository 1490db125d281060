"""Texts of the record that a mail quotes, each with the language that it is in."""

from typing import Any, Self

from django.utils.html import escape, format_html

from commitments.text.display import active_language, said_lang, said_text

MORE = "…"


class Quoted(str):
    """Plain in the text of a mail; in its HTML a text in another language is marked as such.

    Always on one line: what somebody typed cannot look like another line of the mail.
    """

    lang: str

    def __new__(cls, text: str, lang: str) -> Self:
        quoted = super().__new__(cls, " ".join(text.split()))
        quoted.lang = lang
        return quoted

    def __html__(self) -> str:
        if not self.lang or self.lang == active_language():
            return escape(str.__str__(self))
        return format_html('<span lang="{}">{}</span>', self.lang, str.__str__(self))


def quoted(item: Any, name: str) -> Quoted:
    """`<name>_vi` or `<name>_en`: the reader's, else the other."""
    return Quoted(said_text(item, name), said_lang(item, name))


def shortened(text: str, length: int) -> str:
    """The text, or as many whole words of it as fit, and a sign that more follows."""
    if len(text) <= length:
        return text
    words = text[: length - len(MORE) + 1].rsplit(" ", 1)[0] if " " in text[:length] else ""
    return (words or text[: length - len(MORE)]).rstrip(" ,;:·–-") + MORE
