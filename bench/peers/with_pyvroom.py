"""VROOM through pyvroom: shipments, fixed costs, exploration level 5, two threads. See README.md for the settings."""

import datetime
import importlib.metadata

from adapter import main


def solve(instance, seconds, _seed):
    import numpy
    import vroom

    matrix = instance.matrix()
    # Costs are of 32 bits in VROOM's input; the cap only matters where it is above what any distance could save.
    fixed = min(instance.beyond_any_distance(matrix), 2**32 - 1)
    problem = vroom.Input()
    problem.set_durations_matrix("car", numpy.array(matrix, dtype="uint32"))

    def window(node):
        return vroom.TimeWindow(*map(instance.scaled, instance.windows[node]))

    def step(node):
        return vroom.ShipmentStep(node, location=node, default_service=instance.scaled(instance.service[node]),
                                  time_windows=[window(node)])

    problem.add_vehicle([
        vroom.Vehicle(number + 1, start=0, end=0, capacity=[instance.capacity], time_window=window(0),
                      costs=vroom.VehicleCosts(fixed=fixed))
        for number in range(instance.vehicles)])
    problem.add_job([vroom.Shipment(step(p), step(d), amount=[instance.demand[p]]) for p, d in instance.pairs])
    solution = problem.solve(exploration_level=5, nb_threads=2, timeout=datetime.timedelta(seconds=seconds))

    routes = {}
    frame = solution.routes
    for vehicle, kind, node in zip(frame["vehicle_id"], frame["type"], frame["location_index"]):
        if kind in ("pickup", "delivery"):
            routes.setdefault(vehicle, []).append(int(node))
    return list(routes.values())


if __name__ == "__main__":
    main(lambda: importlib.metadata.version("pyvroom"), solve)
