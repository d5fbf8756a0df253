"""A citation as another program is told it: in full, where in it, and that it was not verified where it was not."""

from __future__ import annotations

from authority.law import Citation, Instrument, Mark, RuleSet


def cited(rules: RuleSet, cite: Citation) -> str:
    """``Pub. L. No. 107-40, 115 Stat. 224 (2001), § 2(a)``; what was not verified is marked so."""
    target = rules.authority(cite)
    section = target.section(cite.pin) if isinstance(target, Instrument) else None
    mark = (section.verified if section else None) or target.verified
    unverified = " [not verified]" if mark is Mark.MEMORY else ""
    return ", ".join(filter(None, (str(target.citation), cite.pin))) + unverified
