"""The replay of a plan once more, with SimPy and Python's own random numbers.

Reads what `exeunt bench simulate --dump` writes (docs/model.md, section 13) and shares no code with exeunt. Every
activity is a process. It waits until the moments before it are known, draws what is uncertain of it, makes its own two
moments known, and then takes place in simulated time. Moments are made known ahead of time because an aircraft cannot
wait in the air: who takes off must know when the stand at the other end becomes free.
"""

import json
import math
import random
import sys
import time
from statistics import NormalDist

import simpy

NEVER = math.inf
NORMAL = NormalDist()
Z90 = NORMAL.inv_cdf(0.9)
DAY = 86_400
DAYS_BACK = 3
FARTHEST = 1 / 65_536


class Replication:
    """One course of events."""

    def __init__(self, plan, rng):
        self.plan = plan
        self.rng = rng
        self.env = simpy.Environment()
        self.known = [self.env.event() for _ in range(2 * len(plan["nodes"]))]
        self.shared = [rng.gauss(0, 1) for _ in range(plan["factors"])]
        self.closures = [self.draw_closures(series) for series in plan["series"]]
        self.decided = [self.draw(*decision) for decision in plan["decisions"]]
        self.ended = {}

    def draw(self, row, slot):
        """Returns a value of a row: a factor, or seconds."""
        row = self.plan["rows"][row]
        none = 1.0 if row["is_factor"] else 0
        if slot is None:
            p = self.rng.random()
        else:
            weight = row["weight"]
            own = math.sqrt(1 - weight * weight)
            p = NORMAL.cdf(weight * self.shared[slot] + own * self.rng.gauss(0, 1))
        if p < 1 - row["chance"]:
            return none
        q = (p - (1 - row["chance"])) / row["chance"]
        q = min(max(q, FARTHEST), 1 - FARTHEST)
        if row["shape"] == "fixed":
            value = row["median"]
        elif row["shape"] == "lognormal":
            sigma = math.log(row["p90"] / row["median"]) / Z90
            value = row["median"] * math.exp(sigma * NORMAL.inv_cdf(q))
        else:
            value = -row["median"] * math.log(1 - q) / math.log(2)
        return value if row["is_factor"] else round(value)

    def draw_closures(self, series):
        """Returns begin and end of what is closed, by day; none where it is open."""
        closures = []
        for day, slot in enumerate(series["days"]):
            lasts = self.draw(series["row"], slot)
            begins = self.plan["midnight"] + day * DAY + int(self.rng.random() * DAY)
            closures.append((begins, begins + min(lasts, DAYS_BACK * DAY)) if lasts > 0 else None)
        return closures

    def closed_until(self, series, t):
        """Returns until when a series is closed at a moment."""
        if t == NEVER:
            return -NEVER
        day = int((t - self.plan["midnight"]) // DAY)
        until = -NEVER
        for closure in self.closures[series][max(0, day - DAYS_BACK) : max(0, day + 1)]:
            if closure and closure[0] <= t < closure[1]:
                until = max(until, closure[1])
        return until

    def opened(self, node, t, lasts):
        """Returns the first moment from `t` on at which hours and closures let a node start."""
        while t < NEVER:
            begin = t
            if node["windows"]:
                t = next((max(t, a) for a, b in node["windows"] if t < b), NEVER)
            offsets = ((series, lasts if at_end else 0) for series, at_end in node["closed"])
            t = max([t, *(self.closed_until(series, t + after) - after for series, after in offsets)])
            if t == begin:
                break
        return t

    def activity(self, position, node):
        """An activity: knows when it starts as soon as all before it is known, then takes place."""
        lasts = node["duration"]
        if node["factor"]:
            lasts = int(lasts * self.draw(*node["factor"]))
        starts = node["not_before"]
        for moment, lag in node["start_after"]:
            known = self.known[moment]
            at = known.value if known.triggered else (yield known)
            starts = max(starts, at + lag)
        for moment, lag in node["end_after"]:
            known = self.known[moment]
            at = known.value if known.triggered else (yield known)
            starts = max(starts, at + lag - lasts)
        for decision, allowed in node["gates"]:
            starts = max(starts, allowed + self.decided[decision])
        starts += max((self.draw(*delay) for delay in node["delays"]), default=0)
        starts = self.opened(node, starts, lasts)
        self.known[2 * position].succeed(starts)
        self.known[2 * position + 1].succeed(starts + lasts)
        if starts == NEVER:
            return
        # simulated time begins before the first activity
        yield self.env.timeout(starts - self.plan["begins"] - self.env.now)
        yield self.env.timeout(lasts)
        self.ended[position] = self.env.now + self.plan["begins"]

    def run(self):
        """Returns the last arrival of all."""
        for position, node in enumerate(self.plan["nodes"]):
            self.env.process(self.activity(position, node))
        self.env.run()
        last = -NEVER
        for moment in self.plan["closure"]:
            ends = self.ended.get(moment // 2, NEVER)
            assert moment % 2 == 1, "a closure is the end of something"
            last = max(last, ends)
        return last


def main():
    path, seed, first, replications = sys.argv[1], *map(int, sys.argv[2:5])
    with open(path, encoding="utf-8") as file:
        plan = json.load(file)
    plan["begins"] = min(node["not_before"] for node in plan["nodes"])
    begun = time.process_time()
    closures = []
    for number in range(first, first + replications):
        rng = random.Random(seed * 1_000_003 + number)
        last = Replication(plan, rng).run()
        closures.append(None if last == NEVER else int(last) + plan["start"])
    json.dump({"seconds": time.process_time() - begun, "closures": closures}, sys.stdout)


if __name__ == "__main__":
    main()
