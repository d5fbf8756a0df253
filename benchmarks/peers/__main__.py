"""A peer as a process of its own: ``python -m peers NAME PROGRAM RUNS READING...``.

Reads the pickled program, decides each record of these readings ``RUNS`` times warm, and writes the answers and seconds
to standard output, pickled. No run means one decision, cold, and its explanation printed.
"""

from __future__ import annotations

import pickle
import sys
from importlib import import_module
from pathlib import Path

from peers.program import timed

if __name__ == "__main__":
    name, program, runs, *readings = sys.argv[1:]
    law, records = pickle.loads(Path(program).read_bytes())
    chosen = [record for record in records if record.name in readings]
    peer = import_module(f"peers.{name}")
    if int(runs):
        decide = peer.prepare(law, chosen)
        ask = getattr(peer, "timed", timed)
        sys.stdout.buffer.write(pickle.dumps({r.name: ask(decide, r, int(runs)) for r in chosen}))
    else:
        answer = peer.prepare(law, chosen)(chosen[0])
        sys.stdout.write(f"{answer.verdicts[chosen[0].asked[0]]}\n{answer.explanation}\n")
