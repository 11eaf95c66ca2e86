"""The service as the attacks with kill -9 start it: on a free port of the loopback interface, with a data folder. Standard library only."""
import json, os, signal, socket, subprocess, time, urllib.request


class Service:
    """Starts PROGRAM and waits until it is ready. More environment, such as MYSQL_HOST, goes to it."""

    def __init__(self, program, data, pictures):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        environment = dict(os.environ, DATA_PATH=data, IMAGE_ROOTS=pictures, HEALTH_PORT=str(self.port))
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
