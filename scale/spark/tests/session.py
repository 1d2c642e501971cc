"""The one session of the tests."""

from __future__ import annotations

import os

from local import cluster
from pyspark.sql import SparkSession


def session() -> SparkSession:
    return cluster(**{"spark.jars": os.environ["BILLING_RULES_JDBC"]})
