#!/usr/bin/env python3
"""Memory of the service under load: memory.py SERVICE PID [FILE...]

Resident memory when idle, at the peak of 24 uploads of 20 MB at once, as files and as base64 in JSON, at the peak of 24 clients that search by
the given files at once, and 60 s later. What the settings state by default is MAX_REQUEST_MB + DECODE_MEMORY_MB = 768 MB. Standard library only;
Linux, and the rights to reset the process's peak.
"""
import base64, http.client, os, sys, threading, time, urllib.parse

SERVICE, PID, FILES = urllib.parse.urlparse(sys.argv[1]), sys.argv[2], sys.argv[3:]
FORM = "multipart/form-data; boundary=B"


def memory(name):
    return next(int(line.split()[1]) // 1024 for line in open(f"/proc/{PID}/status") if line.startswith(name))


def post(path, kind, body, answers):
    try:
        connection = http.client.HTTPConnection(SERVICE.hostname, SERVICE.port, timeout=120)
        connection.request("POST", path, body, {"Content-Type": kind})
        answer = connection.getresponse()
        text = answer.read()
        answers.append(f"{answer.status}" if answer.status != 200 else "refused" if b'"error"' in text or b"10100" in text else "ok")
    except OSError as error:
        answers.append(type(error).__name__)


def run(title, calls):
    open(f"/proc/{PID}/clear_refs", "w").write("5")
    answers, threads = [], []
    for path, kind, body in calls:
        threads.append(threading.Thread(target=post, args=(path, kind, body, answers)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"{title:28} peak {memory('VmHWM')} MB, after it {memory('VmRSS')} MB, answers {({a: answers.count(a) for a in answers})}", flush=True)


def form(data):
    return b'--B\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n' + data + b"\r\n--B--\r\n"


print(f"idle {memory('VmRSS')} MB", flush=True)
for _ in range(3):
    run("24 files of 20 MB", [("/api/image/sim/search/file", FORM, form(os.urandom(20 * 1024 * 1024 - 200)))] * 24)
text = base64.b64encode(b"\xff\xd8\xff" + os.urandom(15 * 1024 * 1024 - 100))
for _ in range(3):
    run("24 texts of 20 MB", [("/api/image/sim/search/base64", "application/json", b'{"base64":"' + text + b'"}')] * 24)
for name in FILES:
    data = open(name, "rb").read()
    run(f"24 x {os.path.basename(name)[:22]}", [("/api/image/sim/search/file", FORM, form(data))] * 24)
for _ in range(6):
    time.sleep(10)
    print(f"resident {memory('VmRSS')} MB", flush=True)
