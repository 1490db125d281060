"""Tags and filters that dress what a page shows: `{% load ui %}`."""

from django.template import Library

from . import axes, bars, blocks, fields, links, navigation, texts

register = Library()

register.simple_tag(texts.said)
register.filter(texts.said_text)
register.filter(texts.said_lang)
register.filter(texts.limited_date)
register.filter(texts.amount)
register.filter(texts.language_of)

register.simple_tag(axes.icon)
register.simple_tag(axes.axis_tag)
register.simple_tag(axes.stage_tag)
register.simple_tag(axes.past_due_tag)
register.simple_tag(axes.confidence_badge)
register.filter(axes.axis_label)
register.simple_tag(bars.distribution)

register.simple_tag(links.nav_url)
register.simple_tag(links.is_section, takes_context=True)
register.simple_tag(links.language_links, takes_context=True)
register.simple_tag(links.canonical_url, takes_context=True)
register.simple_tag(links.calendar_links)
register.simple_tag(links.query, takes_context=True)
register.simple_tag(links.kept_query, takes_context=True)
register.filter(links.page_numbers)
register.simple_tag(navigation.main_ways)
register.simple_tag(navigation.menu_place, takes_context=True)
register.simple_tag(navigation.footer_groups)

register.inclusion_tag("components/field.html")(fields.field)
register.inclusion_tag("components/error_summary.html")(fields.error_summary)

register.simple_block_tag(blocks.fact)
register.simple_block_tag(blocks.scroll_table)
