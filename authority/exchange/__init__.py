"""What goes out to other programs and comes in from them: the record as a log of evidence, in CSV and XLSX."""

from authority.exchange.importing import Imported, import_log
from authority.exchange.log import ENDINGS, log_bytes

__all__ = ["ENDINGS", "Imported", "import_log", "log_bytes"]
