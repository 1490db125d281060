"""The lists and single rows of the API: the same queries as the pages, in other clothes."""
