"""A cluster of two executors on this machine, for the tests and the bench. A job itself takes what `spark-submit` is given."""

from __future__ import annotations

import os
import sys

from pyspark.sql import SparkSession


def cluster(**settings: str) -> SparkSession:
    """Starts the cluster. Its executors have the Python, the wheel and the modules of this process."""
    here = {
        "spark.driver.host": "127.0.0.1",
        "spark.executorEnv.PYSPARK_PYTHON": sys.executable,
        "spark.executorEnv.PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        # Without these an executor looks for its driver elsewhere, dies, and is replaced for ever.
        "spark.executorEnv.SPARK_LOCAL_IP": "127.0.0.1",
        "spark.executorEnv.SPARK_LOCAL_HOSTNAME": "localhost",
        "spark.sql.shuffle.partitions": "8",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
    }
    builder = SparkSession.builder.master("local-cluster[2,1,1024]")
    for name, value in (here | settings).items():
        builder = builder.config(name, value)
    return builder.getOrCreate()
