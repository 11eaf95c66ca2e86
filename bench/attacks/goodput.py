#!/usr/bin/env python3
"""What ordinary calls get beside an attack: goodput.py SERVICE PICTURE ATTACK [FILE...]

  goodput.py http://127.0.0.1:5000 samples/strawberry.jpg none
  goodput.py http://127.0.0.1:5000 samples/strawberry.jpg pictures hostile/frames-380000.webp   # 1, 2, 5: files, 32 clients
  goodput.py http://127.0.0.1:5000 samples/strawberry.jpg urls                                  # 3: 270 clients name a silent URL
  goodput.py http://127.0.0.1:5000 samples/strawberry.jpg drip                                  # 6: 56 bodies of 4.7 MB that never end

Ordinary calls are 4 connections that search by upload (base64), one that adds and one that counts, each as fast as answers come. They run
10 s alone and 20 s beside the attack, and the shares of the two are printed: calls answered with code 10000, and their times. The attack
comes from the address ATTACKER (127.0.0.2; that of the ordinary calls is 127.0.0.1, as of all clients behind a proxy). For `urls` the
service needs FETCH_ALLOW=127.0.0.1:5799. Standard library only; loopback only.
"""
import base64, http.client, json, multiprocessing, os, socket, sys, threading, time, urllib.parse

SERVICE, PICTURE, ATTACK, FILES = urllib.parse.urlparse(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:]
ATTACKER = (os.environ.get("ATTACKER", "127.0.0.2"), 0)
SILENT = ("127.0.0.1", 5799)
TABLE = "goodput"


def connect(source=None):
    return http.client.HTTPConnection(SERVICE.hostname, SERVICE.port, timeout=60, source_address=source)


def call(connection, method, path, body=None):
    connection.request(method, path, body, {"Content-Type": "application/json"} if body else {})
    answer = connection.getresponse()
    return answer.status, answer.read()


def ordinary(kind, end, results):
    picture = base64.b64encode(open(PICTURE, "rb").read()).decode()
    body = json.dumps({"table": TABLE, "image": picture})
    connection, mine = connect(), []
    while time.time() < end:
        began = time.time()
        try:
            if kind == "count":
                status, answer = call(connection, "GET", "/milvus/img/count?table=" + TABLE)
                time.sleep(0.02)
            else:
                status, answer = call(connection, "POST", "/milvus/img/" + kind, body)
            good = status == 200 and b'"code":10000' in answer
        except OSError:
            good, connection = False, connect()
        mine.append((kind, good, time.time() - began))
        if not good:
            time.sleep(0.05)
    results.put(mine)


def measure(seconds):
    results, end = multiprocessing.Queue(), time.time() + seconds
    workers = [multiprocessing.Process(target=ordinary, args=(kind, end, results)) for kind in ["search"] * 4 + ["add", "count"]]
    for worker in workers:
        worker.start()
    found = [result for _ in workers for result in results.get()]
    for worker in workers:
        worker.join()
    return found


def attack_pictures(end):
    bodies = [
        b'--B\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n' + open(f, "rb").read() + b"\r\n--B--\r\n" for f in FILES
    ]

    accepted, refused = [], []

    def one(body):
        while time.time() < end:
            began = time.time()
            try:
                connection = connect(ATTACKER)
                connection.request("POST", "/api/image/sim/search/file", body, {"Content-Type": "multipart/form-data; boundary=B"})
                answer = connection.getresponse()
                status, _ = answer.status, answer.read()
                (refused if status == 503 else accepted).append(time.time() - began)
                if status == 503:
                    time.sleep(0.2)
            except OSError:
                time.sleep(0.2)
    start(lambda i: one(bodies[i % len(bodies)]), int(os.environ.get("CLIENTS", "32")))
    accepted.sort()
    if accepted:
        print(f"attack     | {len(accepted)} answered, p50 {accepted[len(accepted) // 2]:.1f} s, longest {accepted[-1]:.1f} s; {len(refused)} refused", flush=True)


def attack_urls(end):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(SILENT)
    listener.listen(1024)
    held = []
    threading.Thread(target=lambda: [held.append(listener.accept()) for _ in iter(int, 1)], daemon=True).start()
    body = json.dumps({"table": TABLE, "url": f"http://{SILENT[0]}:{SILENT[1]}/a.jpg"})

    def one(_):
        while time.time() < end:
            try:
                status, _ = call(connect(ATTACKER), "POST", "/milvus/img/search", body)
                if status == 503:
                    time.sleep(0.2)
            except OSError:
                time.sleep(0.2)
    start(one, 270)


def attack_drip(end):
    def one(_):
        while time.time() < end:
            try:
                s = socket.create_connection((SERVICE.hostname, SERVICE.port), source_address=ATTACKER)
                s.sendall(b"POST /milvus/img/search HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: 4700000\r\n\r\n{"
                          % SERVICE.netloc.encode())
                while time.time() < end:
                    s.sendall(b" " * 900)
                    time.sleep(0.2)
            except OSError:
                time.sleep(0.2)
    start(one, 56)


def start(work, count):
    threads = [threading.Thread(target=work, args=(i,), daemon=True) for i in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


def show(title, found, seconds):
    line = f"{title:10}"
    for kind in ("search", "add", "count"):
        mine = sorted(t for k, good, t in found if k == kind and good)
        bad = sum(1 for k, good, _ in found if k == kind and not good)
        at = lambda share: mine[min(len(mine) - 1, int(len(mine) * share))] * 1000 if mine else float("nan")
        line += f" | {kind} {len(mine) / seconds:6.1f}/s p50 {at(.5):6.0f} ms p99 {at(.99):6.0f} ms refused {bad}"
    print(line, flush=True)
    return sum(1 for k, good, _ in found if good and k != "count") / seconds


c = connect()
call(c, "POST", "/milvus/img/table?table=" + TABLE)
call(c, "POST", "/milvus/img/add", json.dumps({"table": TABLE, "image": base64.b64encode(open(PICTURE, "rb").read()).decode()}))
measure(20)  # warm: the runtime compiles the hot paths again
alone = show("alone", measure(10), 10)
if ATTACK != "none":
    attacker = multiprocessing.Process(target={"pictures": attack_pictures, "urls": attack_urls, "drip": attack_drip}[ATTACK], args=(time.time() + 24,))
    attacker.start()
    time.sleep(2)
    beside = show("beside", measure(20), 20)
    attacker.join()
    print(f"goodput of searches and adds beside: {beside / alone:.0%}")
