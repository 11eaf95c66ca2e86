"""Imports vectors into one service, exports them, imports the export into another, and compares 200 searches.

Both services must be running and have no table named bench. Prints times, rates and the peak memory of both processes.
"""
import argparse
import base64
import json
import random
import struct
import sys
import time
import urllib.request


def call(address, method, path, body=None):
    data = json.dumps(body).encode() if isinstance(body, dict) else body
    request = urllib.request.Request(address + path, data=data, method=method)
    if isinstance(body, dict):
        request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=600) as answer:
        return answer.read()


def line(number, dimension):
    choice = random.Random(number)
    values = [choice.gauss(0, 1) for _ in range(dimension)]
    length = sum(value * value for value in values) ** 0.5
    row = {"vector": base64.b64encode(struct.pack(f"<{dimension}f", *(value / length for value in values))).decode()}
    row["id"] = 3 * number
    if number % 3:
        row["key"] = f"key-{number}"
    if number % 2:
        row["attributes"] = {"price": number % 100, "brand": f"brand {number % 7}"}
        row["product_id"] = f"p{number // 4}"
    return json.dumps(row)


def store(address, table, lines):
    began = time.monotonic()
    begun = json.loads(call(address, "POST", f"/v1/tables/{table}/imports", lines))
    received = time.monotonic() - began
    while True:
        status = json.loads(call(address, "GET", f"/v1/imports/{begun['id']}"))
        if status["state"] != "running":
            break
        time.sleep(0.05)
    seconds = time.monotonic() - began
    if (status["state"], status["failed"]) != ("finished", 0):
        sys.exit(f"the import did not store all rows: {status}")
    return status["stored"], received, seconds


def peak(pid):
    if not pid:
        return "?"
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(text.split(":")[1].strip() for text in status if text.startswith("VmHWM"))


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("source")
    options.add_argument("target")
    options.add_argument("--rows", type=int, default=20_000)
    options.add_argument("--pids", nargs=2, type=int, default=[0, 0])
    chosen = options.parse_args()
    table = {"attributes": [{"name": "price", "type": "number"}, {"name": "brand", "type": "string"}]}
    for address in (chosen.source, chosen.target):
        created = json.loads(call(address, "PUT", "/v1/tables/bench", table))
    dimension = created["model"]["dimension"]
    lines = "\n".join(line(number, dimension) for number in range(1, chosen.rows + 1)).encode()
    rows, received, seconds = store(chosen.source, "bench", lines)
    print(f"import of vectors: {rows} rows in {seconds:.1f} s ({rows / seconds:.0f} rows/s), list of {len(lines) >> 20} MB received in {received:.1f} s")
    print(f"memory of the source after the import: {peak(chosen.pids[0])}")
    began = time.monotonic()
    export = call(chosen.source, "GET", "/v1/tables/bench/export")
    seconds = time.monotonic() - began
    print(f"export: {export.count(10)} rows, {len(export) >> 20} MB in {seconds:.1f} s; memory of the source {peak(chosen.pids[0])}")
    rows, received, seconds = store(chosen.target, "bench", export)
    print(f"import of the export: {rows} rows in {seconds:.1f} s ({rows / seconds:.0f} rows/s), received in {received:.1f} s; memory of the target {peak(chosen.pids[1])}")
    differ = 0
    for number in range(1, 201):
        search = {"vector": json.loads(line(number * 97 + 13, dimension))["vector"], "limit": 10}
        if number % 2:
            search["filter"] = f"price < {number % 50 + 1} and brand = \"brand {number % 7}\""
        one, other = (call(address, "POST", "/v1/tables/bench/search", search) for address in (chosen.source, chosen.target))
        differ += one != other
    same = call(chosen.target, "GET", "/v1/tables/bench/export") == export
    print(f"searches: {200 - differ} of 200 have the same body; the export of the target is {'the same' if same else 'another'}")
    sys.exit(1 if differ or not same else 0)


if __name__ == "__main__":
    main()
