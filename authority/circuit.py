"""Boolean circuits: variables joined by *all*, *any* and *not*, every node once. They know nothing of law.

A node is a number; one made of the same parts is the same number, and its parts always have smaller ones. What may be
said of a verdict under every choice of evidence and positions is such a circuit: decision diagrams, clauses for a
solver and tables of words are all made from it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import Literal

FALSE, TRUE = 0, 1
Op = Literal["constant", "variable", "all", "any", "not"]


class Circuit:
    """A growing store of nodes. Equal circuits grown in the same order number their nodes alike."""

    def __init__(self) -> None:
        self.ops: list[Op] = ["constant", "constant"]
        self.parts: list[tuple[int, ...]] = [(), ()]
        self.names: dict[int, Hashable] = {}
        self._known: dict[tuple[Op, object], int] = {}

    def variable(self, name: Hashable) -> int:
        """The variable of that name."""
        node = self._node("variable", (), name)
        self.names[node] = name
        return node

    def all(self, parts: Iterable[int]) -> int:
        """True when every part is; of no parts, true."""
        return self._joined("all", parts, TRUE, FALSE)

    def any(self, parts: Iterable[int]) -> int:
        """True when some part is; of no parts, false."""
        return self._joined("any", parts, FALSE, TRUE)

    def no(self, part: int) -> int:
        """True when the part is not."""
        if part < 2:
            return 1 - part
        return self.parts[part][0] if self.ops[part] == "not" else self._node("not", (part,))

    def at_least(self, count: int, parts: Iterable[int]) -> int:
        """True when ``count`` of the parts are, each counted as often as it stands there. It is built of *all* and
        *any* alone, so that what can only help never looks as though it could harm."""
        listed = tuple(parts)
        reached = [TRUE, *(FALSE for _ in range(count))]
        for part in listed:
            for number in range(count, 0, -1):
                reached[number] = self.any((reached[number], self.all((part, reached[number - 1]))))
        return reached[max(count, 0)]

    def _joined(self, op: Op, parts: Iterable[int], nothing: int, settled: int) -> int:
        found = set(parts)
        found.discard(nothing)
        if not found:
            return nothing
        if settled in found or any(self.ops[p] == "not" and self.parts[p][0] in found for p in found):
            return settled
        if len(found) == 1:
            return found.pop()
        return self._node(op, tuple(sorted(found)))

    def _node(self, op: Op, parts: tuple[int, ...], name: Hashable = None) -> int:
        key = (op, name if op == "variable" else parts)
        node = self._known.get(key)
        if node is None:
            node = self._known[key] = len(self.ops)
            self.ops.append(op)
            self.parts.append(parts)
        return node

    def beneath(self, *roots: int) -> list[int]:
        """The nodes that the roots are made of, themselves among them, each after its parts."""
        seen, left = set(roots), list(roots)
        while left:
            for part in self.parts[left.pop()]:
                if part not in seen:
                    seen.add(part)
                    left.append(part)
        return sorted(seen)

    def support(self, *roots: int) -> list[Hashable]:
        """The names of the variables that the roots are made of, in the order in which they were made."""
        return [self.names[node] for node in self.beneath(*roots) if node in self.names]

    def evaluate(self, roots: Iterable[int], values: Mapping[Hashable, int], mask: int = 1) -> list[int]:
        """The roots' values. A value is a word of as many cases as ``mask`` has bits; a variable not named is false."""
        roots = tuple(roots)
        word = {FALSE: 0, TRUE: mask}
        for node in self.beneath(*roots):
            op, parts = self.ops[node], self.parts[node]
            if op == "variable":
                word[node] = values.get(self.names[node], 0)
            elif op == "not":
                word[node] = word[parts[0]] ^ mask
            elif op == "all":
                found = mask
                for part in parts:
                    found &= word[part]
                word[node] = found
            elif op == "any":
                found = 0
                for part in parts:
                    found |= word[part]
                word[node] = found
        return [word[root] for root in roots]

    def put(self, roots: Iterable[int], instead: Mapping[Hashable, int]) -> list[int]:
        """The roots with nodes put in place of some of their variables."""
        roots = tuple(roots)
        now = {FALSE: FALSE, TRUE: TRUE}
        for node in self.beneath(*roots):
            op, parts = self.ops[node], self.parts[node]
            if op == "variable":
                now[node] = instead.get(self.names[node], node)
            elif op == "not":
                now[node] = self.no(now[parts[0]])
            elif op == "all":
                now[node] = self.all(now[part] for part in parts)
            elif op == "any":
                now[node] = self.any(now[part] for part in parts)
        return [now[root] for root in roots]

    def leanings(self, root: int) -> dict[Hashable, frozenset[bool]]:
        """For each variable of a root, the ways in which it enters: True as it stands, False denied. One that enters in
        one way only can only help, or only harm."""
        ways: dict[int, set[bool]] = {root: {True}}
        for node in reversed(self.beneath(root)):
            for part in self.parts[node]:
                found = {not way for way in ways[node]} if self.ops[node] == "not" else ways[node]
                ways.setdefault(part, set()).update(found)
        return {self.names[node]: frozenset(found) for node, found in ways.items() if node in self.names}

    def clauses(self, root: int) -> tuple[list[list[int]], dict[Hashable, int]]:
        """Clauses that can be satisfied together exactly by what makes the root true, and each variable's number in
        them (Tseitin). Node ``n`` is the literal ``n``; 0 stands for nothing in the format, and is never a node
        here."""
        nodes = self.beneath(root)
        clauses: list[list[int]] = [[root]] if root > TRUE else [] if root else [[]]
        clauses += (clause for node in nodes for clause in self.definition(node))
        return clauses, {self.names[node]: node for node in nodes if node in self.names}

    def definition(self, node: int) -> list[list[int]]:
        """The clauses that say when a node is true, given when its parts are; none for a variable or a constant."""
        op, parts = self.ops[node], self.parts[node]
        if op == "not":
            return [[node, parts[0]], [-node, -parts[0]]]
        if op == "all":
            return [*([-node, part] for part in parts), [node, *(-part for part in parts)]]
        if op == "any":
            return [*([node, -part] for part in parts), [-node, *parts]]
        return []
