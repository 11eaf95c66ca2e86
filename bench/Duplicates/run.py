"""Fills a table with clustered vectors and planted groups of near copies, searches it for duplicates, and checks and measures the search.

The service must be running and have no table named bench_duplicates; it is dropped at the end. Rows lie around centres as embeddings of
products do: two rows of one centre have scores up to 0.95. Centres are those of --vectors, which scores.py writes, or random ones. Needs NumPy.
"""
import argparse
import base64
import json
import random
import sys
import threading
import time
import urllib.request

import numpy

TABLE = "/v1/tables/bench_duplicates"
LINES = 20_000


def call(address, method, path, body=None):
    request = urllib.request.Request(address + path, data=body, method=method)
    with urllib.request.urlopen(request, timeout=600) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def unit(values):
    return values / numpy.linalg.norm(values, axis=-1, keepdims=True)


def noisy(choice, vectors, share):
    """Adds noise of a length to each vector."""
    noise = unit(choice.standard_normal(vectors.shape))
    return unit(vectors + noise * numpy.asarray(share)[..., None])


def rows_of(choice, centres, count, groups):
    """The keys and vectors of rows, and the planted groups by their keys."""
    sizes = [choice.integers(2, 7) for _ in range(groups)]
    alone = count - sum(sizes)
    picked = centres[choice.integers(0, len(centres), alone + groups)]
    rows = noisy(choice, picked, numpy.sqrt(choice.uniform(0.2, 1.0, alone + groups)))
    keys, vectors, planted = [f"r{i}" for i in range(alone)], [rows[:alone]], []
    for group, size in enumerate(sizes):
        original = rows[alone + group]
        cosines = 2 * choice.uniform(0.975, 0.9999, size - 1) - 1
        copies = noisy(choice, numpy.repeat(original[None], size - 1, axis=0), numpy.sqrt(1 / cosines**2 - 1))
        vectors += [original[None], copies]
        names = [f"g{group}-{i}" for i in range(size)]
        keys += names
        planted.append(frozenset(names))
    vectors = numpy.concatenate(vectors).astype("<f4")
    order = choice.permutation(len(keys))
    return [keys[i] for i in order], vectors[order], set(planted)


def store(address, keys, vectors):
    began = time.monotonic()
    for first in range(0, len(keys), LINES):
        lines = "\n".join(
            json.dumps({"key": key, "vector": base64.b64encode(vector.tobytes()).decode()})
            for key, vector in zip(keys[first : first + LINES], vectors[first : first + LINES])
        )
        begun = call(address, "POST", f"{TABLE}/imports", lines.encode())
        while (status := call(address, "GET", f"/v1/imports/{begun['id']}"))["state"] == "running":
            time.sleep(0.1)
        if status["failed"]:
            sys.exit(f"the import did not store all rows: {status}")
    print(f"{len(keys)} rows stored in {time.monotonic() - began:.0f} s", flush=True)


class Searches(threading.Thread):
    """Searches one after another and keeps the times."""

    def __init__(self, address, vectors):
        super().__init__(daemon=True)
        self.address, self.vectors, self.times, self.ends = address, vectors, [], False

    def run(self):
        while not self.ends:
            vector = base64.b64encode(random.choice(self.vectors).tobytes()).decode()
            began = time.monotonic()
            call(self.address, "POST", f"{TABLE}/search", json.dumps({"vector": vector, "limit": 10}).encode())
            self.times.append(1000 * (time.monotonic() - began))

    def end(self):
        self.ends = True
        self.join()
        return f"{len(self.times)} searches, p50 {numpy.percentile(self.times, 50):.1f} ms, p99 {numpy.percentile(self.times, 99):.1f} ms"


def memory(pid, name):
    if not pid:
        return "?"
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(f"{int(text.split()[1]) >> 10} MB" for text in status if text.startswith(name))


def searched(address, vectors, pid, beside):
    before = memory(pid, "VmRSS")
    searches = Searches(address, vectors)
    if beside:
        searches.start()
    began = time.monotonic()
    call(address, "POST", f"{TABLE}/duplicates", b"")
    peak = 0
    while (job := call(address, "GET", f"{TABLE}/duplicates/job"))["ended"] is None:
        peak = max(peak, int(memory(pid, "VmRSS").split()[0])) if pid else 0
        time.sleep(0.2)
    seconds = time.monotonic() - began
    print(f"{job['state']}: {job['rows']} rows in {seconds:.1f} s, {job['groups']} groups of {job['items']} items; memory {before}, at most {peak} MB")
    if beside:
        print(f"beside it: {searches.end()}")
    groups, cursor = [], ""
    while cursor is not None:
        page = call(address, "GET", f"{TABLE}/duplicates?limit=100{cursor and '&cursor=' + cursor}")
        groups += [(group["count"], frozenset(item["key"] for item in group["items"])) for group in page["groups"]]
        cursor = page["next_cursor"]
    return groups


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("address")
    options.add_argument("--rows", type=int, default=100_000)
    options.add_argument("--groups", type=int, default=1_000)
    options.add_argument("--identical", type=int, default=10_000, help="rows with one vector, added before the second search")
    options.add_argument("--vectors", help="a file of vectors around which rows lie")
    options.add_argument("--pid", type=int, default=0, help="process of the service, for its memory")
    options.add_argument("--idle", type=float, default=20, help="seconds of searches before the first search for duplicates")
    options.add_argument("--wait", type=float, default=0, help="seconds to wait for the graph of the index")
    chosen = options.parse_args()
    created = call(chosen.address, "PUT", TABLE, b"{}")
    dimension = created["model"]["dimension"]
    choice = numpy.random.default_rng(7)
    centres = numpy.load(chosen.vectors) if chosen.vectors else unit(choice.standard_normal((1_000, dimension)))
    keys, vectors, planted = rows_of(choice, centres, chosen.rows, chosen.groups)
    store(chosen.address, keys, vectors)
    time.sleep(chosen.wait)
    alone = Searches(chosen.address, vectors)
    alone.start()
    time.sleep(chosen.idle)
    print(f"alone: {alone.end()}", flush=True)
    right = True
    for beside in (True, False):
        found = {group for _, group in searched(chosen.address, vectors, chosen.pid, beside)}
        right &= found == planted
        print(f"planted groups found {len(found & planted)} of {len(planted)}, other groups {len(found - planted)}", flush=True)
    if chosen.identical:
        same = numpy.repeat(unit(choice.standard_normal((1, dimension))), chosen.identical, axis=0).astype("<f4")
        store(chosen.address, [f"same-{i}" for i in range(chosen.identical)], same)
        groups = searched(chosen.address, vectors, chosen.pid, beside=False)
        found = {group for count, group in groups if count < chosen.identical}
        right &= groups[0][0] == chosen.identical and found == planted
        print(f"largest group {groups[0][0]}, {len(groups[0][1])} of it listed; planted groups found {len(found & planted)} of {len(planted)}, others {len(found - planted)}")
    call(chosen.address, "DELETE", TABLE)
    print("peak memory of the service", memory(chosen.pid, "VmHWM"))
    sys.exit(0 if right else 1)


if __name__ == "__main__":
    main()
