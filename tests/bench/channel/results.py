"""The costs of channels, as measure.py gets them and page.py shows them."""

import json

# What a table has together.
NUMBER = ("get", "set")
READ = ("read 4 KiB", "read 1 MiB")
WRITE = ("write 4 KiB", "write 1 MiB")
EVENT = "event"
MIB = 1 << 20


class Results:
    """Costs by operation and channel. Each is a dict: "operation", "channel", "bytes"; "ns" and
    "instructions", each [lower quartile, median, upper quartile]; "calls", the system calls, or none."""

    def __init__(self, kernel, machine, rounds, costs):
        self.kernel = kernel
        self.machine = machine
        self.rounds = rounds
        self.costs = costs
        self._table = {(cost["operation"], cost["channel"]): cost for cost in costs}

    def cost(self, operation, channel):
        """None where the channel cannot do it."""
        return self._table.get((operation, channel))

    def channels(self, operation):
        return [cost["channel"] for cost in self.costs if cost["operation"] == operation]

    def to_json(self):
        head = json.dumps({"kernel": self.kernel, "machine": self.machine, "rounds": self.rounds})
        lines = ",\n".join(json.dumps(cost) for cost in self.costs)
        return f'{head[:-1]},\n"costs": [\n{lines}\n]}}\n'


def from_json(text):
    return Results(**json.loads(text))


def number(value):
    """Three digits of it, or all of them before a k."""
    if value < 1e4:
        return f"{value:.0f}"
    return f"{value / 1e3:.1f} k" if value < 1e5 else f"{value / 1e3:.0f} k"


def time(ns):
    for limit, unit in ((1e9, "s"), (1e6, "ms"), (1e3, "µs")):
        if ns >= limit:
            scaled = ns / limit
            return f"{scaled:#.3g} {unit}" if scaled < 100 else f"{scaled:.0f} {unit}"
    return f"{ns:.0f} ns"


def times(cost):
    """The median with its quartiles."""
    lower, median, upper = cost["ns"]
    return f"{time(median)} ({time(lower)} to {time(upper)})"


def rates(cost):
    """MiB/s, likewise."""
    lower, median, upper = (cost["bytes"] / MIB / (ns / 1e9) for ns in reversed(cost["ns"]))
    return f"{median:.0f} ({lower:.0f} to {upper:.0f})"


def rows(results, operations, show):
    """A line for each channel: its name, and for each operation instructions, `show` of the cost, and
    system calls; "-" where it cannot do it."""
    for channel in results.channels(operations[0]):
        row = [channel]
        for operation in operations:
            cost = results.cost(operation, channel)
            calls = cost.get("calls", "-")
            row += [number(cost["instructions"][1]), show(cost), str(calls)]
        yield row


def tables(results):
    """Title, names of the columns, and lines of each table."""
    per = ["instructions", "time", "calls"]
    bulk = ["instructions", "MiB/s", "calls"]
    events = [*rows(results, (EVENT,), times)]
    events += [[name, "-", "-", "-"] for name in results.channels("get")
               if name not in results.channels(EVENT)]
    return [
        ("A number", [f"{name}: {what}" for name in NUMBER for what in per],
         list(rows(results, NUMBER, times))),
        ("Reading", [f"{name[5:]}: {what}" for name in READ for what in bulk],
         list(rows(results, READ, rates))),
        ("Writing", [f"{name[6:]}: {what}" for name in WRITE for what in bulk],
         list(rows(results, WRITE, rates))),
        ("An event", per, events),
    ]


def setting(results):
    """Where it was measured, in words."""
    machine = results.machine
    return (f"{results.kernel}, {machine['emulator']} ({machine['accelerator']}) on "
            f"{machine['processor']}, {results.rounds} rounds")
