"""Measures what KEEP_PICTURES costs adds: two services, of which one keeps thumbnails, get the same pictures in turns.

Prints the adds per second of each turn and their ratio. Build src/Api first.
"""
import argparse
import concurrent.futures
import http.client
import os
import pathlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

CONNECTIONS = threading.local()


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def call(port, method, path, body=None, kind="image/jpeg"):
    connections = CONNECTIONS.__dict__.setdefault("all", {})
    connection = connections.get(port) or connections.setdefault(port, http.client.HTTPConnection("127.0.0.1", port, timeout=60))
    connection.request(method, path, body=body, headers={"Content-Type": kind} if body else {})
    answer = connection.getresponse()
    answer.read()
    if answer.status >= 300:
        sys.exit(f"{method} {path} was answered with {answer.status}")


class Service:
    def __init__(self, program, keeps):
        self.port, self.data = free_port(), tempfile.mkdtemp()
        settings = dict(os.environ, KEEP_PICTURES=keeps, DATA_PATH=self.data)
        self.process = subprocess.Popen(
            ["dotnet", program, "--urls", f"http://127.0.0.1:{self.port}"], env=settings, stdout=subprocess.DEVNULL, cwd=self.data)
        for _ in range(600):
            try:
                call(self.port, "PUT", "/v1/tables/bench", b"{}", "application/json")
                return
            except OSError:
                CONNECTIONS.__dict__.clear()
                time.sleep(0.1)
        sys.exit("a service did not start")

    def adds(self, pool, pictures, first):
        began = time.monotonic()
        list(pool.map(lambda i: call(self.port, "PUT", f"/v1/tables/bench/items/{first + i}", pictures[(first + i) % len(pictures)]), range(COUNT)))
        return COUNT / (time.monotonic() - began)

    def close(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.data)


COUNT = 100


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("images")
    options.add_argument("--service", default="src/Api/bin/Release/net10.0/ImageSearch.Api.dll")
    options.add_argument("--keeps", default="thumbnail")
    options.add_argument("--turns", type=int, default=12)
    chosen = options.parse_args()
    program = os.path.abspath(chosen.service)
    pictures = [path.read_bytes() for path in sorted(pathlib.Path(chosen.images).iterdir()) if path.is_file()]
    services = [Service(program, "none"), Service(program, chosen.keeps)]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        for service in services:
            for turn in range(4):
                service.adds(pool, pictures, turn * COUNT)
        ratios = []
        for turn in range(4, 4 + chosen.turns):
            # The order changes, so that neither always runs first.
            order = services if turn % 2 else services[::-1]
            rates = {service: service.adds(pool, pictures, turn * COUNT) for service in order}
            ratios.append(rates[services[1]] / rates[services[0]])
            print(f"none {rates[services[0]]:.1f}/s, {chosen.keeps} {rates[services[1]]:.1f}/s, ratio {ratios[-1]:.3f}", flush=True)
    print(f"median ratio {statistics.median(ratios):.3f} of {len(ratios)} turns of {COUNT} adds")
    for service in services:
        service.close()


if __name__ == "__main__":
    main()
