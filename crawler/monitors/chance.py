"""How surprising a count of bad pages is, given what the same portal showed before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import exp, lgamma, prod

_ENOUGH_BAD = 3
"""Bad pages in the past from which on it can be told whether they come in lumps."""

_WORTH = 2.0
"""Log likelihood by which lumps must explain the past better than none."""

_PRECISIONS = tuple(2.0**power for power in range(-4, 10))


def surprise(runs: Sequence[tuple[int, int]], past: Sequence[tuple[int, int]]) -> float:
    """Return the chance that these (bad, total) turn out as bad or worse, when ``past`` runs had (bad, total) each.

    The predictive distribution is a beta-binomial with Jeffreys' prior. Bad pages come in lumps (three picture pages in
    a row have no source), so where the past holds enough of them its precision is the one that explains the past runs
    best, never more than the pages seen. Several runs are judged as one; runs in which every page is bad also as that
    many lumps in a row.
    """
    seen_bad, seen = sum(b for b, _ in past), sum(n for _, n in past)
    mean, precision = (seen_bad + 0.5) / (seen + 1), float(seen + 1)
    if seen_bad >= _ENOUGH_BAD:
        precision = _fitting(past, mean, precision)
    as_one = _tail(sum(b for b, _ in runs), sum(n for _, n in runs), mean, precision)
    if any(b < n for b, n in runs):
        return as_one
    return min(as_one, prod(_tail(b, n, mean, precision) for b, n in runs))


def _tail(bad: int, total: int, mean: float, precision: float) -> float:
    return min(1.0, sum(exp(_log_chance(k, total, mean, precision)) for k in range(bad, total + 1)))


def _fitting(past: Sequence[tuple[int, int]], mean: float, most: float) -> float:
    """The greatest precision that explains the past about as well as the best: single pages show no lumps."""
    alike = Counter(past)
    tried = [*(p for p in _PRECISIONS if p < most), most]
    fits = [sum(times * _log_chance(b, n, mean, p) for (b, n), times in alike.items()) for p in tried]
    return max(p for p, fit in zip(tried, fits, strict=True) if fit >= max(fits) - _WORTH)


def _log_chance(k: int, n: int, mean: float, precision: float) -> float:
    a, b = mean * precision, (1 - mean) * precision
    ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    return ways + _log_beta(k + a, n - k + b) - _log_beta(a, b)


def _log_beta(a: float, b: float) -> float:
    return lgamma(a) + lgamma(b) - lgamma(a + b)
