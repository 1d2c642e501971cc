"""The shop of shop.mjs, as a program that is sent commands."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any


class Day:
    """The day of a zone where it is noon, so that workers, which read the clock, do not run over midnight."""

    def __init__(self) -> None:
        now = datetime.now(UTC)
        hours = 12 - now.hour
        # The signs of such zones are reversed.
        self.zone = f"Etc/GMT{-hours:+d}"
        self.date: date = (now + timedelta(hours=hours)).date()


class Shop:
    """A database, a provider and workers of examples/postgres."""

    def __init__(self, zone: str) -> None:
        script = Path(__file__).with_name("shop.mjs")
        self._program = subprocess.Popen(["node", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={**os.environ, "TIME_ZONE": zone})
        self.database: str = self._answer()["database"]

    def close(self) -> None:
        assert self._program.stdin
        self._program.stdin.close()
        self._program.wait()
        assert self._program.stdout
        self._program.stdout.close()

    def fill(self, file: str) -> None:
        """Inserts subscriptions, a row of JSON a line, and a card for each."""
        self._send("fill", file=file)

    def work(self, *names: str, mode: str = "drain", kill: dict[str, int] | None = None) -> list[int | str]:
        """Runs workers until all have ended, and returns how. Those to `kill` are at their charge of that number."""
        return self._send("work", names=names, mode=mode, kill=kill or {})

    def later(self) -> None:
        self._send("later")

    def outbox(self) -> list[dict[str, Any]]:
        return self._send("outbox")

    def books(self) -> dict[str, list]:
        """What the provider has `charged`, what the shop knows to be `paid`, and its `subscriptions`."""
        return self._send("books")

    def _send(self, command: str, **more: Any) -> Any:
        assert self._program.stdin
        self._program.stdin.write(json.dumps({"command": command, **more}) + "\n")
        self._program.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        assert self._program.stdout
        line = self._program.stdout.readline()
        if not line:
            raise RuntimeError(f"the shop has ended with {self._program.wait()}")
        return json.loads(line)
