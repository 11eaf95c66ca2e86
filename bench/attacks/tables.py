#!/usr/bin/env python3
"""Makes many tables and says how fast, and what a search beside it takes.

    python3 bench/attacks/tables.py http://127.0.0.1:5000 --tables 10000 --connections 8 --picture tests/data/pictures/baseline.jpg

Prints creates/s of each thousand (or --step), and the p50 and p99 of a search of one small table, first alone and then beside the
creates. Needs Python's standard library only. The tables are called PREFIX0, PREFIX1, ... and stay.
"""
import argparse
import base64
import http.client
import json
import threading
import time
import urllib.parse


class Client:
    def __init__(self, url, token):
        self.url = urllib.parse.urlsplit(url)
        self.headers = {"Content-Type": "application/json", **({"token": token} if token else {})}
        self.connection = None

    def post(self, path, body=None):
        """The answer, parsed; a status of 503 is tried again after a moment."""
        while True:
            if self.connection is None:
                self.connection = http.client.HTTPConnection(self.url.hostname, self.url.port, timeout=300)
            try:
                self.connection.request("POST", path, None if body is None else json.dumps(body), self.headers)
                answer = self.connection.getresponse()
                data = answer.read()
            except (http.client.HTTPException, OSError):
                self.connection.close()
                self.connection = None
                raise
            if answer.status == 503:
                time.sleep(0.05)
                continue
            return json.loads(data)


def quantiles(times):
    times = sorted(times)
    if not times:
        return "no search"
    return "p50 %.1f ms, p99 %.1f ms, max %.1f ms, n = %d" % (
        times[len(times) // 2] * 1e3, times[len(times) * 99 // 100] * 1e3, times[-1] * 1e3, len(times))


def search(options, picture, until, times):
    client = Client(options.url, options.token)
    while not until():
        began = time.perf_counter()
        answer = client.post("/milvus/img/search", {"table": options.prefix + "searched", "image": picture, "topk": 5})
        if answer["code"] != 10000:
            raise SystemExit(answer["message"])
        times.append(time.perf_counter() - began)
        time.sleep(0.02)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--tables", type=int, default=10000)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--step", type=int, default=1000)
    parser.add_argument("--prefix", default="shop")
    parser.add_argument("--picture", required=True, help="a small picture file to add and search")
    parser.add_argument("--alone-seconds", type=float, default=8)
    parser.add_argument("--token")
    options = parser.parse_args()
    with open(options.picture, "rb") as file:
        picture = base64.b64encode(file.read()).decode()

    first = Client(options.url, options.token)
    first.post("/milvus/img/table?table=" + options.prefix + "searched")
    first.post("/milvus/img/add", {"table": options.prefix + "searched", "image": picture})
    for _ in range(20):
        first.post("/milvus/img/search", {"table": options.prefix + "searched", "image": picture})
    alone, end = [], time.perf_counter() + options.alone_seconds
    search(options, picture, lambda: time.perf_counter() > end, alone)
    print("search alone:          " + quantiles(alone), flush=True)

    lock, beside, made = threading.Lock(), [], [0, 0]
    done = threading.Event()
    marks = [time.perf_counter()]

    def create():
        client = Client(options.url, options.token)
        while True:
            with lock:
                number = made[0]
                made[0] += 1
            if number >= options.tables:
                return
            answer = client.post("/milvus/img/table?table=%s%d" % (options.prefix, number))
            if answer["code"] != 10000:
                print(answer["message"], flush=True)
                made[0] = options.tables
                return
            with lock:
                made[1] += 1
                if made[1] % options.step == 0:
                    now = time.perf_counter()
                    part = beside[made[2] if len(made) > 2 else 0:]
                    made[2:] = [len(beside)]
                    print("%6d tables: %.0f creates/s; search beside: %s" % (
                        made[1], options.step / (now - marks[0]), quantiles(part)), flush=True)
                    marks[0] = now

    searcher = threading.Thread(target=search, args=(options, picture, done.is_set, beside))
    creators = [threading.Thread(target=create) for _ in range(options.connections)]
    began = time.perf_counter()
    for thread in [searcher, *creators]:
        thread.start()
    for thread in creators:
        thread.join()
    took = time.perf_counter() - began
    done.set()
    searcher.join()
    print("%d tables in %.1f s: %.0f creates/s" % (made[1], took, made[1] / took))
    print("search beside creates: " + quantiles(beside))
    alone, end = [], time.perf_counter() + options.alone_seconds
    search(options, picture, lambda: time.perf_counter() > end, alone)
    print("search alone after:    " + quantiles(alone))


if __name__ == "__main__":
    main()
