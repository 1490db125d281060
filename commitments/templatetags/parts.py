"""What is put together once for many pages: `{% load parts %}`."""

from django.template import Context, Library
from django.template.base import FilterExpression, Node, NodeList, Parser, Token

from commitments.reports.parts import part

register = Library()


class KeptNode(Node):
    """What stands between the tags; variables set in there are not seen behind it."""

    def __init__(self, nodelist: NodeList, key: list[FilterExpression]) -> None:
        self.nodelist, self.key = nodelist, key

    def render(self, context: Context) -> str:
        key = [one.resolve(context) for one in self.key]
        with context.push():
            return part("html", *key, make=lambda: self.nodelist.render(context))


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept "name" key … %}…{% endkept %}`: the name is its own, the keys are all of the page
    that it rests on; the record, the day of the moment and the language go without saying."""
    key = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, key)
