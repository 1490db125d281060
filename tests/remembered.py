"""A costly deed on the data, done once a run and from then on written as the rows that it left.

The rows are read from the database and never kept in a file: they cannot be of yesterday.
"""

from django.apps import apps
from django.db import connection, transaction

LARGEST = 10_000
"""Values in one statement; SQLite takes no more than 32,766."""


def tables():
    """The primary key's column by table."""
    models = apps.get_models(include_auto_created=True)
    return {one._meta.db_table: one._meta.pk.column for one in models}


def rows_of(keys):
    """Every row of the tables as the database has it."""
    quote, found = connection.ops.quote_name, {}
    with connection.cursor() as cursor:
        for table, key in keys.items():
            cursor.execute(f"SELECT * FROM {quote(table)} ORDER BY {quote(key)}")
            found[table] = cursor.fetchall()
    return found


class Remembered:
    """Does the deed, or writes what it wrote when it began with the same rows."""

    def __init__(self, deed):
        self.deed, self.keys, self.before, self.after = deed, {}, {}, {}

    def __call__(self):
        if self.keys and rows_of(self.keys) == self.before:
            self.write()
        else:
            self.learn()

    def learn(self):
        keys = tables()
        before = rows_of(keys)
        self.deed()
        after = rows_of(keys)
        self.keys = {name: key for name, key in keys.items() if before[name] != after[name]}
        self.before = {name: before[name] for name in self.keys}
        self.after = {name: after[name] for name in self.keys}

    @transaction.atomic
    def write(self):
        """PostgreSQL's sequences are past these rows already: a roll-back leaves them there."""
        with connection.cursor() as cursor:
            for name, rows in self.after.items():
                if self.before[name]:
                    cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")
                insert(cursor, name, rows)


def insert(cursor, name, rows):
    """Many rows in a statement; a table that the deed emptied has none."""
    table, width = connection.ops.quote_name(name), len(rows[0]) if rows else 1
    row = f"({', '.join(['%s'] * width)})"
    for first in range(0, len(rows), LARGEST // width):
        some = rows[first : first + LARGEST // width]
        values = ", ".join([row] * len(some))
        flat = [value for each in some for value in each]
        cursor.execute(f"INSERT INTO {table} VALUES {values}", flat)
