"""pdp_lns through its program, whose path is in PDP_LNS. See README.md for why not its Python module."""

import os
import re
import subprocess
import sys

from adapter import main

BINARY = os.environ.get("PDP_LNS", "pdp_lns")
# Its workers beside the main thread; it runs eight all the same once it looks for distance only.
os.environ.setdefault("GES_THREADS", "2")


def version():
    """From what cargo wrote down beside the folder of the program: the program itself knows no --version."""
    subprocess.run([BINARY], capture_output=True, check=False)
    listing = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(BINARY))), ".crates.toml")
    try:
        with open(listing, encoding="utf-8") as file:
            return re.search(r'"pdp_lns (\S+)', file.read()).group(1)
    except (OSError, AttributeError):
        return "unknown"


def solve(instance, seconds, seed):
    done = subprocess.run([BINARY, instance.path, str(max(1, int(seconds))), str(seed)], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit("pdp_lns: " + " ".join(done.stderr.split())[-300:])
    lines = re.findall(r"^ *Route \d+: (.*)$", done.stdout, re.MULTILINE)
    return [[int(node) for node in line.split(" -> ") if node != "0"] for line in lines]


if __name__ == "__main__":
    main(version, solve)
