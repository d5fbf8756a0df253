"""Says what a long computation is at, so that nobody takes it for dead."""

from __future__ import annotations

import threading

from rich.console import Console


class Patience:
    """Says on standard error what is being worked on, once it has taken a second."""

    def __init__(self) -> None:
        self.status = Console(stderr=True).status("working")
        self.timer = threading.Timer(1, self.status.start)
        self.timer.daemon = True

    def step(self, what: str) -> None:
        self.status.update(f"working out: {what} (Ctrl-C ends it with what is done)")

    def __enter__(self) -> Patience:
        self.timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.timer.cancel()
        self.timer.join()
        self.status.stop()
