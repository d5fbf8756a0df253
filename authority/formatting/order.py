"""The order in which the keys of an entry stand: what it is, what it says, what it rests on, remarks last.

The sections of a file have no order of their own: a case is told as its author tells it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from authority.loading.layout import Collection, Entry, Laid
from authority.loading.rules import SECTIONS

# Keys between bars stand in whatever order they are written in.
_ORDER = {
    "Instrument": "id title short citation enacted from until|status verified seen does_not_decide left_out sections",
    "Section": "id heading text verified note",
    "LeftOut": "section quote why",
    "Sentence": "says denied where question computed excludes means short_of why_short",
    "Authority": "id citation short kind status date from until verified seen says quotes unverified note",
    "Quote": "text pin verified",
    "Dispute": "id question positions",
    "Position": "id says held_by cite",
    "Rule": "id then if if_any at_least unless where under quote cite from until note",
    "Reading": "id title like positions standard grading label answers supposes_enactment about",
    "RaisedBy": "rules says where why ask",
    "NoticedParty": "kind aliases",
    "Noticed": "holds cite note",
    "Party": "kind aliases note",
    "Source": "name author kind reliability origin url note",
    "Evidence": "id ref source says supports contradicts found_none undercuts doubts position bears_on_nothing kind "
    "reliability credibility hedge under origin date published cite verified note",
    "Decision": "by on asks cite result|says|verified reading positions expect hinge no_hinge differs",
}
ORDER: Mapping[str, Mapping[str, int]] = {
    what: {key: rank for rank, group in enumerate(keys.split()) for key in group.split("|")}
    for what, keys in _ORDER.items()
}
"""The rank of each key, by the model that an entry is read into."""

# What stands under a key: entries of a list, or, behind a star, of a mapping by name.
_BENEATH: Mapping[str, Mapping[str, str]] = {
    "case": {
        "parties": "*Party", "sources": "*Source", "evidence": "Evidence", "disputes": "Dispute", "decided": "Decision",
    },
    "rule-set": {
        "instrument": "Instrument", "sentences": "Sentence", "authorities": "Authority", "disputes": "Dispute",
        "rules": "Rule", "readings": "Reading", "notice": "notice", "raised_by": "RaisedBy",
    },
    "notice": {"parties": "*NoticedParty", "facts": "Noticed"},
    "Instrument": {"sections": "Section", "left_out": "LeftOut"},
    "Authority": {"quotes": "Quote"},
    "Dispute": {"positions": "Position"},
}  # fmt: skip


def put_in_order(root: Laid, name: str) -> None:
    """Puts the keys of every entry of a rule set or a case in their order; keys that are not known stay behind them.

    ``name`` is that of the file without its ending, which says what a bare list holds.
    """
    if not isinstance(root, Collection):
        return
    if not root.is_map:
        what = _BENEATH["rule-set"].get(name, "")
    else:
        keys = {key for key, _ in _keyed(root)}
        what = "rule-set" if keys & set(SECTIONS) - {"disputes"} else "case"
    _ordered(root, what)


def _ordered(node: Laid, what: str) -> None:
    if not isinstance(node, Collection) or not what:
        return
    if not node.is_map or what.startswith("*"):
        for entry in node.entries:
            _ordered(entry.value, what.removeprefix("*"))
        return
    for key, entry in _keyed(node):
        _ordered(entry.value, _BENEATH.get(what, {}).get(key, ""))
    rank = ORDER.get(what)
    if rank:
        node.entries.sort(key=lambda entry: rank.get(entry.key.value if entry.key else "", len(rank)))


def _keyed(node: Collection) -> Iterator[tuple[str, Entry]]:
    return ((entry.key.value, entry) for entry in node.entries if entry.key)
