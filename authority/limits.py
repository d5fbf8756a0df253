"""How much of anything an input may hold, in one place: each limit with the reason for it.

Rule sets, cases, logs, templates and letterheads may come from strangers. A limit is far above what honest work needs
and far below what would stop a machine; past one, the input is refused with its place. SECURITY.md says what is
promised.
"""

# ── Files ─────────────────────────────────────────────────────────────────────────────────────────────────────────────

YAML_BYTES = 16_000_000
"""Of a file of rules, of a case or of additions: some 4,000 pages."""
CSV_BYTES = 64_000_000
ARCHIVE_BYTES = 32_000_000
"""Of a workbook or a letterhead as it lies on the disk."""
JSON_BYTES = 64_000_000
"""Of a memo as JSON, which tells every answer whole."""
TEMPLATE_BYTES = 200_000
"""Of a template: some twenty times the longest that comes with the library."""
PROSE_BYTES = 2_000_000
"""Of a text whose citations are listed: some 500 pages, which take a minute where they are nothing but citations."""
RULE_FILES = 200
"""In the folder of one rule set, which has eight sections."""

# ── YAML ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

DEPTH = 24
"""How deep lists and mappings may be nested. No entry of a rule set or a case needs half of it."""
NODES = 1_000_000
"""Texts, lists and mappings in one file: a log of 20,000 rows, as many as one may have, is 400,000 in a case."""
TEXT = 2_000_000
"""Characters in one text. An instrument may stand in one piece; a memo repeats what an exhibit says."""

# ── Law and record ────────────────────────────────────────────────────────────────────────────────────────────────────

SENTENCE = 2_000
"""Characters in a sentence, of a vocabulary or about parties. It is read by trying what stands where."""
BLANKS = 8
"""In one sentence. Each more multiplies whom it may speak of."""
NAME = 500
"""Characters in the name or alias of a party."""
PARSES = 50
"""Ways in which one text may be read before it counts as ambiguous however they turn out."""
CUTS = 10
"""Entries of a list in brackets that are held together to see whether commas cut one sentence into them."""
SENTENCES = 10_000
"""In one vocabulary, of which the largest that comes with the library has 87."""
LIKENESSES = 100_000
"""Pairs of forms that share the rarest word of one of them: each is looked at, lest two collide."""
RULES = 5_000
"""In one rule set, of which the largest that comes with the library has 40."""
LAYERS = 100
"""Conclusions beneath one another: how deep a question is followed, and how deep a memo discusses it."""
ATTACKS = 50
"""Items of evidence that attack one another in a row, each the next: how deep their weights are worked out."""
CIRCLES = 50
"""Circles that are told of one input: each is looked for when those before it are undone."""
PARTIES = 5_000
"""In one case."""
ITEMS = 25_000
"""Items of evidence in one case: more than a log may bring."""
CHOICES = 1_000_000
"""Choices of parties for the blanks of rules that are tried for one question: six blanks and a hundred parties would
make 10 ** 12."""
APPLICATIONS = 50_000
"""Rules applied to named parties, for one question."""
PROBLEMS = 1_000
"""In one input, after which it is read no further: nobody mends more at a time, and to tell each takes its time."""
LIKENESS = 200
"""Characters of a word beyond which nothing is looked for that is like it: to compare takes their square."""
LIKELY = 30_000
"""Characters of all the words that one is held against to find what it is like; a thousand mistakes take as often."""

# ── Citations in a text ───────────────────────────────────────────────────────────────────────────────────────────────

CASES_BACK = 1_000
"""How many cases before it are looked through for what a short form means: more than any brief cites."""

# ── Sheets and archives ───────────────────────────────────────────────────────────────────────────────────────────────

ROWS = 20_000
"""In a log."""
COLUMNS = 200
CELL = 32_767
"""Characters in a cell: as many as one of Excel's holds."""
LAST_ROW = 1_048_576
"""The last row that a workbook can have."""
TABLE_COLUMNS = 10_000
"""In a table of records, each a fact."""
PARTS = 2_000
"""Files in a workbook or a letterhead."""
UNPACKED = 128_000_000
"""Bytes that a workbook or a letterhead unpacks to."""
RATIO = 400
"""How many times its packed size an archive may unpack to. XML of a real sheet packs to a twentieth or so, and an empty
one to a two-hundredth; nothing but a bomb comes near the thousandth at which DEFLATE ends."""
RATIO_FROM = 8_000_000
"""Bytes below which what an archive unpacks to does no harm, whatever the ratio."""

# ── Templates ─────────────────────────────────────────────────────────────────────────────────────────────────────────

PRINTED = 20_000_000
"""Characters that a template may print: far more than any memo has, far less than a machine."""
STEPS = 2_000_000
"""Steps of a user's template, counted rather than timed, so that the same template stops at the same place on every
machine: expressions in the bodies of its loops and macros, calls, filters, each by the size of what it works on. The
library's own memo of the largest case, printed by a template, takes some fifty thousand."""
HELD = 200_000
"""Texts and numbers in one list that a template makes, those in lists within it counted wherever they stand."""
RANGE = 10_000
"""How far ``range`` counts in a template."""
SIGNS = 3_000
"""Signs of markup that a template prints into one paragraph: to pair them off takes their square."""
EVERY_SIGN = 500_000
"""Signs of markup that it prints in all."""
DIGITS = 10**30
"""Beyond it a template does not multiply."""
