"""Measures what KEEP_PICTURES costs adds: two services, of which one keeps thumbnails, get the same pictures in turns.

Prints of each turn the adds per second and the CPU time that the service takes for an add, and the ratios. The CPU time is steadier where
the machine has other work. Both services are warmed up for as long as their code is still being compiled. Build src/Api first. Linux only.
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
        """Adds COUNT pictures. Returns adds per second and milliseconds of CPU time for an add."""
        began, used = time.monotonic(), self.cpu_seconds()
        list(pool.map(lambda i: call(self.port, "PUT", f"/v1/tables/bench/items/{first + i}", pictures[(first + i) % len(pictures)]), range(COUNT)))
        return COUNT / (time.monotonic() - began), 1000 * (self.cpu_seconds() - used) / COUNT

    def cpu_seconds(self):
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.data)


COUNT = 200

# Later tiers of the compiler run until about 1,500 adds.
WARM_UP_TURNS = 10


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("images")
    options.add_argument("--service", default="src/Api/bin/Release/net10.0/ImageSearch.Api.dll")
    options.add_argument("--keeps", default="thumbnail")
    options.add_argument("--turns", type=int, default=12)
    options.add_argument("--clients", type=int, default=8)
    chosen = options.parse_args()
    program = os.path.abspath(chosen.service)
    pictures = [path.read_bytes() for path in sorted(pathlib.Path(chosen.images).iterdir()) if path.is_file()]
    services = [Service(program, "none"), Service(program, chosen.keeps)]
    with concurrent.futures.ThreadPoolExecutor(chosen.clients) as pool:
        for service in services:
            for turn in range(WARM_UP_TURNS):
                service.adds(pool, pictures, turn * COUNT)
        measured = []
        for turn in range(WARM_UP_TURNS, WARM_UP_TURNS + chosen.turns):
            # The order changes, so that neither always runs first.
            order = services if turn % 2 else services[::-1]
            results = {service: service.adds(pool, pictures, turn * COUNT) for service in order}
            measured.append([results[service] for service in services])
            (plain, plain_cpu), (kept, kept_cpu) = measured[-1]
            print(f"none {plain:.1f}/s {plain_cpu:.2f} ms, {chosen.keeps} {kept:.1f}/s {kept_cpu:.2f} ms", flush=True)
    rates, times = ([statistics.median(turn[i][j] for turn in measured) for i in range(2)] for j in range(2))
    print(f"medians of {len(measured)} turns of {COUNT} adds by {chosen.clients} clients: none {rates[0]:.1f}/s {times[0]:.2f} ms of CPU, "
          f"{chosen.keeps} {rates[1]:.1f}/s {times[1]:.2f} ms; CPU time of an add {times[1] / times[0]:.3f} times, rate {rates[1] / rates[0]:.3f} times")
    for service in services:
        service.close()


if __name__ == "__main__":
    main()
