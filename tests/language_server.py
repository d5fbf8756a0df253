"""An editor, as far as a test needs one: it opens files with yaml-language-server, over standard input and output, and
is told what is wrong, what may stand at a place, and what a key is for."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parents[1]
_FETCHED = TOP / "build" / "editor" / "node_modules" / ".bin"


def found() -> str | None:
    """The program of yaml-language-server: what `make test-editor` fetched, or one on the path; None for none."""
    return shutil.which("yaml-language-server", path=str(_FETCHED)) or shutil.which("yaml-language-server")


class Editor:
    """A session with the server, with which kind of schema belongs to which files."""

    def __init__(self, program: str, schemas: dict[str, list[str]]) -> None:
        self.server = subprocess.Popen([program, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.settings = {
            "yaml": {"schemas": schemas, "validate": True, "hover": True, "completion": True,
                     "schemaStore": {"enable": False, "url": ""}},
        }  # fmt: skip
        self.number = 0
        self.wrong: dict[str, list[dict[str, Any]]] = {}
        able = {"textDocument": {"completion": {"completionItem": {}}, "hover": {"contentFormat": ["markdown"]}}}
        able["workspace"] = {"configuration": True}
        self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": able})
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": self.settings})

    def close(self) -> None:
        """Ends the session."""
        self.ask("shutdown", None)
        self.tell("exit", None)
        self.server.communicate(timeout=20)

    def another(self, folder: str, kind: str) -> Path:
        """The path of a new file of some kind, which need not be there."""
        self.number += 1
        return Path(f"/{folder}/{self.number}/{kind}.yaml")

    def opened(self, path: Path, text: str | None = None) -> list[str]:
        """Opens a file, or a text as though it were the file; what the server has against it, each with its line."""
        uri = path.as_uri()
        self.wrong.pop(uri, None)
        text = path.read_text("utf-8") if text is None else text
        self.tell("textDocument/didOpen", {
            "textDocument": {"uri": uri, "languageId": "yaml", "version": 1, "text": text},
        })  # fmt: skip
        while uri not in self.wrong:
            self.heard(self.read())
        return [f"{each['range']['start']['line'] + 1}: {each['message']}" for each in self.wrong[uri]]

    def shut(self, path: Path) -> None:
        """Closes a file."""
        self.tell("textDocument/didClose", {"textDocument": {"uri": path.as_uri()}})

    def offered(self, path: Path, line: int, column: int) -> list[str]:
        """What the server offers at a place of an opened file, line and column from 1."""
        found = self.ask("textDocument/completion", self._at(path, line, column))
        return [each["label"] for each in (found["items"] if isinstance(found, dict) else found)]

    def shown(self, path: Path, line: int, column: int) -> str:
        """What the server says of what stands at a place."""
        found = self.ask("textDocument/hover", self._at(path, line, column))
        return found["contents"]["value"] if found else ""

    def _at(self, path: Path, line: int, column: int) -> dict[str, Any]:
        return {"textDocument": {"uri": path.as_uri()}, "position": {"line": line - 1, "character": column - 1}}

    # ── The protocol (Language Server Protocol 3.17): JSON-RPC behind a header with its length ────────────────────────

    def ask(self, method: str, params: Any) -> Any:
        self.number += 1
        mine = self.number
        self._write({"jsonrpc": "2.0", "id": mine, "method": method, "params": params})
        while True:
            said = self.read()
            if said.get("id") == mine and "method" not in said:
                assert "error" not in said, said
                return said["result"]
            self.heard(said)

    def tell(self, method: str, params: Any) -> None:
        self._write({"jsonrpc": "2.0", "method": method, "params": params})

    def heard(self, said: dict[str, Any]) -> None:
        """Keeps what was published; answers what the server asks."""
        if said.get("method") == "textDocument/publishDiagnostics":
            self.wrong[said["params"]["uri"]] = said["params"]["diagnostics"]
        elif said.get("method") == "workspace/configuration":
            sections = [item.get("section") for item in said["params"]["items"]]
            self._write({"jsonrpc": "2.0", "id": said["id"], "result": [self.settings.get(s) for s in sections]})
        elif "id" in said and "method" in said:
            self._write({"jsonrpc": "2.0", "id": said["id"], "result": None})

    def read(self) -> dict[str, Any]:
        assert self.server.stdout
        length = 0
        while line := self.server.stdout.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the server ended"
        return json.loads(self.server.stdout.read(length))

    def _write(self, said: dict[str, Any]) -> None:
        assert self.server.stdin
        body = json.dumps(said).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.server.stdin.flush()
