#!/usr/bin/env python3
"""Changes the model of a table under adds and searches, with kill -9 on the way, and checks that nothing is lost or mixed.

  reembed_kills.py SERVICE_PROGRAM PICTURES [COUNT [KILLS [SILO_PROGRAM]]]

  reembed_kills.py PUBLISHED/ImageSearch.Api ../shared/evalset/gallery 2000 2
  MYSQL_HOST=127.0.0.1 MYSQL_PORT=3306 MYSQL_USER=imagesearch MYSQL_PWD=... MYSQL_DB=attack \
    reembed_kills.py API/ImageSearch.Api ../shared/evalset/gallery 2000 2 SILO/ImageSearch.Silo

With SILO_PROGRAM, SERVICE_PROGRAM is the front end of two silos, which are killed in turn.

Imports COUNT pictures, begins a change to the model v2-160, and goes on adding and searching. Each search is by a picture of the table: its
own row must be the first hit with a score of 1, by whichever model the table has (a vector of the other model is far away). At the end every
acknowledged row must be there, and its vectors must be bit for bit those of a table that had the new model from the beginning. Prints a line
of JSON. Standard library only; loopback only; ends only what it started. More environment, such as MYSQL_HOST, goes to the service.
"""
import base64, json, os, shutil, sys, tempfile, threading, time, urllib.error
from service import Cluster, Service

PROGRAM, PICTURES = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
COUNT = int(sys.argv[3]) if len(sys.argv) > 3 else 2000
KILLS = int(sys.argv[4]) if len(sys.argv) > 4 else 2
SILO = os.path.abspath(sys.argv[5]) if len(sys.argv) > 5 else None
MODEL = {"name": "lite0-ret-512-v2-160", "version": "2.0.0", "dimension": 512}
FILES = sorted(os.listdir(PICTURES))


def file(i):
    return os.path.join(PICTURES, FILES[i % len(FILES)])


def fill(service, table, model, keys):
    service.call(f"/v1/tables/{table}", {"model": model} if model else {}, "PUT")
    lines = "".join(json.dumps({"server_path": file(i), "key": f"key-{i}"}) + "\n" for i in keys)
    job = service.call(f"/v1/tables/{table}/imports", lines.encode())["id"]
    while (state := service.call(f"/v1/imports/{job}"))["state"] == "running":
        time.sleep(0.1)
    if state["stored"] != len(keys):
        raise SystemExit(f"the import stored {state['stored']} of {len(keys)}")


def vectors(service, table):
    return {item["key"]: item.get("vector") for item in service.items(table)}


class Clients:
    """Adds and searches until it is stopped; a call that the kill interrupts is sent again."""

    def __init__(self, service):
        self.service, self.added, self.searches, self.wrong, self.refused, self.stopped = service, [], 0, [], 0, False
        self.longest, self.threads = 0.0, [threading.Thread(target=self.add), threading.Thread(target=self.search)]
        for thread in self.threads:
            thread.start()

    def send(self, path, body, method=None):
        while not self.stopped:
            service, began = self.service, time.time()
            try:
                answer = service.call(path, body, method)
                self.longest = max(self.longest, time.time() - began)
                return answer
            except urllib.error.HTTPError as error:
                self.refused += 1
                if self.refused > 500:
                    raise SystemExit(f"{path}: {error.code} {error.read()}")
                time.sleep(0.05)
            except (OSError, ValueError):
                time.sleep(0.05)

    def add(self):
        i = COUNT
        while not self.stopped:
            if self.send(f"/v1/tables/shop/items/key-{i}", {"server_path": file(i)}, "PUT"):
                self.added.append(i)
            i += 1
            time.sleep(0.05)

    def search(self):
        i = 0
        while not self.stopped:
            i += 7
            with open(file(i), "rb") as picture:
                body = {"image": base64.b64encode(picture.read()).decode(), "limit": 1}
            if answer := self.send("/v1/tables/shop/search", body):
                self.searches += 1
                hit = answer["hits"][0]
                if hit["score"] < 0.9999:
                    self.wrong.append(hit)

    def stop(self):
        self.stopped = True
        for thread in self.threads:
            thread.join()


data = tempfile.mkdtemp(prefix="imagesearch-reembed-")
try:
    service = Cluster(PROGRAM, SILO, data, PICTURES) if SILO else Service(PROGRAM, data, PICTURES)
    fill(service, "shop", None, range(COUNT))
    began = time.time()
    service.call("/v1/tables/shop/reembed", {"model": MODEL}, "POST")
    clients = Clients(service)
    kills = [COUNT * (i + 1) // (KILLS + 1) for i in range(KILLS)]
    while True:
        try:
            state = service.call("/v1/tables/shop/reembed")
        except urllib.error.HTTPError:
            time.sleep(0.5)  # The silo of the table has just been killed.
            continue
        if kills and state["embedded"] >= kills[0]:
            kills.pop(0)
            if SILO:
                service.kill_one()
            else:
                service.kill()
                service = clients.service = Service(PROGRAM, data, PICTURES)
        elif state["state"] != "running":
            break
        else:
            time.sleep(0.1)
    seconds = time.time() - began
    time.sleep(1)
    clients.stop()
    keys = list(range(COUNT)) + clients.added
    found = vectors(service, "shop")
    model = service.call("/v1/tables/shop")["model"]["name"]
    fill(service, "fresh", MODEL, keys)
    fresh = vectors(service, "fresh")
    lost = [key for key in fresh if key not in found]
    different = [key for key in fresh if key in found and found[key] != fresh[key]]
    service.kill()
finally:
    shutil.rmtree(data)

print(json.dumps({
    "state": state, "model": model, "seconds": round(seconds, 1), "kills": KILLS - len(kills), "adds": len(clients.added), "searches": clients.searches,
    "wrong_hits": len(clients.wrong), "refused": clients.refused, "longest_call_s": round(clients.longest, 2), "lost": len(lost), "different": len(different)}))
sys.exit(1 if lost or different or clients.wrong or state["state"] != "finished" or model != MODEL["name"] else 0)
