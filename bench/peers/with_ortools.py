"""OR-Tools routing: guided local search, two workers with different first solutions. See README.md for the settings."""

import importlib.metadata

from adapter import best_of_two, main


def solve(instance, seconds, seed):
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2

    matrix = instance.matrix()
    count = len(matrix)
    strategies = routing_enums_pb2.FirstSolutionStrategy

    def work(strategy):
        manager = pywrapcp.RoutingIndexManager(count, instance.vehicles, 0)
        routing = pywrapcp.RoutingModel(manager)
        service = [instance.scaled(value) for value in instance.service]
        distance = routing.RegisterTransitMatrix(matrix)
        time = routing.RegisterTransitMatrix([[leg + service[a] for leg in row] for a, row in enumerate(matrix)])
        load = routing.RegisterUnaryTransitVector(instance.demand)
        horizon = instance.scaled(instance.windows[0][1])
        routing.SetArcCostEvaluatorOfAllVehicles(distance)
        routing.SetFixedCostOfAllVehicles(instance.beyond_any_distance(matrix))
        routing.AddDimension(time, horizon, horizon, False, "time")
        routing.AddDimension(load, 0, instance.capacity, True, "load")
        times = routing.GetDimensionOrDie("time")
        for node, (earliest, latest) in enumerate(instance.windows):
            if node:
                index = manager.NodeToIndex(node)
                times.CumulVar(index).SetRange(instance.scaled(earliest), min(instance.scaled(latest), horizon))
        solver = routing.solver()
        solver.ReSeed(seed)
        for pickup, delivery in instance.pairs:
            p, d = manager.NodeToIndex(pickup), manager.NodeToIndex(delivery)
            routing.AddPickupAndDelivery(p, d)
            solver.Add(routing.VehicleVar(p) == routing.VehicleVar(d))
            solver.Add(times.CumulVar(p) <= times.CumulVar(d))

        parameters = pywrapcp.DefaultRoutingSearchParameters()
        parameters.first_solution_strategy = strategy
        parameters.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
        parameters.time_limit.FromMilliseconds(round(1000 * seconds))
        found = routing.SolveWithParameters(parameters)
        if found is None:
            return None
        routes = []
        for vehicle in range(instance.vehicles):
            route, index = [], found.Value(routing.NextVar(routing.Start(vehicle)))
            while not routing.IsEnd(index):
                route.append(manager.IndexToNode(index))
                index = found.Value(routing.NextVar(index))
            routes.append(route)
        return routes

    return best_of_two(instance, work, [strategies.PARALLEL_CHEAPEST_INSERTION, strategies.LOCAL_CHEAPEST_INSERTION])


if __name__ == "__main__":
    main(lambda: importlib.metadata.version("ortools"), solve)
