#!/usr/bin/env python3
"""Imports 10,000 pictures twice, once undisturbed and once with kill -9 on the way, and compares the rows.

  import_kills.py SERVICE_PROGRAM PICTURES [COUNT [KILLS]]

  import_kills.py PUBLISHED/ImageSearch.Api ../shared/evalset/gallery 10000 5

Each run has a new data folder; the list is sent once, and each next process resumes it. Rows are compared by key: all fields but the id and
the dates, and the vectors bit for bit. Prints a line of JSON. Standard library only; loopback only; ends only what it started.
"""
import json, os, shutil, sys, tempfile, time
from service import Service

PROGRAM, PICTURES = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
COUNT = int(sys.argv[3]) if len(sys.argv) > 3 else 10_000
KILLS = int(sys.argv[4]) if len(sys.argv) > 4 else 5


def rows(service):
    found = {}
    for item in service.items("shop"):
        key = item["key"]
        if key in found:
            raise SystemExit(f"{key} is there twice")
        found[key] = {name: value for name, value in item.items() if name not in ("id", "created", "modified")}
    return found


def run(kills):
    data, peaks = tempfile.mkdtemp(prefix="imagesearch-kills-"), []
    try:
        service = Service(PROGRAM, data, PICTURES)
        service.call("/v1/tables/shop", {}, "PUT")
        files = sorted(os.listdir(PICTURES))
        lines = "".join(
            json.dumps({"path": f"{PICTURES}/{files[i % len(files)]}", "key": f"key-{i}", "tags": f"t{i % 7}", "product_id": f"p{i % 100}"}) + "\n"
            for i in range(COUNT))
        began = time.time()
        job = service.call("/v1/tables/shop/imports", lines.encode())["id"]
        left = [COUNT * (i + 1) // (kills + 1) for i in range(kills)]
        while True:
            state = service.call(f"/v1/imports/{job}")
            if left and state["stored"] >= left[0]:
                left.pop(0)
                peaks.append(service.peak_mb())
                service.kill()
                service = Service(PROGRAM, data, PICTURES)
            elif state["state"] != "running":
                break
            else:
                time.sleep(0.1)
        seconds = time.time() - began
        peaks.append(service.peak_mb())
        found = rows(service)
        service.kill()
        return state, seconds, peaks, found
    finally:
        shutil.rmtree(data)


calm = run(0)
killed = run(KILLS)
different = sorted(key for key in calm[3].keys() | killed[3].keys() if calm[3].get(key) != killed[3].get(key))
print(json.dumps({
    "rows": len(calm[3]), "rows_killed": len(killed[3]), "different": len(different), "first_different": different[:3],
    "stored": calm[0]["stored"], "stored_killed": killed[0]["stored"], "failed": calm[0]["failed"], "failed_killed": killed[0]["failed"],
    "pictures_per_s": round(COUNT / calm[1], 1), "seconds": round(calm[1], 1), "seconds_killed": round(killed[1], 1),
    "peak_mb": calm[2], "peak_mb_killed": killed[2]}))
sys.exit(0 if len(calm[3]) == COUNT and not different and killed[0]["stored"] == COUNT else 1)
