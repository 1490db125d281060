"""Tables as files that a spreadsheet opens: CSV and XLSX, from the same rows."""

from commitments.sheets.as_csv import write_csv
from commitments.sheets.as_xlsx import write_xlsx
from commitments.sheets.tables import Column, Table

__all__ = ["Column", "Table", "write_csv", "write_xlsx"]
