"""The service as the attacks with kill -9 start it: on a free port of the loopback interface, with a data folder. Standard library only."""
import json, os, signal, socket, subprocess, time, urllib.request


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Service:
    """Starts PROGRAM and waits until it is ready. More environment, such as MYSQL_HOST, goes to it; settings override that."""

    def __init__(self, program, data, pictures, **settings):
        self.port = free_port()
        environment = dict(os.environ, DATA_PATH=data, IMAGE_ROOTS=pictures, HEALTH_PORT=str(self.port), **settings)
        command = ["dotnet", program] if program.endswith(".dll") else [program]
        self.process = subprocess.Popen(
            command + ["--urls", f"http://127.0.0.1:{self.port}"], env=environment, stdout=subprocess.DEVNULL)
        while True:
            try:
                self.call("/health/ready")
                return
            except OSError:
                if self.process.poll() is not None:
                    raise SystemExit(f"{program} ended")
                time.sleep(0.05)

    def call(self, path, body=None, method=None):
        """Sends a dictionary as JSON and bytes as a list of lines."""
        data = json.dumps(body).encode() if isinstance(body, dict) else body
        kind = "application/json" if isinstance(body, dict) else "application/x-ndjson"
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data, {"Content-Type": kind} if data else {}, method=method)
        with urllib.request.urlopen(request, timeout=100) as answer:
            text = answer.read()
            return json.loads(text) if text[:1] == b"{" else text

    def items(self, table):
        """All items of a table with their vectors."""
        cursor = ""
        while cursor is not None:
            page = self.call(f"/v1/tables/{table}/items?limit=1000&vector=true" + (f"&cursor={cursor}" if cursor else ""))
            yield from page["items"]
            cursor = page["next_cursor"]

    def peak_mb(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            return next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM"))

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


class Cluster:
    """A front end and two silos over MYSQL_HOST, which are killed in turn. A silo that starts again has its ports and its folder."""

    def __init__(self, front, silo, data, pictures):
        self.silo, self.data, self.pictures, self.kills = silo, data, pictures, 0
        self.cluster = {"CLUSTER_ID": f"attack-{os.getpid()}", "ADVERTISED_ADDRESS": "127.0.0.1"}
        self.ports = [{"SILO_PORT": str(free_port()), "GATEWAY_PORT": str(free_port())} for _ in range(2)]
        self.silos = [self.start(i) for i in range(2)]
        self.front = Service(front, os.path.join(data, "front"), pictures, ROLE="client", **self.cluster)
        self.call, self.items = self.front.call, self.front.items

    def start(self, i):
        return Service(self.silo, os.path.join(self.data, f"silo{i}"), self.pictures, **self.cluster, **self.ports[i])

    def kill_one(self):
        i = self.kills % 2
        self.kills += 1
        self.silos[i].kill()
        self.silos[i] = self.start(i)

    def kill(self):
        for process in [self.front, *self.silos]:
            process.kill()
