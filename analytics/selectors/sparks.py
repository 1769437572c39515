"""Trend lines without axes: a share by month."""

import numpy as np
from numpy.typing import ArrayLike

from analytics.figures import Spark, percent, spark_line
from analytics.selectors.months import MonthAxis, span_text
from analytics.selectors.shares import WITHHELD, state_of


def share_spark(counts: ArrayLike, totals: ArrayLike, axis: MonthAxis) -> Spark:
    """Return counts / totals over the finished months of `axis`; months of fewer than ten postings are gaps."""
    pairs = [(int(count), int(n)) for count, n in zip(np.asarray(counts), np.asarray(totals), strict=True)]
    shares = [None if state_of(n) == WITHHELD else count / n for count, n in pairs]
    known = [share for share in shares if share is not None]
    if len(known) < 2:
        return spark_line([], text="Too few dated postings for a trend")
    span = span_text(axis.months[0], axis.months[len(shares) - 1])
    return spark_line(shares, text=f"Share by month, {span}; last {percent(known[-1])}")
