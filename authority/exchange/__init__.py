"""What goes out to other programs and comes in from them: a record as a log or a matrix, an opinion as provenance or as
arguments, the law as LegalRuleML."""

from authority.exchange.ach import Matrix, ach_bytes, hypotheses, import_ach
from authority.exchange.aif import aif_json
from authority.exchange.importing import Imported, import_log
from authority.exchange.legalruleml import legalruleml
from authority.exchange.log import ENDINGS, log_bytes
from authority.exchange.prov import prov_json

__all__ = [
    "ENDINGS", "Imported", "Matrix", "ach_bytes", "aif_json", "hypotheses", "import_ach", "import_log", "legalruleml",
    "log_bytes", "prov_json",
]  # fmt: skip
