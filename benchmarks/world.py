"""The programs a row measures: a server with data of its own, nginx, and an identity provider's metadata."""
import contextlib
import http.client
import http.server
import json
import pathlib
import random
import shutil
import socket
import subprocess
import tempfile
import threading
import time

from measure import BERESTA, ROOT, Trouble, run

DATA = ROOT / "build/bench-data"
SMALL = 10_000
SESSIONS = 5_000
# Sessions of a population end after 14 days without use.
POPULATION_AGE_S_MAX = 10 * 24 * 3600
START_S_MAX = 20
STOP_S_MAX = 20


def free_ports():
    """The first of three ports in a row that nobody holds."""
    while True:
        base = random.randrange(20_000, 50_000)
        with contextlib.ExitStack() as held:
            try:
                for offset in range(3):
                    held.enter_context(socket.socket()).bind(("127.0.0.1", base + offset))
                return base
            except OSError:
                continue


def write_config(folder, urls=None):
    """The demonstration's settings, on whatever ports are given later, without the web client."""
    text = run([ROOT / "tools/demo_config.sh", folder, 8080])
    (folder / "static").mkdir(exist_ok=True)
    text = text.replace(f'"{ROOT}/web/dist"', f'"{folder}/static"')
    for name, url in (urls or {}).items():
        text = text.replace(f'"sqlite:{folder.resolve()}/{name}.db"', f'"{url}"')
    (folder / "beresta.toml").write_text(text, encoding="utf-8")
    return folder / "beresta.toml"


def installation(folder, urls=None):
    """Makes keys and databases where there are none, and brings them to this version's schema.

    `urls` are the databases "main" and "keys" where they are not files in the folder."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    config = write_config(folder, urls)
    if not (folder / "root.key").exists():
        run([BERESTA, "keys", "init", "--config", config])
    run([BERESTA, "migrate", "--config", config])
    return folder


def seed(folder, citizens, sessions):
    """Makes invented citizens and sessions of the first of them; gives the password of each."""
    said = run([BERESTA, "bench", "seed", "--config", folder / "beresta.toml", "--citizens", citizens,
                "--sessions", min(sessions, citizens), "--sessions-file", folder / "tokens.txt"])
    return said.partition("password of each: ")[2].partition(";")[0]


def population(citizens, sessions=SESSIONS):
    """A folder with that many invented citizens and sessions of the first of them; kept between runs."""
    folder = DATA / (str(citizens) if sessions == SESSIONS else f"{citizens}-{sessions}")
    stamp = folder / "seeded.json"
    if stamp.exists() and time.time() - stamp.stat().st_mtime > POPULATION_AGE_S_MAX:
        shutil.rmtree(folder)
    installation(folder)
    if not stamp.exists():
        print(f"   making {citizens} citizens in {folder.relative_to(ROOT)}, once", flush=True)
        password = seed(folder, citizens, sessions)
        stamp.write_text(json.dumps({"citizens": citizens, "password": password}), encoding="utf-8")
    return folder


@contextlib.contextmanager
def scratch():
    """A folder on the disk where the populations are; gone afterwards."""
    DATA.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=DATA, prefix="run-") as name:
        yield pathlib.Path(name)


@contextlib.contextmanager
def copy_of(folder):
    """A population that may be written to."""
    with scratch() as copy:
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        write_config(copy)
        yield copy


def status_of(port, path):
    """The answer's status, or None while nobody listens."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


class Process:
    """A child that ends with its `with` block."""

    def __init__(self, arguments, log):
        self.log = log
        with open(log, "wb") as output:
            # pylint: disable-next=consider-using-with
            self.child = subprocess.Popen([str(one) for one in arguments], stdin=subprocess.DEVNULL, stdout=output,
                                          stderr=output)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.child.terminate()
        try:
            self.child.wait(STOP_S_MAX)
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()

    def wait_ready(self, port, path):
        """Polls until the answer is 200; gives the seconds waited."""
        started = time.monotonic()
        while status_of(port, path) != 200:
            if self.child.poll() is not None or time.monotonic() - started > START_S_MAX:
                raise Trouble(f"{self.child.args[0]} did not start: "
                              f"{self.log.read_text(encoding='utf-8', errors='replace')[-600:]}")
            time.sleep(0.002)
        return time.monotonic() - started


class Server(Process):
    """`beresta serve` on free ports, without rate limits."""

    def __init__(self, folder, settings=(), core=None):
        port = free_ports()
        self.port, self.admin_port = port, port + 1
        pin = [] if core is None else ["taskset", "-c", core]
        arguments = [*pin, BERESTA, "serve", "--config", folder / "beresta.toml"]
        for setting in (f"server.port={port}", f"server.admin_port={port + 1}",
                        f"server.public_url=http://localhost:{port}", "server.rate_scale=0",
                        "budgets.calls_confirmed_per_mille=0", *settings):
            arguments += ["--set", setting]
        started = time.monotonic()
        super().__init__(arguments, folder / "server.log")
        try:
            self.wait_ready(self.admin_port, "/readyz")
        except BaseException:
            self.__exit__()
            raise
        self.start_s = time.monotonic() - started

    @property
    def pid(self):
        return self.child.pid

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method, path, body=None, token=None):
        """One request; gives the JSON of a good answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            headers = {"Content-Type": "application/json"} if body else {}
            if token is not None:
                headers["Cookie"] = f"__Host-session={token}"
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read()
        finally:
            connection.close()
        if response.status >= 300:
            raise Trouble(f"{method} {path}: {response.status} {text[:300]!r}")
        return json.loads(text)

    def metrics(self):
        """The text of /metrics."""
        connection = http.client.HTTPConnection("127.0.0.1", self.admin_port, timeout=30)
        try:
            connection.request("GET", "/metrics")
            return connection.getresponse().read().decode()
        finally:
            connection.close()


NGINX_CONF = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr crit;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  keepalive_requests 1000000000;
  keepalive_timeout 60s;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    default_type text/plain;
    location / {{ return 200 "ok\\n"; }}
  }}
}}
"""


class Nginx(Process):
    """nginx with one worker that answers every path with three bytes."""

    def __init__(self, folder, core=None):
        self.port = free_ports()
        config = folder / "nginx.conf"
        config.write_text(NGINX_CONF.format(folder=folder, port=self.port), encoding="utf-8")
        pin = [] if core is None else ["taskset", "-c", core]
        super().__init__([*pin, "nginx", "-p", folder, "-c", config], folder / "nginx.log")
        try:
            self.wait_ready(self.port, "/")
        except BaseException:
            self.__exit__()
            raise

    @property
    def pid(self):
        """The worker's; the first process only watches it."""
        children = pathlib.Path(f"/proc/{self.child.pid}/task/{self.child.pid}/children")
        return int(children.read_text(encoding="utf-8").split()[0])

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"


@contextlib.contextmanager
def provider_metadata():
    """An identity provider's discovery document, all that starting a sign-in there reads; gives its issuer."""
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):  # pylint: disable=invalid-name
            issuer = f"http://127.0.0.1:{self.server.server_address[1]}"
            names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
            body = json.dumps({"issuer": issuer} | {name: f"{issuer}/{name}" for name in names}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):  # pylint: disable=arguments-differ
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
