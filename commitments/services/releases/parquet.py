"""Tables as Parquet. The library is loaded only while one is written or read."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from commitments.reports.packages.dictionary import Column, Kind

if TYPE_CHECKING:
    from arro3.core import DataType

AT_ONCE = 2_048
IN_A_GROUP = 16_384


def write(typed: Path, columns: Sequence[Column], path: Path) -> None:
    """Write a table out of JSON lines, a few thousand rows in memory at a time."""
    from arro3 import io
    from arro3.core import Field, Schema

    fields = [Field(one.name, _type(one), nullable=not one.needed) for one in columns]
    rows = io.read_json(typed, Schema(fields), batch_size=AT_ONCE)
    io.write_parquet(rows, path, compression="zstd(3)", max_row_group_size=IN_A_GROUP)


def count(path: Path) -> int:
    """How many rows the file really holds."""
    from arro3 import io

    return sum(batch.num_rows for batch in io.read_parquet(path, batch_size=AT_ONCE))


def _type(column: Column) -> "DataType":
    from arro3.core import DataType, Field

    match column.kind:
        case Kind.WHOLE:
            return DataType.int64()
        case Kind.AMOUNT:
            return DataType.decimal128(column.digits, column.places)
        case Kind.FLAG:
            return DataType.bool()
        case Kind.DAY:
            return DataType.date32()
        case Kind.INSTANT:
            return DataType.timestamp("us", tz="UTC")
        case Kind.WORDS:
            return DataType.list(Field("item", DataType.string(), nullable=False))
        case _:
            return DataType.string()
