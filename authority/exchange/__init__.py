"""What goes out to other programs and comes in from them: the record as a log or a matrix, in CSV and XLSX."""

from authority.exchange.ach import Matrix, ach_bytes, hypotheses, import_ach
from authority.exchange.importing import Imported, import_log
from authority.exchange.log import ENDINGS, log_bytes

__all__ = ["ENDINGS", "Imported", "Matrix", "ach_bytes", "hypotheses", "import_ach", "import_log", "log_bytes"]
