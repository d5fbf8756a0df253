"""Every way in for a stranger's file, each with honest files of its kind to begin from: what `make fuzz` tries."""

from __future__ import annotations

import importlib.util
import io
import json
import re
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import small_law

import authority
from authority.cli import citing
from authority.errors import Problem
from authority.exchange import ach, importing, log_bytes
from authority.exchange.columns import log_columns, source_columns
from authority.exchange.rows import Rows
from authority.formatting import formatted_file
from authority.kept import read_kept
from authority.loading import load_case, load_rules, parse_case
from authority.loading.additions import load_additions, read_assumption
from authority.loading.text import parse
from authority.memo import compose, render, sandbox
from authority.memo.document import Document
from authority.mentions import mentions
from authority.opinion import ask_of, decide
from authority.places import rules_folder, templates_folder

SHORT = 6_000
"""Characters of a file beyond which only some of its entries are taken, so that many can be tried."""


RAISED = """\
- rules: aumf-2001
  says: <target> threatens attacks on Americans or American interests
  where: {target: [state, organization]}
  why: Whether it may be met is asked here.
  ask: force against <target> is authorized
"""
CITING = (
    "Congress acted in 2001 (Pub. L. No. 107-40, 115 Stat. 224, codified at 50 U.S.C. § 1541 note).\n",
    "See Boumediene v. Bush, 553 U.S. 723 (2008); 613 F.3d 1102, 1105 (D.C. Cir. 2010). Id. at 1106.\n",
    "25 Op. O.L.C. 188 (2001); S.J. Res. 68, 116th Cong.; Boumediene, 553 U.S. at 771; U.S. Const. art. I, § 8.\n",
)


class Loader(NamedTuple):
    """A way in: its name, files to begin from (texts, or the bytes of archives), what takes a file's bytes, and its
    share of the inputs."""

    name: str
    corpus: Sequence[Any]
    take: Callable[[bytes], Any]
    share: int


def loaders(folder: Path) -> dict[str, Loader]:
    """Every loader whose library is installed, by its name. Files are put into the folder."""
    room = _Room(folder)
    found = [*_law(room), *_records(room), *_sheets(room), *_papers(room)]
    if importlib.util.find_spec("pyarrow"):
        found += _tables(room)
    return {each.name: each for each in found}


def scratch() -> str:
    """Where a file for a moment is put: in memory, where the machine has such a place."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else tempfile.gettempdir()


class _Room:
    """A folder with the small rule set of the tests in it, its case, and what follows from it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        small_law.write(folder)
        self.law, self.file = folder / "small", folder / small_law.CASE_FILE
        self.rules = load_rules(self.law)
        self.case = load_case(self.file, self.rules)
        self.memo = compose(decide(self.case))

    def put(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path


# ── Law ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _law(room: _Room) -> list[Loader]:
    """A rule set with one of its files, or of the shared tables, a stranger's."""
    made = []
    for name, text in {**small_law.SHARED, **small_law.LAW}.items():
        corpus = [text] * 12 + [part for path in _bundled(Path(name).name) for part in _parts(path)]
        made.append(Loader(f"rules: {Path(name).stem}", corpus, _with(room, name, text), 3))
    raised = [RAISED] * 60 + [part for path in _bundled("raised_by.yaml") for part in _parts(path)]
    made.append(Loader("rules: raised_by", raised, _with(room, "small/raised_by.yaml", None), 2))
    every = [part for path in sorted(rules_folder().rglob("*.yaml")) for part in _parts(path)]
    setting = Loader("set out", every, lambda content: formatted_file(room.put("stranger.yaml", content)), 6)
    return [*made, Loader("YAML", every, _yaml, 40), setting]


def _with(room: _Room, name: str, honest: str | None) -> Callable[[bytes], Any]:
    path = room.folder / name

    def take(content: bytes) -> Any:
        path.write_bytes(content)
        try:
            rules = load_rules(room.law)
            return decide(load_case(room.file, rules))
        finally:
            path.unlink() if honest is None else path.write_text(honest, encoding="utf-8")

    return take


def _yaml(content: bytes) -> Any:
    problems: list[Problem] = []
    return parse(content.decode("utf-8", "surrogateescape"), "a text", problems), problems


def _bundled(name: str) -> list[Path]:
    return sorted(rules_folder().rglob(name))


def _parts(path: Path) -> list[str]:
    """A file of the library, entry by entry where it is long."""
    text = path.read_text("utf-8")
    if len(text) <= SHORT:
        return [text]
    head, *entries = re.split(r"(?m)^(?=  - )", text)
    return [head + "".join(entries[at : at + 3])[:SHORT] for at in range(0, len(entries), 3)]


# ── Records ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _records(room: _Room) -> list[Loader]:
    """A case, additions to one, a sentence about it, and what was kept of its opinion."""
    bundled = sorted(rules_folder().rglob("cases/*.yaml"))
    cases = [small_law.CASE] * 300 + [part for path in bundled for part in _parts(path)]
    sentences = [s.fill(names) for s in room.rules.vocabulary.sentences for names in _names(len(s.blanks))]
    kept = [render(room.memo, ".json").decode(), json.dumps(decide(room.case).as_data(), indent=1)]
    more = "parties:\n  Bob: {kind: person}\nsources:\n  wire: {name: A wire, kind: official report}\nevidence:\n"
    more += "  - id: E9\n    source: wire\n    says: So it was.\n    doubts: [E2]\n"
    more += "    supports: [Bob trained with al-Qaeda]\n"

    def case(content: bytes) -> Any:
        return decide(load_case(room.put("stranger.yaml", content), room.rules))

    return [
        Loader("case", cases, case, 16),
        Loader("case as text", cases, lambda content: parse_case(_text(content), room.rules), 8),
        Loader("additions", [more], lambda c: load_additions(room.put("more.yaml", c), room.case).to(room.case), 16),
        Loader("assumption", sentences, lambda content: read_assumption(_text(content), room.case), 12),
        Loader("question", sentences, lambda content: ask_of(room.case, _text(content)), 12),
        Loader("memo as JSON", kept, lambda content: read_kept(room.put("memo.json", content)), 6),
        Loader("receipt", kept[1:], lambda c: authority.verify(room.put("opinion.json", c), room.case), 4),
    ]


def _names(blanks: int) -> list[tuple[str, ...]]:
    return [("Iran", "al-Qaeda", "Ali")[:blanks], ("Ali", "al-Qaeda in Iraq", "Iran")[:blanks]]


def _text(content: bytes) -> str:
    return content.decode("utf-8", "surrogateescape")


# ── Sheets and tables ─────────────────────────────────────────────────────────────────────────────────────────────────


def _sheets(room: _Room) -> list[Loader]:
    """A log and a matrix, as CSV and as a workbook."""

    def log(ending: str) -> Callable[[bytes], Any]:
        def take(content: bytes) -> Any:
            evidence, sources = importing._chosen(importing.sheets_of(room.put(f"log{ending}", content)), None)
            rows = Rows(room.case)
            rows.read_log(evidence, log_columns(evidence.rows[0], {}))
            if sources:
                rows.read_sources(sources, source_columns(sources.rows[0]))
            rows.finish()
            return importing._check(rows, room.case)

        return take

    def matrix(content: bytes) -> Any:
        return ach._read(importing.sheets_of(room.put("ach.csv", content))[0], room.case)

    def whole(content: bytes) -> Any:
        return importing.import_log(room.put("log.csv", content), room.file)

    logs = [log_bytes(room.case, ".csv", "log").decode("utf-8-sig")]
    logs.append("id;source;says;supports\nE9;report;So.;Ali trained with al-Qaeda\n")
    found = [
        Loader("log, CSV", logs, log(".csv"), 16),
        Loader("log into a case", logs, whole, 2),
        Loader("matrix, CSV", [ach.ach_bytes(room.case, ".csv").decode("utf-8-sig")], matrix, 12),
    ]
    if importlib.util.find_spec("openpyxl"):
        found.append(Loader("log, XLSX", [log_bytes(room.case, ".xlsx", "log")], log(".xlsx"), 3))
    return found


def _tables(room: _Room) -> list[Loader]:
    """A table of records, in each of its forms."""
    import pyarrow
    import pyarrow.csv
    import pyarrow.ipc
    import pyarrow.parquet

    from authority.batch import Batch
    from authority.batch.files import _READ, amiss

    batch = Batch(room.case)
    table = pyarrow.table({
        "Iran harbored al-Qaeda": ["established", "refuted", None], "Ali trained with al-Qaeda [for]": [5, 0, None],
        "Iran had contacts with al-Qaeda in Iraq": [True, False, None],
    })  # fmt: skip

    def taking(ending: str) -> Callable[[bytes], Any]:
        def take(content: bytes) -> Any:
            path = room.put(f"table{ending}", content)
            with amiss(path):
                schema, batches = _READ[ending](path)
                asked = batch.kernel(schema, "table")
                batch._kernels.clear()
                return [asked(each) for each in batches]

        return take

    out = {ending: io.BytesIO() for ending in (".csv", ".parquet", ".arrow")}
    pyarrow.csv.write_csv(table, out[".csv"])
    pyarrow.parquet.write_table(table, out[".parquet"])
    with pyarrow.ipc.new_file(out[".arrow"], table.schema) as file:
        file.write_table(table)
    return [
        Loader("table, CSV", [out[".csv"].getvalue().decode()], taking(".csv"), 4),
        Loader("table, Parquet", [out[".parquet"].getvalue()], taking(".parquet"), 3),
        Loader("table, Arrow", [out[".arrow"].getvalue()], taking(".arrow"), 3),
    ]


# ── Templates and letterheads ─────────────────────────────────────────────────────────────────────────────────────────


def _papers(room: _Room) -> list[Loader]:
    """A template and a letterhead of somebody else's, and a text that cites."""
    own = [path.read_text("utf-8") for path in sorted(templates_folder().glob("*.md"))]
    own = [re.sub(r"\| *as_is", "", part) for text in own for part in _pieces(text)]
    found = [Loader("template", own, lambda c: sandbox.document(room.put("own.md", c), room.memo), 4)]
    if importlib.util.find_spec("eyecite"):
        found.append(
            Loader("citations", CITING, lambda c: mentions(citing.read(str(room.put("note.txt", c))), [room.rules]), 3)
        )
    if importlib.util.find_spec("docx"):
        import docx

        from authority.memo import letterhead

        word: Any = docx.Document()
        word.add_paragraph("{{ memo }}")
        file = io.BytesIO()
        word.save(file)
        short = Document(title="A title", heading=(), markdown="Said.\n", banner="", page="letter")
        paper = [file.getvalue()]
        found.append(
            Loader("letterhead", paper, lambda c: letterhead.render(short, room.put("paper.docx", c)), 1)
        )
    return found


def _pieces(text: str) -> list[str]:
    """A template by its parts, each of which runs by itself."""
    head = '{% import "memo.parts.md" as part with context %}\n'
    return [head + part for part in re.split(r"(?m)^(?=## )", text) if part.strip()]
