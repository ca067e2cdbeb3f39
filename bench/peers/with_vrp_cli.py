"""vrp-cli in its pragmatic format, its path in VRP_CLI. See README.md for the settings and for why not its own Li-Lim reader."""

import datetime
import json
import os
import subprocess
import sys
import tempfile

from adapter import main

BINARY = os.environ.get("VRP_CLI", "vrp-cli")
DAY_ZERO = datetime.datetime(2000, 1, 1, tzinfo=datetime.timezone.utc)


def version():
    return subprocess.run([BINARY, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]


def solve(instance, seconds, _seed):
    with tempfile.TemporaryDirectory() as folder:
        files = {name: os.path.join(folder, name + ".json") for name in ("problem", "matrix", "solution")}
        flat = [leg for row in instance.matrix() for leg in row]
        dump(problem(instance), files["problem"])
        dump({"profile": "car", "travelTimes": flat, "distances": flat}, files["matrix"])
        done = subprocess.run(
            [BINARY, "solve", "pragmatic", files["problem"], "-m", files["matrix"], "-o", files["solution"],
             "--max-time", str(max(1, int(seconds))), "--parallelism", "1,2"],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            sys.exit("vrp-cli: " + " ".join(done.stderr.split())[:300])
        with open(files["solution"], encoding="utf-8") as file:
            solution = json.load(file)
    delivery_of = dict(instance.pairs)
    routes = []
    for tour in solution["tours"]:
        steps = [activity for stop in tour["stops"] for activity in stop["activities"]]
        routes.append([int(step["jobId"]) if step["type"] == "pickup" else delivery_of[int(step["jobId"])]
                       for step in steps if step["type"] in ("pickup", "delivery")])
    return routes


def problem(instance):
    def at(time):
        moment = DAY_ZERO + datetime.timedelta(seconds=instance.scaled(time))
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")

    def task(node, amount):
        place = {"location": {"index": node}, "duration": float(instance.scaled(instance.service[node])),
                 "times": [[at(time) for time in instance.windows[node]]]}
        return {"places": [place], "demand": [amount]}

    opens, closes = instance.windows[0]
    depot = {"index": 0}
    return {
        "plan": {"jobs": [{"id": str(p), "pickups": [task(p, instance.demand[p])], "deliveries": [task(d, instance.demand[p])]}
                          for p, d in instance.pairs]},
        "fleet": {
            "vehicles": [{
                "typeId": "vehicle", "vehicleIds": [f"vehicle_{number}" for number in range(instance.vehicles)],
                "profile": {"matrix": "car"}, "costs": {"fixed": 0.0, "distance": 1.0, "time": 0.0},
                "shifts": [{"start": {"earliest": at(opens), "location": depot}, "end": {"latest": at(closes), "location": depot}}],
                "capacity": [instance.capacity]}],
            "profiles": [{"name": "car"}]},
        "objectives": [{"type": "minimize-unassigned"}, {"type": "minimize-tours"}, {"type": "minimize-cost"}],
    }


def dump(value, path):
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file)


if __name__ == "__main__":
    main(version, solve)
