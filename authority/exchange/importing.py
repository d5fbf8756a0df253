"""A log of evidence into a case: read with its cells, checked whole, and put into the case file's own text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from authority import limits
from authority.errors import InvalidInput, Place, Problem, UnknownName
from authority.exchange.appending import CaseText
from authority.exchange.cells import Sheet
from authority.exchange.columns import known_headings, log_columns, source_columns
from authority.exchange.csvfile import read_csv
from authority.exchange.log import ENDINGS, EVIDENCE, SOURCES
from authority.exchange.rows import Entry, Rows
from authority.exchange.xlsxfile import read_xlsx
from authority.facts import FactPattern
from authority.inputs import content
from authority.loading import case_file, load_case, load_case_text, rule_sets
from authority.loading.additions import read_additions
from authority.loading.text import Items, Map, Node
from authority.vocabulary import Model


class Imported(Model):
    """A case with a log in it: its text, the case that the text holds, and what was done: how the columns were read
    (heading → field), which headings were left out, which items and sources are new, and what the case had just so."""

    text: str
    case: FactPattern
    columns: Mapping[str, str]
    left_out: tuple[str, ...]
    items: tuple[str, ...]
    sources: tuple[str, ...]
    same: tuple[str, ...]


def import_log(
    log: str | Path, into: str | Path, out: str | Path | None = None, *, columns: Mapping[str, str] | None = None,
    sheet: str | None = None,
) -> Imported:  # fmt: skip
    """The text of a case with the exhibits of a log behind its own; nothing is written.

    The log is CSV or XLSX; ``columns`` says which heading is which field where the usual headings do not, ``sheet``
    which sheet is the log (one called Evidence, or the first). Sources come from columns (``source name`` and others)
    or from a sheet called Sources. An exhibit that the case has already just so is passed over. ``out`` is where the
    text is to stand, if not where the case does: it must find its rule set from there.

    Raises InvalidInput with every problem, each with its cell; UnknownName for a case, a sheet or a format that is not
    there; MissingExtra for XLSX where openpyxl is not installed.
    """
    case, found = load_case(into), sheets_of(Path(log))
    evidence, sources = _chosen(found, sheet)
    read = log_columns(_heading(evidence), columns or {})
    rows = Rows(case)
    if sources:
        rows.read_sources(sources, source_columns(_heading(sources)))
    rows.read_log(evidence, read)
    rows.finish()
    _check(rows, case)
    text = _with(rows, case_file(into), Path(out) if out is not None else None, case)
    return Imported(
        text=str(text), case=_loaded(text, rows, case, Path(out) if out is not None else case_file(into)),
        columns=read.told(), left_out=read.left_out, items=tuple(each.id.text for each in rows.evidence),
        sources=tuple(rows.sources), same=tuple(rows.same),
    )  # fmt: skip


# ── The log ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def sheets_of(path: Path) -> tuple[Sheet, ...]:
    """The sheets of a log that have any row."""
    ending = path.suffix.lower()
    if ending == ".csv" or ending in (".tsv", ".txt"):
        found: tuple[Sheet, ...] = (read_csv(path, str(path), known_headings),)
    elif ending in (".xlsx", ".xlsm"):
        found = read_xlsx(path, str(path))
    else:
        raise UnknownName("format of a log", path.suffix or path.name, ENDINGS)
    filled = tuple(Sheet(s.name, rows) for s in found if (rows := _filled(s)))
    if not filled:
        fix = "its first row holds the headings; each other row an item"
        raise InvalidInput([Problem(Place(str(path)), "sheet", "the log is empty", "", fix)])
    return filled


def _filled(sheet: Sheet) -> tuple[tuple, ...]:
    return tuple(row for row in sheet.rows if any(cell.text.strip() for cell in row))


def _chosen(sheets: tuple[Sheet, ...], name: str | None) -> tuple[Sheet, Sheet | None]:
    """The sheet that is the log, and that of the sources if there is one."""
    by_name = {sheet.name.casefold(): sheet for sheet in sheets}
    sources = by_name.get(SOURCES.casefold())
    if name is not None and name.casefold() not in by_name:
        raise UnknownName("sheet", name, [sheet.name for sheet in sheets])
    others = [sheet for sheet in sheets if sheet is not sources] or list(sheets)
    evidence = by_name[(name or EVIDENCE).casefold()] if (name or EVIDENCE).casefold() in by_name else others[0]
    return evidence, sources if sources is not evidence else None


def _heading(sheet: Sheet) -> tuple:
    return sheet.rows[0]


# ── Checked, and put in ───────────────────────────────────────────────────────────────────────────────────────────────


def _check(rows: Rows, case: FactPattern) -> None:
    """Raises InvalidInput with every problem of what is to be added."""
    problems = list(rows.problems)
    sources = _map(rows.sources.values())
    start = rows.evidence[0].id.place if rows.evidence else Place("the log")
    nodes: dict[str, Node] = {"evidence": Items(tuple(each.node() for each in rows.evidence), start)}
    keys = {"evidence": start}
    if rows.sources:
        nodes, keys = {"sources": sources, **nodes}, {"sources": start, **keys}
    try:
        read_additions(Map(nodes, start, keys), case)
    except InvalidInput as error:
        problems += (_in_a_log(problem) for problem in error.problems)
    if problems:
        raise InvalidInput(problems)


def _in_a_log(problem: Problem) -> Problem:
    """A problem as it is mended in a log."""
    if problem.kind != "unknown source" or problem.fix.startswith("did you mean"):
        return problem
    return replace(problem, fix=f"say what it is: in a sheet {SOURCES!r}, or in columns 'source name', 'source kind'")


def _map(entries: Iterable[Entry]) -> Map:
    """Sources as the mapping of a case file: the name is the key."""
    listed = list(entries)
    nodes: dict[str, Node] = {each.id.text: each.node() for each in listed}
    return Map(nodes, Place("the log"), {each.id.text: each.id.place for each in listed})


def _with(rows: Rows, path: Path, out: Path | None, case: FactPattern) -> CaseText:
    """The text of the case file with the rows in it."""
    text = text_of(path, out, case)
    text.add_sources(list(rows.sources.values()))
    text.add_evidence(rows.evidence)
    return text


def text_of(path: Path, out: Path | None, case: FactPattern) -> CaseText:
    """The text of the case file, with the name of its rule set in it if it is to stand where that would not be found;
    InvalidInput where it cannot stand there."""
    text = CaseText(content(path, str(path), limits.YAML_BYTES).decode("utf-8-sig"), str(path))
    if out is not None and out.resolve().parent != path.resolve().parent:
        named = "rules" in text.node.keys
        if case.rules.name not in rule_sets():
            what = f"from {out} the rule set {case.rules.name!r} would not be found"
            fix = f"write it beside {path}"
            raise InvalidInput([Problem(Place(str(path)), "rules", what, "", fix)])
        if not named:
            text.set("rules", case.rules.name, "title")
    return text


def _loaded(text: CaseText, rows: Rows, case: FactPattern, path: Path) -> FactPattern:
    """The case that the text holds, which must be the case and what was added, and nothing else."""
    made = load_case_text(str(text), path)
    # A day that an item brings is a party, too.
    beside = type(case).model_fields.keys() - {"name", "parties", "sources", "evidence", "rules"}
    kept = made.evidence[: len(case.evidence)] == case.evidence and made.sources[: len(case.sources)] == case.sources
    kept = kept and all(getattr(made, field) == getattr(case, field) for field in beside)
    new = [each.id for each in made.evidence[len(case.evidence) :]], [s.id for s in made.sources[len(case.sources) :]]
    if not kept or new != ([each.id.text for each in rows.evidence], list(rows.sources)):
        what = "what was put into the case file is not what is read from it"
        why = "the file is written in a way in which nothing can be put behind its entries"
        raise InvalidInput([Problem(Place(str(path)), "file", what, why, "write 'evidence' and 'sources' as blocks")])
    return made
