"""The one session of the tests."""

from __future__ import annotations

import atexit
import os

from local import cluster
from pyspark.sql import SparkSession


def session() -> SparkSession:
    spark = cluster(**{"spark.jars": os.environ["BILLING_RULES_JDBC"]})
    # Otherwise the cluster starts its executors again and again while it ends.
    atexit.register(spark.stop)
    return spark
