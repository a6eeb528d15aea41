"""Rows, rounds and rates: what every measurement of ./bench is made of."""
import dataclasses
import json
import os
import pathlib
import statistics
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
BERESTA = ROOT / "build/release/beresta"
BENCH = ROOT / "build/release/beresta_bench"
LOAD = ROOT / "benchmarks/load.lua"
CORES = sorted(os.sched_getaffinity(0))
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


class Trouble(Exception):
    """A row cannot be measured; the text is for whoever runs ./bench."""


class Skipped(Exception):
    """This machine lacks what the row is measured with; the text says what, and how to get it."""


@dataclasses.dataclass(frozen=True)
class Budget:
    """A bound of the ratio, or of the measured value where a row has no limit beside it."""
    least: float | None = None
    most: float | None = None

    def holds(self, value):
        return value >= self.least if self.least is not None else value <= self.most

    def __str__(self):
        return f">= {self.least:g}" if self.least is not None else f"<= {self.most:g}"


@dataclasses.dataclass(frozen=True)
class Row:
    row: str
    measured: float
    unit: str
    limit: float | None
    budget: Budget

    @property
    def ratio(self):
        return None if self.limit is None else self.measured / self.limit

    @property
    def holds(self):
        return self.budget.holds(self.measured if self.limit is None else self.ratio)

    def to_json(self):
        return {"row": self.row, "measured": rounded(self.measured), "unit": self.unit, "limit": rounded(self.limit),
                "ratio": rounded(self.ratio), "budget": str(self.budget), "holds": self.holds}


def rounded(value):
    """Four significant digits: more would claim what no shared machine can repeat."""
    return None if value is None else float(f"{value:.4g}")


@dataclasses.dataclass(frozen=True)
class Rate:
    per_second: float
    per_core_second: float = 0.0
    p50_us: float = 0.0


def side_by_side(ours, peer, rounds):
    """Runs ours, peer, ours, peer ...; noise of the machine then hits both. Gives the Rates of each."""
    pairs = [(ours(), peer()) for _ in range(rounds)]
    return [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def median(rates, name):
    return statistics.median(getattr(rate, name) for rate in rates)


def run(arguments, **options):
    """Runs a program to its end and gives what it printed."""
    finished = subprocess.run([str(one) for one in arguments], capture_output=True, text=True, check=False, **options)
    if finished.returncode != 0:
        raise Trouble(f"{pathlib.Path(str(arguments[0])).name} ended {finished.returncode}: "
                      f"{(finished.stderr or finished.stdout).strip()[-600:]}")
    return finished.stdout


def run_bench(*arguments):
    """One measurement of beresta_bench."""
    return Rate(**json.loads(run([BENCH, *arguments])))


def openssl_verify_rate(seconds):
    """P-256 verifications per second of processor time, by OpenSSL's own loop."""
    last = run(["openssl", "speed", "-seconds", seconds, "ecdsap256"]).strip().splitlines()[-1].split()
    rate = float(last[-1])
    return Rate(rate, rate)


def cpu_seconds(pid):
    """Processor time a process and all its threads have had."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND


@dataclasses.dataclass(frozen=True)
class Load:
    """What wrk sends; `script` is what follows "--", see load.lua."""
    url: str
    script: tuple
    connections: int = 32
    seconds: int = 3
    core: int | None = None  # the one core wrk may use


def send(load, pid):
    """Sends the load and gives the Rate of the process that answered. Any refusal is Trouble."""
    pin = [] if load.core is None else ["taskset", "-c", str(load.core)]
    before = cpu_seconds(pid)
    output = run([*pin, "wrk", "-t1", f"-c{load.connections}", f"-d{load.seconds}s", "--timeout", "10s", "-s", LOAD,
                  load.url, "--", *load.script])
    spent = cpu_seconds(pid) - before
    result = [line for line in output.splitlines() if line.startswith("RESULT ")]
    if len(result) != 1:
        raise Trouble(f"wrk said nothing usable: {output.strip()[-400:]}")
    requests, duration_us, refused, broken, p50, _p99 = map(int, result[0].split()[1:])
    if refused or broken or requests == 0:
        raise Trouble(f"{load.script[1]}: of {requests} requests {refused} were refused and {broken} broke off")
    return Rate(requests / duration_us * 1e6, requests / max(spent, 1 / TICKS_PER_SECOND), p50)
