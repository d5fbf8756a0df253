"""The worked notebook, run: `python -m tests.notebook` runs it again and stores what comes out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).resolve().parents[1] / "docs" / "notebook.ipynb"


def stored() -> Any:
    """The notebook as it stands in the repository."""
    return nbformat.read(NOTEBOOK, as_version=4)


def run() -> Any:
    """The notebook run from its first cell to its last, with what came out and nothing of when or where."""
    made = stored()
    for cell in made.cells:
        cell.update({"outputs": [], "execution_count": None} if cell.cell_type == "code" else {})
    client = NotebookClient(made, timeout=600, kernel_name="python3", record_timing=False, coalesce_streams=True)
    # The interpreter of this environment, whatever kernels a machine has besides.
    launcher = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    kernel = client.create_kernel_manager().kernel_spec
    assert kernel
    kernel.argv = launcher
    client.execute()
    made.metadata.pop("language_info", None)
    return made


if __name__ == "__main__":
    nbformat.write(run(), NOTEBOOK)
