"""A private PostgreSQL 15 with its own durable settings, for the rows that run on both engines."""
import contextlib
import os
import pathlib
import shutil
import subprocess

from measure import Trouble

BIN = pathlib.Path(os.environ.get("BERESTA_PG_BIN", "/usr/lib/postgresql/15/bin"))
NAMES = ("main", "keys")


@contextlib.contextmanager
def cluster(folder):
    """Runs one in a new folder below `folder` until the `with` block ends; gives {database name: URL}."""
    if not (BIN / "initdb").exists():
        raise Trouble(f"no PostgreSQL in {BIN} (Debian package postgresql-15)")
    home = pathlib.Path("/tmp") / f"beresta-bench-pg-{os.getpid()}"  # a socket's path must be short
    data = folder / "pg"
    home.mkdir(mode=0o700)
    data.mkdir(mode=0o700)
    owner = []
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        owner = ["runuser", "-u", "postgres", "--"]
        folder.chmod(0o711)
        for path in (home, data):
            shutil.chown(path, "postgres")

    def run(name, *arguments):
        done = subprocess.run([*owner, BIN / name, *arguments], capture_output=True, text=True, check=False, cwd="/")
        if done.returncode != 0:
            raise Trouble(f"{name} ended {done.returncode}: {done.stderr.strip()[-400:]}")

    try:
        run("initdb", "-D", data, "-U", "beresta", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        run("pg_ctl", "-D", data, "-l", home / "log", "-w", "start", "-o",
            f"-k {home} -c listen_addresses= -c shared_buffers=256MB -c max_connections=120")
        for name in NAMES:
            run("createdb", "-h", home, "-U", "beresta", name)
        yield {name: f"postgresql://beresta@/{name}?host={home}" for name in NAMES}
    finally:
        with contextlib.suppress(Trouble):
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(home, ignore_errors=True)
