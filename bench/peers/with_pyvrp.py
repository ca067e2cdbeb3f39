"""PyVRP with shipments: two workers, one with a fixed cost only, one that looks for a small fleet first. See README.md."""

import importlib.metadata

from adapter import best_of_two, main


def solve(instance, seconds, seed):
    import numpy
    import pyvrp
    import pyvrp.stop

    matrix = instance.matrix()
    scaled = instance.scaled

    def step(name, node):
        earliest, latest = instance.windows[node]
        return {f"{name}_location": node, f"{name}_tw_early": scaled(earliest), f"{name}_tw_late": scaled(latest),
                f"{name}_service_duration": scaled(instance.service[node])}

    opens, closes = map(scaled, instance.windows[0])
    square = numpy.array(matrix, dtype=numpy.int64)
    vehicle = pyvrp.VehicleType(num_available=instance.vehicles, capacity=[instance.capacity], tw_early=opens, tw_late=closes,
                                fixed_cost=instance.beyond_any_distance(matrix))
    data = pyvrp.ProblemData(
        [pyvrp.Location(x, y) for x, y in instance.points], [], [pyvrp.Depot(location=0, tw_early=opens, tw_late=closes)],
        [vehicle], [square], [square], [],
        [pyvrp.Shipment(**step("pickup", p), **step("delivery", d), amount=[instance.demand[p]]) for p, d in instance.pairs])

    def work(share_for_fleet):
        problem = data
        if share_for_fleet:
            fleet = pyvrp.minimise_fleet(data, pyvrp.stop.MaxRuntime(seconds * share_for_fleet), seed)
            problem = data.replace(vehicle_types=[fleet])
        stop = pyvrp.stop.MaxRuntime(seconds * (1 - share_for_fleet))
        best = pyvrp.solve(problem, stop, seed, collect_stats=False, display=False).best
        return routes_of(best, instance) if best.is_feasible() else None

    return best_of_two(instance, work, [0.0, 0.5])


def routes_of(solution, instance):
    """Node ids; a pickup or delivery is known by the number of its shipment."""
    return [[instance.pairs[a.idx][0 if a.is_pickup() else 1] for a in route if a.is_shipment()] for route in solution.routes()]


if __name__ == "__main__":
    main(lambda: importlib.metadata.version("pyvrp"), solve)
