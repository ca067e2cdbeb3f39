"""Compares two samples of closures (Kolmogorov and Smirnov, two samples) and two speeds."""

import json
import math
import sys


def statistic(one, other):
    """Returns the greatest distance between the two distribution functions."""
    points = sorted(set(one) | set(other))
    one, other = sorted(one), sorted(other)
    i = j = 0
    most = 0.0
    for point in points:
        while i < len(one) and one[i] <= point:
            i += 1
        while j < len(other) and other[j] <= point:
            j += 1
        most = max(most, abs(i / len(one) - j / len(other)))
    return most


def main():
    outcome, rate, *parts = sys.argv[1:]
    with open(outcome, encoding="utf-8") as file:
        many = json.load(file)["closure"]
    theirs, seconds = [], 0.0
    for part in parts:
        with open(part, encoding="utf-8") as file:
            part = json.load(file)
        theirs += part["closures"]
        seconds += part["seconds"]
    # as many of exeunt's for the test of the distributions; all of them for the count of what is rare
    ours = many[: len(theirs)]
    never = lambda sample: [math.inf if t is None else t for t in sample]
    d = statistic(never(ours), never(theirs))
    n, m = len(ours), len(theirs)
    # at 1 % the hypothesis of one distribution is rejected above this (Smirnov 1948; ties only lower the chance)
    limit = math.sqrt(-math.log(0.005) / 2) * math.sqrt((n + m) / (n * m))
    verdict = "not rejected" if d <= limit else "REJECTED"
    print(f"closure, {n} replications of exeunt and {m} of SimPy: D = {d:.4f}, limit at 1 % = {limit:.4f}: {verdict}")
    # a rare end weighs little in D, so it is counted by itself: a difference of two shares, at 1 %
    ends = [sum(t is None for t in sample) for sample in (many, theirs)]
    share = sum(ends) / (len(many) + m)
    spread = math.sqrt(share * (1 - share) * (1 / len(many) + 1 / m)) or 1.0
    z = (ends[0] / len(many) - ends[1] / m) / spread
    alike = abs(z) <= 2.576
    print(f"never closed: {ends[0]} of {len(many)} and {ends[1]} of {m}, z = {z:.2f}, limit at 1 % = 2.58: {'not rejected' if alike else 'REJECTED'}")
    slow = m / seconds
    print(f"replications/s on one core: exeunt {float(rate):.0f}, SimPy {slow:.1f}, ratio {float(rate) / slow:.0f}")
    sys.exit(d > limit or not alike)


if __name__ == "__main__":
    main()
