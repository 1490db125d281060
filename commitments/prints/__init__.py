"""Pages as PDF files, where this machine has what draws them."""

from commitments.prints.kept import PrintsBusy, kept_pdf
from commitments.prints.pdf import is_possible, pdf_of

__all__ = ["PrintsBusy", "is_possible", "kept_pdf", "pdf_of"]
