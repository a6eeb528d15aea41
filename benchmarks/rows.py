"""The rows of ./bench: a function for each, which gives one Row or several measured in the same rounds."""
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import time

import measure
import openid_rows
import world
from measure import Budget, Load, Row, Skipped, Trouble, median, run_bench, send, side_by_side
# pylint: disable-next=unused-import
from openid_rows import code_flow, introspection, openid_scale, session_memory, token_endpoint, userinfo

CODES_PER_BODY = 100
BODIES = 20
WRITERS = 32
COLD_STARTS = 7
SMPP_WINDOW = 32
IDLE_S = 2
# The statements of beresta_bench bare-me; the server's own counters must say the same.
ME_STATEMENTS = {"session_token.find", "citizen.find", "account_deletion.find", "data_key.find", "personal_record.list"}

SEEN = Budget(least=0.85)
FIRST = Budget(least=0.45)
BATCH = Budget(least=0.8)
HEALTH = Budget(least=0.9)
ME = Budget(least=0.5)
ME_RATE = Budget(least=15_000)
SIGN_IN = Budget(least=0.9)
WRITES = Budget(least=0.6)
VAULT_READ = Budget(least=0.5)
SMPP = Budget(least=1.0)
SMPP_CPU = Budget(least=1.5)
START = Budget(most=0.3)
MEMORY = Budget(most=64)
SCALE = Budget(most=1.3)
LOG_APPEND = Budget(least=20_000)
LOG_PROOF = Budget(most=2048)
PROOF_CHECK = Budget(most=5)
CONSENT_CHECK = Budget(most=5)
WHO_LOOKED = Budget(most=50)
LOG_ENTRIES = 200_000
OWN_ENTRIES = 10_000
LOG_LEAVES_MILLIONS = 1000
PAGES_READ = 400


def two_cores():
    """One for the server and one for the load, where there are two; else wherever the system puts them."""
    return measure.CORES[:2] if len(measure.CORES) > 1 else (None, None)


def check_codes(name, which, budget, options):
    ours, peer = side_by_side(lambda: run_bench("qr-check", which, options.seconds),
                              lambda: measure.openssl_verify_rate(options.seconds), options.rounds)
    return [Row(name, median(ours, "per_core_second"), "codes per core-second", median(peer, "per_core_second"),
                budget)]


def qr_check_seen(options):
    return check_codes("qr_check_seen", "seen", SEEN, options)


def qr_check_first(options):
    return check_codes("qr_check_first", "first", FIRST, options)


def assert_all_yes(server, body):
    verdicts = [result["verdict"] for result in server.ask("POST", "/api/v1/digital-id/verify", body)["results"]]
    if verdicts != ["yes"] * CODES_PER_BODY:
        raise Trouble(f"codes were answered with {sorted(set(verdicts))}")


def qr_http_batch100(options):
    with world.copy_of(world.population(world.SMALL)) as folder, world.Server(folder) as server:
        bodies = folder / "bodies.txt"

        def ours():
            # Codes live for a minute: fresh ones each round, sent once before so that they are remembered.
            text = measure.run([measure.BENCH, "qr-bodies", folder / "issuer", BODIES])
            bodies.write_text(text, encoding="utf-8")
            for body in text.splitlines():
                assert_all_yes(server, body)
            rate = send(Load(server.url, ("post", "/api/v1/digital-id/verify", bodies), 4, options.seconds), server.pid)
            assert_all_yes(server, text.splitlines()[0])
            return rate

        http, alone = side_by_side(ours, lambda: run_bench("qr-check", "seen", options.seconds), options.rounds)
    return [Row("qr_http_batch100", median(http, "per_core_second") * CODES_PER_BODY, "codes per core-second",
                median(alone, "per_core_second"), BATCH)]


def healthz(options):
    mine, other = two_cores()
    with world.copy_of(world.population(world.SMALL)) as folder, \
            world.Server(folder, ["server.io_threads=1"], core=mine) as server, \
            world.Nginx(folder, core=mine) as nginx:
        script = ("get", "/healthz")
        admin = f"http://127.0.0.1:{server.admin_port}"
        ours, peer = side_by_side(
            lambda: send(Load(admin, script, 64, options.seconds, core=other), server.pid),
            lambda: send(Load(nginx.url, script, 64, options.seconds, core=other), nginx.pid), options.rounds)
    return [Row("healthz", median(ours, "per_second"), "requests/s", median(peer, "per_second"), HEALTH)]


def statement_counts(server):
    """How often each statement ran, by the server's own metrics."""
    found = re.findall(r'^beresta_store_statement_seconds_count\{[^}]*?"([^"]+)"[^}]*\} (\d+)', server.metrics(), re.M)
    return {name: int(count) for name, count in found}


def assert_me_statements(server, load):
    """The bare side must run what the server runs: neither more nor less."""
    before = statement_counts(server)
    requests = send(load, server.pid).per_second * load.seconds
    after = statement_counts(server)
    seen = {name for name, count in after.items() if count - before.get(name, 0) > requests / 2}
    if seen != ME_STATEMENTS:
        raise Trouble(f"GET /api/v1/me runs {sorted(seen)}, beresta_bench bare-me {sorted(ME_STATEMENTS)}")


def me(options):
    with world.copy_of(world.population(world.SMALL)) as folder, world.Server(folder) as server:
        load = Load(server.url, ("get", "/api/v1/me", folder / "tokens.txt"), 32, options.seconds)
        # The first use of a session after a while writes down that it was used.
        send(load, server.pid)
        assert_me_statements(server, load)
        ours, peer = side_by_side(
            lambda: send(load, server.pid),
            lambda: run_bench("bare-me", folder / "main.db", folder / "keys.db", folder / "tokens.txt",
                              options.seconds), options.rounds)
    return [Row("me", median(ours, "per_core_second"), "requests per core-second", median(peer, "per_core_second"), ME),
            Row("me_rate", median(ours, "per_second"), "requests/s", None, ME_RATE)]


def sign_in_bodies(server, folder, count):
    """A line for each of the first citizens; their numbers end in seven digits of their own."""
    example = re.sub(r"[^+\d]", "", server.ask("GET", "/api/v1/configuration")["phone_example"])
    password = json.loads((folder / "seeded.json").read_text(encoding="utf-8"))["password"]
    lines = [json.dumps({"phone": f"{example[:-7]}{number:07}", "password": password}) for number in range(count)]
    (folder / "sign_in.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "sign_in.txt"


def sign_in(options):
    clients = min(max(len(measure.CORES), 2), 4)
    with world.copy_of(world.population(world.SMALL)) as folder, world.Server(folder) as server:
        load = Load(server.url, ("post", "/api/v1/sessions", sign_in_bodies(server, folder, 1000)), clients,
                    options.seconds)
        ours, peer = side_by_side(lambda: send(load, server.pid),
                                  lambda: run_bench("argon2", clients, options.seconds), options.rounds)
    return [Row("sign_in", median(ours, "per_second"), f"sign-ins/s with {clients} clients",
                median(peer, "per_second"), SIGN_IN)]


def durable_writes(options):
    with world.scratch() as folder, world.provider_metadata() as issuer:
        over_http, by_store, bare = (world.installation(folder / name) for name in ("http", "store", "bare"))
        with world.Server(over_http, [f"identity_provider.esia.issuer={issuer}"]) as server:
            bodies = over_http / "bodies.txt"
            bodies.write_text('{"intent":"sign_in"}\n', encoding="utf-8")
            load = Load(server.url, ("post", "/api/v1/identity-provider/authorizations", bodies), WRITERS,
                        options.seconds)
            stored = []

            def ours():
                stored.append(run_bench("store-writes", by_store / "main.db", WRITERS, options.seconds))
                return send(load, server.pid)

            http, peer = side_by_side(
                ours, lambda: run_bench("bare-writes", bare / "main.db", WRITERS, options.seconds), options.rounds)
    limit = median(peer, "per_second")
    return [Row("durable_writes", median(http, "per_second"), "requests/s", limit, WRITES),
            Row("durable_writes_store", median(stored, "per_second"), "units/s", limit, WRITES)]


def vault_read(options):
    with world.copy_of(world.population(world.SMALL)) as mine, world.copy_of(world.population(world.SMALL)) as bare:
        ours, peer = side_by_side(
            lambda: run_bench("vault-reads", mine / "main.db", mine / "keys.db", mine / "tokens.txt",
                              mine / "root.key", WRITERS, options.seconds),
            lambda: run_bench("bare-vault-reads", bare / "main.db", bare / "keys.db", bare / "tokens.txt", WRITERS,
                              options.seconds), options.rounds)
    return [Row("vault_read", median(ours, "per_second"), "readings/s, each on record", median(peer, "per_second"),
                VAULT_READ)]


def smpp_submit(options):
    peer = pathlib.Path(__file__).with_name("smpp_peer.mjs")
    centre = subprocess.Popen(["node", peer, "centre"], stdout=subprocess.PIPE, text=True)
    try:
        port = centre.stdout.readline().strip()
        ours, npm = side_by_side(
            lambda: run_bench("smpp-submits", port, SMPP_WINDOW, options.seconds),
            lambda: measure.Rate(**json.loads(measure.run(["node", peer, "client", port, SMPP_WINDOW,
                                                           options.seconds]))), options.rounds)
    finally:
        centre.terminate()
        centre.wait()
    return [Row("smpp_submit", median(ours, "per_second"), f"SMS/s with a window of {SMPP_WINDOW}",
                median(npm, "per_second"), SMPP),
            Row("smpp_submit_cpu", median(ours, "per_core_second"), "SMS per core-second of the client",
                median(npm, "per_core_second"), SMPP_CPU)]


def cold_start(_options):
    times = []
    with world.copy_of(world.population(world.SMALL)) as folder:
        for _ in range(COLD_STARTS):
            with world.Server(folder) as server:
                times.append(server.start_s)
    return [Row("cold_start", statistics.median(times), "s", None, START)]


def idle_memory(_options):
    with world.copy_of(world.population(world.SMALL)) as folder, world.Server(folder) as server:
        time.sleep(IDLE_S)
        status = pathlib.Path(f"/proc/{server.pid}/status").read_text(encoding="utf-8")
    resident_kib = int(re.search(r"^VmRSS:\s+(\d+) kB", status, re.M)[1])
    return [Row("idle_memory", resident_kib / 1024, "MiB", None, MEMORY)]


def citizens_scale(options):
    folders = [world.population(citizens) for citizens in (options.citizens, world.SMALL)]
    with world.Server(folders[0]) as large, world.Server(folders[1]) as small:
        rows = []
        for name, path in (("citizens_scale", "/api/v1/me"),
                           ("citizens_scale_lists", "/api/v1/operations,/api/v1/consents,/api/v1/documents")):
            loads = [Load(server.url, ("get", path, folder / "tokens.txt"), 1, options.seconds)
                     for server, folder in zip((large, small), folders)]
            for server, load in zip((large, small), loads):
                send(load, server.pid)
            many, few = side_by_side(lambda loads=loads: send(loads[0], large.pid),
                                     lambda loads=loads: send(loads[1], small.pid), options.rounds)
            rows.append(Row(name, median(many, "p50_us"), "us median", median(few, "p50_us"), SCALE))
    return rows


def log_append(_options):
    with world.scratch() as folder:
        files = world.installation(folder / "log")
        rate = run_bench("log-append", files / "main.db", files / "keys.db", LOG_ENTRIES)
    return [Row("log_append", rate.per_second, "leaves/s", None, LOG_APPEND)]


def log_proof(_options):
    said = json.loads(measure.run([measure.BENCH, "log-proof", LOG_LEAVES_MILLIONS]))
    return [Row("log_proof", said["bytes"], "bytes at 10^9 leaves", None, LOG_PROOF)]


def proof_check(_options):
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    if shutil.which(chromium) is None:
        raise Skipped(f"there is no Chromium at {chromium}; install the package chromium, or name another by CHROMIUM")
    measure.run([measure.ROOT / "tools/build.sh", "web"])
    said = json.loads(measure.run(["node", pathlib.Path(__file__).with_name("proof_check.mjs")]))
    return [Row("proof_check", said["median_ms"], f"ms median, {said['hashes']} hashes", None, PROOF_CHECK),
            Row("proof_check_p99", said["p99_ms"], "ms, 99th percentile", None, PROOF_CHECK)]


def consent_check(options):
    """A thousand people in turn in a population of the small size; microseconds of one core."""
    with world.copy_of(world.population(world.SMALL)) as folder:
        def cost(how):
            rates = [run_bench("consent-checks", folder / "main.db", how, options.seconds)
                     for _ in range(options.rounds)]
            return 1e6 / median(rates, "per_core_second")
        return [Row("consent_check", cost("read"), "microseconds", None, CONSENT_CHECK),
                Row("consent_check_held", cost("held"), "microseconds", None, CONSENT_CHECK)]


def who_looked(options):
    with world.copy_of(world.population(options.citizens)) as folder:
        token = (folder / "tokens.txt").read_text(encoding="utf-8").split()[0]
        with world.Server(folder) as server:
            citizen = server.ask("GET", "/api/v1/me", token=token)["citizen_id"]
            measure.run([measure.BENCH, "log-fill", folder / "main.db", citizen, OWN_ENTRIES])
            times, cursor, waited = [], "", time.monotonic() + 60
            while "index" not in server.ask("GET", "/api/v1/log/entries?limit=1", token=token)["entries"][0]:
                if time.monotonic() > waited:
                    raise Trouble("the entries got no place")
                time.sleep(0.5)
            for _ in range(PAGES_READ):
                started = time.monotonic()
                page = server.ask("GET", f"/api/v1/log/entries?limit=20{cursor}", token=token)
                times.append((time.monotonic() - started) * 1000)
                if not all("proof" in entry for entry in page["entries"]):
                    raise Trouble("an entry came without its proof")
                cursor = f"&cursor={page['next_cursor']}" if "next_cursor" in page else ""
    return [Row("who_looked", statistics.quantiles(times, n=100)[98], "ms p99 of a page of 20", None, WHO_LOOKED)]


# Name, budget, what it measures beside what; the functions are called as the names are.
LISTED = (
    ("qr_check_seen", SEEN, "Digital ID codes judged in process, attestation seen before : P-256 verifications"),
    ("qr_check_first", FIRST, "the same, attestation seen for the first time : P-256 verifications"),
    ("qr_http_batch100", BATCH, "codes judged over HTTP in batches of 100 : codes judged in process"),
    ("healthz", HEALTH, "GET /healthz, one I/O thread : nginx, one worker"),
    ("me", ME, "GET /api/v1/me : its SELECTs by bare SQLite; also me_rate, requests/s of the whole machine"),
    ("sign_in", SIGN_IN, "POST /api/v1/sessions : the bare Argon2id call on as many threads"),
    ("durable_writes", WRITES, "32 clients, an INSERT each, over HTTP and by our store : bare SQLite in groups of 32"),
    ("vault_read", VAULT_READ, "32 clients read profiles, each with access record and log entry : the same statements"
                               " by bare SQLite in groups of 32"),
    ("smpp_submit", SMPP, "SMS over SMPP, 32 unanswered at most : npm smpp's client at the same SMS centre"),
    ("log_append", LOG_APPEND, "entries a second given their place in the log, a signed checkpoint for each batch"),
    ("log_proof", LOG_PROOF, "bytes of the longest inclusion proof of a simulated log of 10^9 leaves"),
    ("proof_check", PROOF_CHECK, "milliseconds in Chromium to check an entry's proof in a tree of 10^9 leaves"),
    ("consent_check", CONSENT_CHECK, "whether a consent lives, warm, by a unit of its own; and held inside a write unit"),
    ("who_looked", WHO_LOOKED, "99th percentile of a page of one's own entries, of 10^4, with their proofs"),
    ("cold_start", START, "seconds from exec to /readyz"),
    ("idle_memory", MEMORY, "resident MiB two seconds after the start"),
    ("citizens_scale", SCALE, "median latency with 10^6 citizens : with 10^4; reads of /me and of lists"),
) + openid_rows.LISTED
