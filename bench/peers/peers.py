#!/usr/bin/env python3
"""Runs exeunt beside other solvers on instances of Li and Lim: the same two cores, the same seconds, one run after the other.

Every result is checked by `exeunt bench pdptw check`, goes into a table as one row and is set beside the others at the end.
Objective: fewest vehicles, then least Euclidean distance in double precision. README.md says how each solver is set.
"""

import argparse
import csv
import hashlib
import os
import platform
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ADAPTERS = {"ortools": "with_ortools.py", "pyvrp": "with_pyvrp.py", "pyvroom": "with_pyvroom.py",
            "pdp_lns": "with_pdp_lns.py", "vrp-cli": "with_vrp_cli.py"}
COLUMNS = ["instance", "class", "solver", "version", "seconds", "seed", "wall", "vehicles", "distance", "valid", "note"]
REFERENCE = ["lc109", "lr112", "lrc204", "lc1_2_4", "lr2_2_2", "lrc1_2_3", "lc1_4_9", "lr2_4_7", "lrc1_4_8",
             "lc1_6_10", "lr1_6_1", "lrc1_6_2", "lc2_10_8", "lr1_10_5", "lrc2_10_7"]
# Two distances closer than this, relatively, are the same tours summed in another order.
SAME = 1e-9


def main():
    options = arguments()
    with tempfile.TemporaryDirectory() as folder:
        # A copy, so that a build meanwhile does not change what is measured.
        options.exeunt = shutil.copy(options.exeunt, folder)
        side_by_side(options)


def side_by_side(options):
    instances = chosen(options)
    best_known = read_best_known(options)
    cores = pin()
    print_machine(cores, options)
    solvers = available(options)
    rows = read_rows(options.out)
    done = {key(row) for row in rows}
    todo = [(path, name) for path in instances for name in solvers
            if (path.stem, path.parent.name, name, solvers[name], f"{options.seconds:g}", str(options.seed)) not in done]
    print(f"{len(instances)} instances, {len(solvers)} solvers, {len(todo)} runs to do", flush=True)
    for path, name in todo:
        row = run(name, solvers[name], path, options)
        append(options.out, row)
        rows.append(row)
        result = f"{row['vehicles']} / {row['distance']}" if row["valid"] == "yes" else "none: " + row["note"]
        print(f"{path.stem:12} {name:8} {row['wall']:>6} s  {result}", flush=True)
    names = {(path.stem, path.parent.name) for path in instances}
    shown = [row for row in rows if (row["instance"], row["class"]) in names and solvers.get(row["solver"]) == row["version"]
             and (row["seconds"], row["seed"]) == (f"{options.seconds:g}", str(options.seed))]
    report(shown, list(solvers), best_known)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--instances", type=Path, required=True, help="folder of instances, folders inside it too")
    parser.add_argument("--only", help="names, separated by commas, or `all` (default: the reference list of 15)")
    parser.add_argument("--seconds", type=float, default=10, help="seconds for each run; pdp_lns and vrp-cli take whole ones")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--exeunt", required=True, help="program exeunt")
    parser.add_argument("--python", default=sys.executable, help="Python that has the peers")
    parser.add_argument("--vrp-cli", default="vrp-cli", help="program vrp-cli")
    parser.add_argument("--pdp-lns", default="pdp_lns", help="program pdp_lns")
    parser.add_argument("--peers", default="all", help=f"names, separated by commas: {', '.join(ADAPTERS)}; `all`; or `none`")
    parser.add_argument("--best-known", type=Path, help="best known values (default: best_known.csv in the folder or above)")
    parser.add_argument("--out", type=Path, required=True, help="table that rows are appended to; its runs are not repeated")
    options = parser.parse_args()
    options.peers = {"all": list(ADAPTERS), "none": []}.get(options.peers, options.peers.split(","))
    unknown = [name for name in options.peers if name not in ADAPTERS]
    if unknown:
        parser.error(f"unknown peers: {', '.join(unknown)}")
    return options


def chosen(options):
    """Paths of the instances to run, by size class (numbers as numbers), then name."""
    def order(path):
        parts = re.split(r"(\d+)", f"{path.parent.name}/{path.stem}")
        return [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts]

    found = sorted(options.instances.rglob("*.txt"), key=order)
    if options.only != "all":
        wanted = options.only.split(",") if options.only else REFERENCE
        missing = sorted(set(wanted) - {path.stem for path in found})
        if missing and options.only:
            sys.exit(f"no such instance in {options.instances}: {', '.join(missing)}")
        if missing:
            print(f"not in {options.instances}, left out: {', '.join(missing)}")
        found = [path for path in found if path.stem in wanted]
    return found or sys.exit(f"no instances in {options.instances}")


def read_best_known(options):
    """Best known vehicles and distance by instance; empty if there is no such table."""
    places = [options.best_known] if options.best_known else [
        folder / "best_known.csv" for folder in (options.instances, options.instances.resolve().parent)]
    for place in places:
        if place.is_file():
            with place.open(newline="", encoding="utf-8") as file:
                return {row["instance"]: (int(row["vehicles"]), float(row["distance"])) for row in csv.DictReader(file)}
    print("no table of best known values: columns that need it stay empty")
    return {}


def pin():
    """Binds this process, and so all that it starts, to the first two cores that it may use."""
    if not hasattr(os, "sched_setaffinity"):
        sys.exit("this system cannot bind a process to cores: the runs would not be side by side")
    cores = sorted(os.sched_getaffinity(0))[:2]
    os.sched_setaffinity(0, cores)
    return cores


def print_machine(cores, options):
    try:
        model = re.search(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text(encoding="utf-8")).group(1)
    except (OSError, AttributeError):
        model = platform.processor() or platform.machine()
    print(f"machine: {model}, {platform.system()}, cores {' and '.join(map(str, cores))}, load {os.getloadavg()[0]:.1f} at the start")
    git = ["git", "-C", str(HERE)]
    commit = subprocess.run([*git, "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    changed = subprocess.run([*git, "status", "--porcelain", "-uno"], capture_output=True, text=True, check=False).stdout.strip()
    print(f"exeunt: this checkout is at commit {commit or 'unknown'}{' with changes' if changed else ''}; program {exeunt_version(options)}")


def exeunt_version(options):
    """Version and the beginning of the program's SHA-256: another build is another solver."""
    said = subprocess.run([options.exeunt, "--version"], capture_output=True, text=True, check=True).stdout.split()[-1]
    return f"{said}+{hashlib.sha256(Path(options.exeunt).read_bytes()).hexdigest()[:8]}"


def available(options):
    """Version by solver, exeunt first; a peer that does not answer is named and left out."""
    solvers = {"exeunt": exeunt_version(options)}
    for name in options.peers:
        try:
            asked = subprocess.run([options.python, str(HERE / ADAPTERS[name]), "--version"], capture_output=True, text=True,
                                   timeout=60, check=False, env=environment(options))
        except (OSError, subprocess.TimeoutExpired) as error:
            sys.exit(f"cannot ask {name} for its version: {error}")
        if asked.returncode:
            print(f"{name}: not installed, left out ({last_line(asked.stderr)})")
        else:
            solvers[name] = asked.stdout.strip()
    print("solvers: " + ", ".join(f"{name} {version}" for name, version in solvers.items()))
    return solvers


def environment(options):
    return {**os.environ, "VRP_CLI": options.vrp_cli, "PDP_LNS": options.pdp_lns, "PYTHONDONTWRITEBYTECODE": "1"}


def run(name, version, path, options):
    """One run in a process group of its own, checked; returns its row."""
    row = dict.fromkeys(COLUMNS, "")
    row.update({"instance": path.stem, "class": path.parent.name, "solver": name, "version": version,
                "seconds": f"{options.seconds:g}", "seed": str(options.seed), "valid": "no"})
    with tempfile.TemporaryDirectory() as folder:
        routes = Path(folder) / "routes.txt"
        start = time.monotonic()
        code, errors = finish(command(name, path, routes, options), 2 * options.seconds + 30, folder, environment(options))
        row["wall"] = f"{time.monotonic() - start:.2f}"
        if code != 0:
            row["note"] = errors if code is None else f"{errors or 'no message'} (exit {code})"
        if routes.is_file():
            row.update(check(path, routes, options, row["note"]))
        elif not row["note"]:
            row["note"] = "no routes written"
    return row


def command(name, path, routes, options):
    if name == "exeunt":
        return [options.exeunt, "bench", "pdptw", "solve", str(path), "--seconds", f"{options.seconds:g}", "--threads", "2",
                "--seed", str(options.seed), "-o", str(routes)]
    return [options.python, str(HERE / ADAPTERS[name]), str(path), f"{options.seconds:g}", str(options.seed), str(routes)]


def finish(arguments_, limit, folder, env):
    """Exit code and last line of standard error; the code is None if the group had to be killed."""
    with open(Path(folder) / "errors", "w+", encoding="utf-8", errors="replace") as errors:
        process = subprocess.Popen(arguments_, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=errors,
                                   start_new_session=True, env=env)
        try:
            code = process.wait(limit)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            # Also after a normal end: a worker that stayed behind would disturb the next run.
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()
        errors.seek(0)
        return code, f"killed after {limit:g} s" if code is None else last_line(errors.read())


def last_line(text):
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1][:200] if lines else ""


def check(path, routes, options, note):
    """What the checker found: the columns vehicles, distance, valid and note."""
    done = subprocess.run([options.exeunt, "bench", "pdptw", "check", str(path), str(routes)], capture_output=True, text=True, check=False)
    figures = re.search(r": (\d+) vehicles, distance ([0-9.]+)", done.stdout)
    if done.returncode == 0 and figures:
        return {"vehicles": figures.group(1), "distance": figures.group(2), "valid": "yes", "note": note}
    said = " ".join((done.stderr or done.stdout).split())[:120]
    return {"note": "; ".join(filter(None, [note, f"infeasible: {said}"]))}


def read_rows(table):
    if not table.is_file():
        return []
    with table.open(newline="", encoding="utf-8") as file:
        reader = csv.DictReader(file)
        if reader.fieldnames != COLUMNS:
            sys.exit(f"{table} has other columns than this script writes")
        return list(reader)


def key(row):
    return tuple(row[column] for column in ("instance", "class", "solver", "version", "seconds", "seed"))


def append(table, row):
    fresh = not table.is_file() or table.stat().st_size == 0
    with table.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        if fresh:
            writer.writeheader()
        writer.writerow(row)


def report(rows, solvers, best_known):
    """A table and a verdict for each size class."""
    classes = sorted({row["class"] for row in rows}, key=lambda name: (not name.isdigit(), name.zfill(9)))
    for class_ in classes:
        results = {name: {row["instance"]: value(row) for row in rows if (row["class"], row["solver"]) == (class_, name)}
                   for name in solvers}
        walls = {name: [float(row["wall"]) for row in rows if (row["class"], row["solver"]) == (class_, name)] for name in solvers}
        print(f"\n## Class {class_}\n")
        print("| solver | runs | valid | wall, s: mean / longest | vehicles | extra vehicles | gap at best known vehicles | distance |")
        print("|---|---|---|---|---|---|---|---|")
        for name in solvers:
            print(summary(name, results[name], walls[name], best_known))
        print()
        for peer in solvers[1:]:
            print(verdict(results["exeunt"], results[peer], peer))
    print("\nVehicles, extra vehicles (over the best known) and distance are sums over a solver's own valid runs: compare them between"
          "\nrows only where all runs are valid. A verdict sums over instances where both have a valid result; a solver without one"
          "\n(\"none\") loses that instance, which the counts of instances show.")


def value(row):
    """Vehicles and distance, or None if there is no valid solution."""
    return (int(row["vehicles"]), float(row["distance"])) if row["valid"] == "yes" else None


def summary(name, results, walls, best_known):
    valid = {instance: found for instance, found in results.items() if found}
    known = {instance: (found, best_known[instance]) for instance, found in valid.items() if instance in best_known}
    extra = sum(found[0] - best[0] for found, best in known.values())
    gaps = [found[1] / best[1] - 1 for found, best in known.values() if found[0] == best[0]]
    cells = [name, str(len(results)), str(len(valid)), f"{sum(walls) / len(walls):.1f} / {max(walls):.1f}" if walls else "",
             str(sum(found[0] for found in valid.values())), f"{extra:+d}" if known else "",
             f"{100 * sum(gaps) / len(gaps):+.3f} % ({len(gaps)})" if gaps else "", f"{sum(found[1] for found in valid.values()):.2f}"]
    return "| " + " | ".join(cells) + " |"


def compare(a, b):
    """-1 if result a is better than b, 0 if they are the same, 1 if it is worse; None loses to any result."""
    if a is None or b is None:
        return (a is None) - (b is None)
    if a[0] != b[0]:
        return -1 if a[0] < b[0] else 1
    if abs(a[1] - b[1]) <= SAME * max(a[1], b[1]):
        return 0
    return -1 if a[1] < b[1] else 1


def verdict(ours, theirs, peer):
    """One line: who has fewer vehicles in sum, or as many and less distance, and how the single instances went."""
    shared = sorted(ours.keys() & theirs.keys())
    both = [instance for instance in shared if ours[instance] and theirs[instance]]
    signs = [compare(ours[instance], theirs[instance]) for instance in shared]
    counts = f"instances better {signs.count(-1)}, same {signs.count(0)}, worse {signs.count(1)}"
    nones = [f"{who} none: {', '.join(names)}" for who, names in (
        (peer, [instance for instance in shared if not theirs[instance]]),
        ("exeunt", [instance for instance in shared if not ours[instance]])) if names]
    tail = "; ".join([counts, *nones])
    if not both:
        return f"- exeunt and {peer}: no instance where both have a valid result; {tail}"
    sums = [(sum(side[instance][0] for instance in both), sum(side[instance][1] for instance in both)) for side in (ours, theirs)]
    word = {-1: "exeunt is ahead of", 0: "exeunt is level with", 1: "exeunt is behind"}[compare(*sums)]
    mine, other = (f"{vehicles} / {distance:.2f}" for vehicles, distance in sums)
    return f"- {word} {peer}: {mine} against {other} on the {len(both)} of {len(shared)} instances where both are valid; {tail}"


if __name__ == "__main__":
    main()
