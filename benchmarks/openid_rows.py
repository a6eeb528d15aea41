"""Rows of the OpenID Provider: tokens, introspection, userinfo, whole sign-ins, and what live sessions weigh."""
import base64
import contextlib
import http.client
import json
import pathlib
import re
import time
import urllib.parse

import measure
import postgresql
import world
from measure import Budget, Load, Row, Trouble, median, run, send, side_by_side

TOKENS = Budget(least=8)
CALLS = Budget(least=15_000)
CORE_CALLS = Budget(least=7_500)  # the same over two cores
FLOWS = Budget(least=500)
FLOW_P99 = Budget(most=100)
SCALE = Budget(most=1.3)
SESSION_MEMORY = Budget(most=128)

CLIENTS = 64
FLOWING = 16
SIGNED_IN = 500  # citizens whose tokens are asked about
LIVE_SESSIONS = 100_000
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"  # RFC 7636, appendix B
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CALLBACK = "https://shop.example/cb"
SERVICE_SCOPE = "orders"
PARTY = {"name_ru": "Магазин", "name_en": "Shop", "purpose_ru": "Вход", "purpose_en": "Sign-in",
         "token_endpoint_auth_method": "client_secret_basic", "redirect_uris": [CALLBACK],
         "claims": ["phone_number"], "service_scopes": [SERVICE_SCOPE], "introspects_all": True}


def named(name, options):
    return name if options.engine == "sqlite" else f"{name}_{options.engine}"


def add_party(folder):
    """Registers the relying party; gives its client_id, client_secret and Authorization field."""
    file = folder / "party.json"
    file.write_text(json.dumps(PARTY), encoding="utf-8")
    party = json.loads(run([measure.BERESTA, "relying-party", "add", file, "--config", folder / "beresta.toml"]))
    pair = f"{party['client_id']}:{party['client_secret']}".encode()
    return party | {"authorization": "Basic " + base64.b64encode(pair).decode()}


@contextlib.contextmanager
def provider(options, citizens=world.SMALL):
    """A server with that many citizens, on the engine asked for, and a party; gives (folder, server, party)."""
    with contextlib.ExitStack() as held:
        if options.engine == "sqlite":
            folder = held.enter_context(world.copy_of(world.population(citizens)))
        else:
            folder = held.enter_context(world.scratch())
            urls = held.enter_context(postgresql.cluster(folder))
            world.seed(world.installation(folder, urls), citizens, world.SESSIONS)
        party = add_party(folder)
        yield folder, held.enter_context(world.Server(folder)), party


class Browser:
    """One citizen's browser on a connection of its own."""

    def __init__(self, server, session):
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        self.fields = {"Cookie": f"__Host-session={session}"}
        self.csrf = self.ask("GET", "/api/v1/me")["csrf_token"]

    def send(self, method, path, body=None, fields=None):
        self.connection.request(method, path, body, self.fields if fields is None else fields)
        response = self.connection.getresponse()
        text = response.read().decode()
        if response.status >= 400:
            raise Trouble(f"{method} {path}: {response.status} {text[:300]}")
        return response, text

    def ask(self, *arguments):
        return json.loads(self.send(*arguments)[1])

    def sign_in(self, party):
        """A whole sign-in at the party; gives its access token."""
        link = "/oauth/authorize?" + urllib.parse.urlencode({
            "response_type": "code", "client_id": party["client_id"], "redirect_uri": CALLBACK,
            "scope": "openid phone", "code_challenge": CHALLENGE, "code_challenge_method": "S256"})
        request_id = self.send("GET", link)[0].headers["Location"].partition("request=")[2]
        fields = self.fields | {"Content-Type": "application/json", "X-CSRF-Token": self.csrf}
        document = self.ask("GET", f"/api/v1/authorizations/{request_id}")["document"]["sha256"]
        decision = json.dumps({"decision": "agree", "document_sha256": document})
        back = self.ask("POST", f"/api/v1/authorizations/{request_id}/decision", decision, fields)
        code = urllib.parse.parse_qs(urllib.parse.urlsplit(back["location"]).query)["code"][0]
        form = urllib.parse.urlencode({"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK,
                                       "code_verifier": VERIFIER})
        fields = {"Content-Type": "application/x-www-form-urlencoded", "Authorization": party["authorization"]}
        return self.ask("POST", "/oauth/token", form, fields)["access_token"]


def sessions_of(folder, count):
    return (folder / "tokens.txt").read_text(encoding="utf-8").split()[:count]


def access_tokens(folder, server, party, count=SIGNED_IN):
    """Access tokens of that many citizens, by real sign-ins; they live for ten minutes."""
    tokens = []
    for session in sessions_of(folder, count):
        browser = Browser(server, session)
        tokens.append(browser.sign_in(party))
        browser.connection.close()
    (folder / "access.txt").write_text("\n".join(tokens) + "\n", encoding="utf-8")
    asking = [f"{party['authorization']}\ttoken={token}" for token in tokens]
    (folder / "introspect.txt").write_text("\n".join(asking) + "\n", encoding="utf-8")


def token_load(folder, url, party, path, options):
    form = folder / "tokens.form"
    form.write_text(f"{party['authorization']}\tgrant_type=client_credentials&scope={SERVICE_SCOPE}\n",
                    encoding="utf-8")
    return Load(url, ("form", path, form), CLIENTS, options.seconds)


@contextlib.contextmanager
def npm_provider(folder, party):
    """npm oidc-provider with the same client; gives the process and its address."""
    port = world.free_ports()
    script = measure.ROOT / "benchmarks/oidc_provider.mjs"
    if not (measure.ROOT / "sandbox/node_modules/oidc-provider").exists():
        run([measure.ROOT / "tools/build.sh", "sandbox"])
    command = ["env", "NODE_ENV=production", "node", script, port, party["client_id"], party["client_secret"],
               SERVICE_SCOPE]
    with world.Process(command, folder / "npm.log") as process:
        process.wait_ready(port, "/.well-known/openid-configuration")
        yield process, f"http://127.0.0.1:{port}"


def token_endpoint(options):
    with provider(options) as (folder, server, party), npm_provider(folder, party) as (npm, npm_url):
        mine = token_load(folder, server.url, party, "/oauth/token", options)
        theirs = token_load(folder, npm_url, party, "/token", options)
        ours, peer = side_by_side(lambda: send(mine, server.pid), lambda: send(theirs, npm.child.pid), options.rounds)
    return [Row(named("token_endpoint", options), median(ours, "per_core_second"), "tokens per core-second",
                median(peer, "per_core_second"), TOKENS),
            Row(named("token_endpoint_rate", options), median(ours, "per_second"), "tokens/s, whole machine",
                median(peer, "per_second"), TOKENS)]


def called(name, load_of, options):
    with provider(options) as (folder, server, party):
        access_tokens(folder, server, party)
        load = load_of(folder, server)
        send(load, server.pid)
        rates = [send(load, server.pid) for _ in range(options.rounds)]
    return [Row(named(name, options), median(rates, "per_second"), "requests/s, whole machine", None, CALLS),
            Row(named(f"{name}_core", options), median(rates, "per_core_second"), "requests per core-second", None,
                CORE_CALLS)]


def introspect_load(folder, server, options, connections=CLIENTS):
    return Load(server.url, ("form", "/oauth/introspect", folder / "introspect.txt"), connections, options.seconds)


def userinfo_load(folder, server, options, connections=CLIENTS):
    return Load(server.url, ("bearer", "/oauth/userinfo", folder / "access.txt"), connections, options.seconds)


def introspection(options):
    return called("introspection", lambda folder, server: introspect_load(folder, server, options), options)


def userinfo(options):
    return called("userinfo", lambda folder, server: userinfo_load(folder, server, options), options)


def flow_sessions(folder, server, count):
    lines = []
    for session in sessions_of(folder, count):
        browser = Browser(server, session)
        lines.append(f"{session}\t{browser.csrf}")
        browser.connection.close()
    (folder / "flow.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def flow(folder, server, party, options, clients=FLOWING):
    """Whole sign-ins for a while; gives (per second, median and 99th percentile in microseconds)."""
    script = measure.ROOT / "benchmarks/code_flow.lua"
    said = run(["wrk", f"-t{clients}", f"-c{clients}", f"-d{options.seconds}s", "--timeout", "10s", "-s", script,
                server.url, "--", folder / "flow.txt", party["client_id"], party["authorization"]])
    result = re.search(r"^RESULT (\d+) (\d+) (\d+) (\d+)$", said, re.M)
    if "WRONG" in said or not result or result[1] == "0":
        raise Trouble(f"a sign-in went wrong: {said.strip()[-400:]}")
    done, duration_us, p50, p99 = map(int, result.groups())
    return measure.Rate(done / duration_us * 1e6, p99, p50)


def code_flow(options):
    with provider(options) as (folder, server, party):
        flow_sessions(folder, server, SIGNED_IN)
        flow(folder, server, party, options)  # the first time each agrees
        rates = [flow(folder, server, party, options) for _ in range(options.rounds)]
    return [Row(named("code_flow", options), median(rates, "per_second"), f"sign-ins/s with {FLOWING} clients", None,
                FLOWS),
            Row(named("code_flow_p99", options), median(rates, "per_core_second") / 1000, "ms", None, FLOW_P99)]


def openid_scale(options):
    with provider(options, options.citizens) as large, provider(options) as small:
        for folder, server, party in (large, small):
            access_tokens(folder, server, party)
            flow_sessions(folder, server, SIGNED_IN)
            flow(folder, server, party, options, 1)
        rows = []
        for name, one in (
                ("openid_scale_introspection", lambda at: send(introspect_load(*at[:2], options, 1), at[1].pid)),
                ("openid_scale_userinfo", lambda at: send(userinfo_load(*at[:2], options, 1), at[1].pid)),
                ("openid_scale_code_flow", lambda at: flow(*at, options, 1))):
            many, few = side_by_side(lambda one=one: one(large), lambda one=one: one(small), options.rounds)
            rows.append(Row(named(name, options), median(many, "p50_us"), "us median", median(few, "p50_us"), SCALE))
    return rows


def session_memory(options):
    with world.copy_of(world.population(LIVE_SESSIONS, LIVE_SESSIONS)) as folder, world.Server(folder) as server:
        load = Load(server.url, ("get", "/api/v1/me", folder / "tokens.txt"), CLIENTS, options.seconds)
        asked = 0
        while asked < LIVE_SESSIONS * 1.2:
            asked += send(load, server.pid).per_second * load.seconds
        time.sleep(2)
        status = pathlib.Path(f"/proc/{server.pid}/status").read_text(encoding="utf-8")
    # Pages of the database file that are mapped are the kernel's to take back: not counted.
    private_kib = int(re.search(r"^RssAnon:\s+(\d+) kB", status, re.M)[1])
    return [Row("session_memory", private_kib / 1024, "MiB", None, SESSION_MEMORY)]


LISTED = (
    ("token_endpoint", TOKENS, "client_credentials, each token durable : npm oidc-provider in memory; also by the clock"),
    ("introspection", CALLS, "introspection, requests/s of the whole machine"),
    ("userinfo", CALLS, "userinfo with a claim, each reading recorded durably, requests/s of the whole machine"),
    ("code_flow", FLOWS, "whole sign-ins per second, and their 99th percentile in ms"),
    ("session_memory", SESSION_MEMORY, "private MiB after 100,000 live sessions were all used"),
    ("openid_scale", SCALE, "median latency of these with 10^6 citizens : with 10^4"),
)
