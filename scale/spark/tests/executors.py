"""Finds the executors of a cluster on this machine, and kills one."""

from __future__ import annotations

import os
import signal
import threading
import time
from pathlib import Path

from pyspark.sql import SparkSession

EXECUTOR = b"org.apache.spark.executor.CoarseGrainedExecutorBackend"


def executors(spark: SparkSession) -> set[int]:
    """The processes that the driver has started for its executors."""
    driver = spark.sparkContext._gateway.proc.pid  # type: ignore[union-attr]
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command, parent = (process / "cmdline").read_bytes(), int((process / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue  # It has ended.
        if EXECUTOR in command.split(b"\0") and parent == driver:
            found.add(int(process.name))
    return found


class Killer(threading.Thread):
    """Within a `with`, kills an executor as soon as a folder has its first file."""

    def __init__(self, spark: SparkSession, folder: Path, files: int) -> None:
        super().__init__()
        self._spark, self._folder, self._files = spark, folder, files
        self._is_over = threading.Event()
        self._victim = max(executors(spark))
        self.killed: int | None = None
        """The executor that was killed, if the run was not over before."""
        self.files_then = 0
        """How many files the folder had."""
        self.after: set[int] = set()
        """The executors at the end."""

    def run(self) -> None:
        while not self._is_over.is_set():
            self.files_then = len(list(self._folder.glob("[0-9]*"))) if self._folder.is_dir() else 0
            if self.files_then > 0:
                os.kill(self._victim, signal.SIGKILL)
                self.killed = self._victim
                return
            time.sleep(0.001)

    def __enter__(self) -> Killer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self.join()
        self.after = executors(self._spark)
