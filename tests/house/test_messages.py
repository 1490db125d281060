"""The Vietnamese catalogue: every text of the sources, whole, well formed, and compiled."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

import polib
import pytest
from django.template.base import Lexer, TokenType
from django.utils.translation.template import templatize

from tests.house.floors import HOME

CATALOGUE = HOME / "commitments/locale/vi/LC_MESSAGES/django.po"
PYTHON = [path for room in ("commitments", "tracker") for path in (HOME / room).rglob("*.py")]
TEMPLATES = [path for end in ("html", "txt") for path in (HOME / "templates").rglob(f"*.{end}")]

PLACES = {  # of which argument is what, by the name of the function without its `_lazy`
    "gettext": {"msgid": 0},
    "gettext_noop": {"msgid": 0},
    "ngettext": {"msgid": 0, "msgid_plural": 1},
    "pgettext": {"msgctxt": 0, "msgid": 1},
    "npgettext": {"msgctxt": 0, "msgid": 1, "msgid_plural": 2},
}
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*({LITERAL}(?:\s*,\s*{LITERAL})*)")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%%")
TAG = re.compile(r"</?[a-z][^>]*>")
READ_ALOUD = re.compile(r"""\b(?:alt|aria-label|label|placeholder|title)=["']([^"']*)""")
CODE = re.compile(
    r"""<(script|style|svg|code)\b.*?</\1>|<!--.*?-->|`[^`]*`|[\w.-]+=(?:"[^"]*"|'[^']*')|<[^>]*>""",
    re.DOTALL,
)
WORD = re.compile(r"[^\W\d_]{2,}")
CLASS = re.compile(r"\{% block \w*class %\}.*?\{% endblock %\}", re.DOTALL)
NAME = {
    "Cam",
    "Kết",
    "CSV",
    "XLSX",
    "NDJSON",
    "Parquet",
    "ZIP",
    "SHA",
    "Google",
    "Outlook",
    "Apple",
    "Message",
    "ID",
    "Atom",
    "BibTeX",
    "CSL",
    "JSON",
    "RIS",
}

Text = tuple[str, str, str]
"""Context, text, plural; empty where there is none."""


def key(name: str, said: list[str]) -> Text:
    where = PLACES[name.removesuffix("_lazy")]
    parts = {part: said[place] for part, place in where.items()}
    return (parts.get("msgctxt", ""), parts["msgid"], parts.get("msgid_plural", ""))


def called(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Calls of what was imported from Django's translation, under whatever name."""
    known = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name.removesuffix("_lazy") in PLACES
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in known:
            yield known[node.func.id], node


def texts_of_python(source: str) -> set[Text]:
    found = set()
    for name, call in called(ast.parse(source)):
        said = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
        found.add(key(name, said))
    return found


def texts_of_template(source: str) -> set[Text]:
    found = set()
    for name, literals in CALL.findall(templatize(source)):
        said = [ast.literal_eval(literal) for literal in re.findall(LITERAL, literals)]
        found.add(key("gettext" if name == "_" else name, said))
    return found


def texts() -> set[Text]:
    """Every text that the sources mark for translation."""
    python = (texts_of_python(path.read_text()) for path in PYTHON)
    templates = (texts_of_template(path.read_text()) for path in TEMPLATES)
    found = set().union(*python, *templates)
    plurals = {text[:2] for text in found if text[2]}
    return {text for text in found if text[2] or text[:2] not in plurals}


def plain(source: str) -> str:
    """What a template says outside its tags, variables and texts that are marked."""
    said, inside = [], False
    for token in Lexer(CLASS.sub("", source)).tokenize():
        if token.token_type == TokenType.BLOCK:
            words = token.contents.split()
            inside = words[0] == "blocktranslate" or (inside and words[0] != "endblocktranslate")
        elif token.token_type == TokenType.TEXT and not inside:
            said.append(token.contents)
    return "".join(said)


def unmarked(source: str) -> set[str]:
    """The words that a reader would meet in English whatever the language of the page."""
    text = plain(source)
    said = [*READ_ALOUD.findall(text), CODE.sub(" ", text)]
    return {word for part in said for word in WORD.findall(part)} - NAME


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(CATALOGUE))


def translations(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def pairs(catalogue: polib.POFile) -> Iterator[tuple[str, str]]:
    """Each translation beside its English; a plural is the English that holds all placeholders."""
    for entry in catalogue:
        for translation in translations(entry):
            yield entry.msgid_plural or entry.msgid, translation


def unlike(catalogue: polib.POFile, pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    """The pairs in which not the same things stand, in whatever order."""
    return [
        (english, vietnamese)
        for english, vietnamese in pairs(catalogue)
        if sorted(pattern.findall(english)) != sorted(pattern.findall(vietnamese))
    ]


def test_texts_of_python_are_found():
    source = (
        "from django.utils.translation import gettext as _, npgettext_lazy, pgettext\n"
        "_('Whole ' 'sentence'); pgettext('of a law', 'draft')\n"
        "npgettext_lazy('of a law', 'one', 'many', 'count'); other('not marked')\n"
    )

    assert texts_of_python(source) == {
        ("", "Whole sentence", ""),
        ("of a law", "draft", ""),
        ("of a law", "one", "many"),
    }


def test_texts_of_templates_are_found():
    source = (
        '{% translate "It\'s 5%" as a %}{{ _("Constant")|title }}{% x with a=_("Argument") %}'
        "{% blocktranslate trimmed count n=n %}\n {{ n }} one\n {% plural %}{{ n }} many"
        "{% endblocktranslate %}{% translate 'draft' context 'of a law' %}not marked"
    )

    assert texts_of_template(source) == {
        ("", "It's 5%%", ""),
        ("", "Constant", ""),
        ("", "Argument", ""),
        ("", "%(n)s one", "%(n)s many"),
        ("of a law", "draft", ""),
    }


def test_unmarked_words_are_found():
    source = (
        '<p class="a {{ b }}" title="Read">Cam Kết {# no #}{% translate "marked" %}</p>'
        "{% blocktranslate %}marked{% plural %}marked{% endblocktranslate %}"
        '<style>p { color: red }</style><label>Not</label>: {{ x|default:"no" }} <b>it</b>'
    )

    assert unmarked(source) == {"Read", "Not", "it"}


def test_templates_leave_no_word_unmarked():
    found = {
        str(path.relative_to(HOME)): words
        for path in TEMPLATES
        if (words := unmarked(path.read_text()))
    }

    assert found == {}


def test_texts_with_one_singular_have_one_plural():
    """Else a catalogue, which knows a text by its singular, drops one: give it a context."""
    plurals = Counter(text[:2] for text in texts() if text[2])

    assert [text for text, number in plurals.items() if number > 1] == []


def test_catalogue_holds_every_text_and_no_other(catalogue):
    held = {(entry.msgctxt or "", entry.msgid, entry.msgid_plural) for entry in catalogue}
    marked = texts()

    assert (marked - held, held - marked) == (set(), set()), "Run: make messages"


def test_catalogue_is_translated_whole(catalogue):
    wanting = [entry.msgid for entry in catalogue if entry.fuzzy or not all(translations(entry))]

    assert wanting == []


def test_catalogue_keeps_placeholders(catalogue):
    assert unlike(catalogue, PLACEHOLDER) == []


def test_catalogue_keeps_tags(catalogue):
    assert unlike(catalogue, TAG) == []


def test_catalogue_keeps_white_space_at_the_ends(catalogue):
    def ends(text: str) -> tuple[str, str]:
        inner = text.strip()
        return tuple(text.split(inner, 1)) if inner else (text, "")

    assert [(e, v) for e, v in pairs(catalogue) if ends(e) != ends(v)] == []


def test_catalogue_speaks_of_nobody_in_particular(catalogue):
    """A header that named a person, a machine or a day would change with whoever runs gettext."""
    assert sorted(catalogue.metadata) == [
        "Content-Transfer-Encoding",
        "Content-Type",
        "Language",
        "MIME-Version",
        "Plural-Forms",
        "Project-Id-Version",
        "Report-Msgid-Bugs-To",
    ]


def test_compiled_catalogue_says_the_same(catalogue):
    def said(entries: polib._BaseFile) -> dict[Text, list[str]]:
        return {
            (entry.msgctxt or "", entry.msgid, entry.msgid_plural): translations(entry)
            for entry in entries
        }

    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))

    assert (compiled.metadata, said(compiled)) == (catalogue.metadata, said(catalogue))
