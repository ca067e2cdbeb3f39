"""What the adapters share: reading an instance, integer matrices, two workers, writing routes.

An adapter is called as `with_NAME.py INSTANCE SECONDS SEED OUT`, or with `--version` alone. It exits with 0 when it wrote
routes for all stops, otherwise with another code and one line that says why. It does not judge its routes: the driver has
them checked.
"""

import math
import multiprocessing
import sys
import time

# Integer units in one unit of the instance. Windows and service times are whole numbers there, so that they stay exact.
SCALE = 1000


class Instance:
    """An instance of Li and Lim; node 0 is the depot."""

    def __init__(self, path):
        with open(path, encoding="utf-8") as lines:
            rows = [[float(word) for word in line.split()] for line in lines if line.strip()]
        self.path = path
        self.vehicles, self.capacity = int(rows[0][0]), int(rows[0][1])
        nodes = sorted(rows[1:])
        assert [int(node[0]) for node in nodes] == list(range(len(nodes))), "node ids are not 0, 1, 2, ..."
        self.points = [(node[1], node[2]) for node in nodes]
        self.demand = [int(node[3]) for node in nodes]
        self.windows = [(node[4], node[5]) for node in nodes]
        self.service = [node[6] for node in nodes]
        self.pairs = [(int(node[0]), int(node[8])) for node in nodes[1:] if node[8] > 0]
        assert 2 * len(self.pairs) == len(nodes) - 1, "not every node is of a pair"
        for values in [*self.windows, self.service]:
            assert all(float(value * SCALE).is_integer() for value in values), "a time is finer than the scale"

    def scaled(self, value):
        """A time of the instance in integer units."""
        return round(value * SCALE)

    def matrix(self):
        """Distances = travel times in integer units, rounded up: routes in time by these are in time by the true ones."""
        return [[math.ceil(math.dist(a, b) * SCALE) for b in self.points] for a in self.points]

    def beyond_any_distance(self, matrix):
        """A fixed cost of a vehicle that no saving of distance outweighs: every pair in a tour of its own costs less."""
        return sum(matrix[0][p] + matrix[p][d] + matrix[d][0] for p, d in self.pairs)

    def cost(self, routes):
        """Vehicles, then distance in double precision."""
        legs = (zip([0, *route], [*route, 0]) for route in routes)
        return len(routes), sum(math.dist(self.points[a], self.points[b]) for route in legs for a, b in route)


def write(routes, out):
    with open(out, "w", encoding="utf-8") as file:
        file.writelines(" ".join(map(str, route)) + "\n" for route in routes if route)


def best_of_two(instance, work, ways):
    """The better result of two workers, one for each way: this is how a peer with one thread gets the use of both cores."""
    fork = multiprocessing.get_context("fork")
    workers = []
    for way in ways:
        mine, theirs = fork.Pipe(duplex=False)
        process = fork.Process(target=lambda: theirs.send(work(way)))
        process.start()
        theirs.close()
        workers.append((process, mine))
    found = []
    for process, mine in workers:
        try:
            found.append(mine.recv())
        except EOFError:  # it died; its own message is on standard error, and the other's routes still count
            pass
        process.join()
    found = [[route for route in routes if route] for routes in found if routes]
    return min(found, key=instance.cost, default=None)


def main(version, solve):
    """Runs `solve(instance, seconds, seed)`, which returns routes or None."""
    if sys.argv[1:] == ["--version"]:
        print(version())
        return
    if len(sys.argv) != 5:
        sys.exit(f"usage: {sys.argv[0]} INSTANCE SECONDS SEED OUT")
    path, seconds, seed, out = sys.argv[1:]
    start = time.monotonic()
    instance = Instance(path)
    routes = solve(instance, float(seconds), int(seed))
    if not routes:
        sys.exit(f"no solution after {time.monotonic() - start:.1f} s")
    write(routes, out)
    missing = len(instance.points) - 1 - sum(map(len, routes))
    if missing:
        sys.exit(f"{missing} stops not served")
