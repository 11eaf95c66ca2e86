#!/usr/bin/env python3
"""What one shop gets while another sends 20 times its rate: shops.py SERVICE TOKEN PICTURE [RATE [SECONDS]]

  TOKEN=provider dotnet run -c Release --project src/Api
  shops.py http://127.0.0.1:5000 provider samples/strawberry.jpg

Two keys may make RATE calls per second each (default 4). The modest shop searches its table by a picture, at half of that, alone for
SECONDS (default 30) and then beside the greedy shop, which searches its own at 20 times RATE over 16 connections. Every search is of another
part of the picture, so none is in the search cache. Printed are the times of the modest shop's answers, and what the greedy one got.
Standard library only; loopback only.
"""
import base64, collections, http.client, json, random, sys, threading, time, urllib.parse

SERVICE, TOKEN, PICTURE = urllib.parse.urlparse(sys.argv[1]), sys.argv[2], open(sys.argv[3], "rb").read()
RATE = float(sys.argv[4]) if len(sys.argv) > 4 else 4
SECONDS = float(sys.argv[5]) if len(sys.argv) > 5 else 30
GREED, CONNECTIONS = 20, 16


def call(connection, method, path, token, body=None):
    connection.request(method, path, None if body is None else json.dumps(body), {"Content-Type": "application/json", "token": token})
    answer = connection.getresponse()
    return answer.status, answer.read()


def connect():
    return http.client.HTTPConnection(SERVICE.hostname, SERVICE.port, timeout=60)


def new_shop(name):
    connection = connect()
    key = {"name": name, "scopes": ["read", "write", "admin"], "tables": [name + "_*"], "calls_per_second": RATE, "burst": 10}
    status, answer = call(connection, "POST", "/v1/keys", TOKEN, key)
    assert status == 201, answer
    secret = json.loads(answer)["secret"]
    assert call(connection, "PUT", f"/v1/tables/{name}_a", secret, {})[0] in (200, 201)
    assert call(connection, "PUT", f"/v1/tables/{name}_a/items/one", secret, {"image": base64.b64encode(PICTURE).decode()})[0] in (200, 201)
    return name, secret


def search(connection, shop):
    region = {"x1": random.random() * 0.2, "y1": random.random() * 0.2, "x2": 0.9, "y2": 0.9, "unit": "share"}
    body = {"image": base64.b64encode(PICTURE).decode(), "region": region}
    return call(connection, "POST", f"/v1/tables/{shop[0]}_a/search", shop[1], body)[0]


def modest(shop, end, times, statuses):
    """Sends at fixed moments, and counts the wait for an answer that comes late."""
    connection, moment = connect(), time.time()
    while moment < end:
        time.sleep(max(0, moment - time.time()))
        statuses[search(connection, shop)] += 1
        times.append(time.time() - moment)
        moment += 2 / RATE


def greedy(shop, end, statuses):
    connection = connect()
    while time.time() < end:
        began = time.time()
        statuses[search(connection, shop)] += 1
        time.sleep(max(0, CONNECTIONS / (GREED * RATE) - (time.time() - began)))


def show(name, times, statuses):
    times.sort()
    at = lambda share: times[min(len(times) - 1, int(share * len(times)))] * 1000
    print(f"{name:10} {len(times)} calls {dict(statuses)}  p50 {at(0.5):.0f} ms  p99 {at(0.99):.0f} ms  max {times[-1] * 1000:.0f} ms")
    return at(0.99)


run = f"{int(time.time()):x}"
one, other = new_shop("modest" + run), new_shop("greedy" + run)
time.sleep(3)
found = []
for beside in (False, True):
    times, statuses, sent = [], collections.Counter(), collections.Counter()
    end = time.time() + SECONDS
    threads = [threading.Thread(target=modest, args=(one, end, times, statuses))]
    if beside:
        threads += [threading.Thread(target=greedy, args=(other, end, sent)) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found.append(show("beside" if beside else "alone", times, statuses))
    if beside:
        print(f"greedy     {sum(sent.values()) / SECONDS:.0f} calls per second {dict(sent)}")
print(f"p99 beside / alone: {found[1] / found[0]:.2f}")
