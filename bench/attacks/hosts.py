#!/usr/bin/env python3
"""Hosts that never answer or never end: hosts.py SERVICE PID endless|imports

  endless  30 clients name a URL with an endless body, 3 times each: the answers, and the service's resident memory before, at its peak,
           right after and 20 s later.
  imports  an import of 200 URLs that never answer, and one second later one of 200 pictures on a host that does: when these are stored.

The service needs FETCH_ALLOW=127.0.0.1:5797. Standard library only; loopback only; Linux.
"""
import collections, json, os, socket, sys, threading, time, urllib.request

SERVICE, PID, MODE = sys.argv[1:4]
HOST = "http://127.0.0.1:5797"
PICTURE = open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../samples/strawberry.jpg"), "rb").read()


def serve(connection):
    with connection:
        try:
            path = connection.recv(65536).split(b" ")[1]
            if path.startswith(b"/silent"):
                time.sleep(3600)
            elif path.startswith(b"/endless"):
                connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n\xff\xd8\xff")
                while True:
                    connection.sendall(b"\0" * 65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(PICTURE) + PICTURE)
        except (OSError, IndexError):
            pass


def call(method, path, body=None):
    request = urllib.request.Request(SERVICE + path, body, {"Content-Type": "application/json"}, method=method)
    try:
        return json.loads(urllib.request.urlopen(request, timeout=120).read())
    except urllib.error.HTTPError as error:
        return {"message": f"HTTP {error.code}"}


def memory(name):
    return next(int(line.split()[1]) // 1024 for line in open(f"/proc/{PID}/status") if line.startswith(name))


def endless():
    answers, idle = collections.Counter(), memory("VmRSS")
    open(f"/proc/{PID}/clear_refs", "w").write("5")

    def client():
        for _ in range(3):
            answers[call("POST", "/milvus/img/search", json.dumps({"table": "hosts", "url": HOST + "/endless"}).encode())["message"][:50]] += 1
    threads = [threading.Thread(target=client) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    peak, after = memory("VmHWM"), memory("VmRSS")
    time.sleep(20)
    print(f"idle {idle} MB, peak {peak} MB, right after {after} MB, 20 s later {memory('VmRSS')} MB; {dict(answers)}")


def begin(table, kind):
    call("POST", "/milvus/img/table?table=" + table)
    lines = "\n".join(json.dumps({"url": f"{HOST}/{kind}/{i}", "key": f"{kind}{i}"}) for i in range(200))
    return call("POST", f"/v1/tables/{table}/imports", lines.encode())["id"]


def imports():
    silent = begin("hosts_silent", "silent")
    time.sleep(1)
    began, good = time.time(), begin("hosts_good", "picture")
    while (state := call("GET", "/v1/imports/" + good))["state"] == "running" and time.time() - began < 120:
        time.sleep(0.5)
    print(f"{state['stored']} of 200 stored, {state['failed']} failed, after {time.time() - began:.1f} s beside 200 silent URLs")
    call("DELETE", "/v1/imports/" + silent)


listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", 5797))
listener.listen(512)
threading.Thread(target=lambda: [threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start() for _ in iter(int, 1)], daemon=True).start()
call("POST", "/milvus/img/table?table=hosts")
call("POST", "/milvus/img/add", json.dumps({"table": "hosts", "url": HOST + "/picture"}).encode())
{"endless": endless, "imports": imports}[MODE]()
