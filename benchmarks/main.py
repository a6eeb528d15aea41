"""Runs the rows of ./bench, prints them and writes benchmarks/results/latest.json."""
import argparse
import json
import signal
import sys

import measure
import rows
import world

RESULTS = measure.ROOT / "benchmarks/results/latest.json"
LINE = "{:<26} {:>12} {:>12} {:>7}  {:<9} {:<6} {}"


def parse_arguments():
    names = [name for name, _, _ in rows.LISTED]
    parser = argparse.ArgumentParser(prog="./bench", description="Measures the speed budgets beside their limits.")
    parser.add_argument("rows", nargs="*", metavar="NAME", help="only these rows; see --list")
    parser.add_argument("--list", action="store_true", help="the rows and their budgets")
    parser.add_argument("--citizens", type=int, default=1_000_000, help="the large population of the rows of scale")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"), default="sqlite",
                        help="the database under the rows of the OpenID Provider")
    parser.add_argument("--rounds", type=int, default=3, help="how often each side runs; the median counts")
    parser.add_argument("--seconds", type=int, default=3, help="length of one measurement")
    options = parser.parse_args()
    unknown = [name for name in options.rows if name not in names]
    if unknown:
        parser.error(f"no row {', '.join(unknown)}; there are: {' '.join(names)}")
    if not (world.SMALL < options.citizens <= 10_000_000 and 1 <= options.rounds <= 99 and 1 <= options.seconds <= 20):
        parser.error(f"--citizens is {world.SMALL + 1} to 10000000, --rounds 1 to 99, --seconds 1 to 20")
    options.rows = options.rows or names
    return options


def number(value):
    if value is None:
        return "-"
    return f"{value:,.0f}" if value >= 1000 else f"{value:.4g}"


def show(row):
    ratio = "-" if row.ratio is None else f"{row.ratio:.2f}"
    print(LINE.format(row.row, number(row.measured), number(row.limit), ratio, str(row.budget),
                      "yes" if row.holds else "NO", row.unit), flush=True)


def measure_all(names, options):
    """The rows measured, and how many names could not be."""
    done, missing = [], 0
    for name in names:
        try:
            measured = getattr(rows, name)(options)
        except measure.Skipped as lack:
            print(f"{name:<26} skipped: {lack}", flush=True)
            continue
        except (measure.Trouble, OSError, ValueError, KeyError) as trouble:
            missing += 1
            print(f"{name:<26} not measured: {trouble}", flush=True)
            continue
        for row in measured:
            show(row)
        done += measured
    return done, missing


def main():
    options = parse_arguments()
    if options.list:
        for name, budget, what in rows.LISTED:
            print(f"{name:<18} {str(budget):<9} {what}")
        return 0
    # So that `with` blocks end what they started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    print(LINE.format("row", "measured", "limit", "ratio", "budget", "holds", "unit"), flush=True)
    done, missing = measure_all(options.rows, options)
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps([row.to_json() for row in done], indent=2) + "\n", encoding="utf-8")
    holding = sum(row.holds for row in done)
    print(f"{holding} of {len(done)} budgets hold{f', {missing} rows not measured' if missing else ''}")
    return 1 if missing else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
