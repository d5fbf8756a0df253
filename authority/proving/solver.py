"""Whether nodes of a circuit can be true together: one set of clauses that grows as questions are put, one solver.

The second door to python-sat (the extra ``sat``); the solver is CaDiCaL, asked under assumptions (Eén and Sörensson
2003), so that what it learns of one question serves the next.
"""

from __future__ import annotations

from types import TracebackType

from authority.circuit import FALSE, TRUE, Circuit
from authority.errors import MissingExtra


class Solver:
    """A solver over a circuit that may still grow. To be closed, as in ``with Solver(circuit) as solver``."""

    def __init__(self, circuit: Circuit) -> None:
        try:
            from pysat.solvers import Cadical153
        except ImportError as error:
            raise MissingExtra("proving a rule set", "sat") from error
        self.circuit, self._solver = circuit, Cadical153()
        self._defined = {FALSE, TRUE}

    def __enter__(self) -> Solver:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._solver.delete()

    def possible(self, *nodes: int) -> bool:
        """Whether these nodes can all be true at once."""
        if FALSE in nodes:
            return False
        asked = [node for node in nodes if node != TRUE]
        self._define(asked)
        return bool(self._solver.solve(assumptions=asked))

    def _define(self, nodes: list[int]) -> None:
        """Adds the clauses of all that these nodes are made of, but for what has been added before."""
        left = list(nodes)
        while left:
            node = left.pop()
            if node not in self._defined:
                self._defined.add(node)
                left += self.circuit.parts[node]
                for clause in self.circuit.definition(node):
                    self._solver.add_clause(clause)
