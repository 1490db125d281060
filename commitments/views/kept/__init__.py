"""Public pages kept whole: made once for each version of the record, then only handed out.

`pages.keep` is the middleware; `tags` names a version of a page, `shelf` is where the pages
lie, `packing` makes them small.
"""
