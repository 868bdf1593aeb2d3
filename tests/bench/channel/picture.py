"""The costs of channels as an SVG: bars on logarithmic scales, with the quartiles as whiskers.

Instructions to the left, time to the right; a row of panels for each size, and one for an event.
"""

import math

import results

_ROWS = [
    ("a number, 4 bytes", results.NUMBER),
    ("4 KiB", (results.READ[0], results.WRITE[0])),
    ("1 MiB", (results.READ[1], results.WRITE[1])),
    ("an event", (results.EVENT,)),
]

_WIDTH = 920
_NAMES = 150  # width of the column with the names of the channels
_PANEL = 350
_GAP = 30
_TOP = 64
_BAR = 7
_HEADING = 30
_AXIS = 30

# Who reads on a dark screen gets a dark picture.
_STYLE = """
  .paper { fill: #ffffff }
  text { font: 12px sans-serif; fill: #24292f }
  .title { font-size: 15px; font-weight: bold }
  .small { font-size: 11px; fill: #57606a }
  .end { text-anchor: end }
  .middle { text-anchor: middle }
  .grid { stroke: #d0d7de }
  .read { fill: #2f6fb3 }
  .write { fill: #d9822b }
  .event { fill: #5b8a3c }
  .whisker { stroke: #24292f }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #0d1117 }
    text { fill: #e6edf3 }
    .small { fill: #9da7b1 }
    .grid { stroke: #30363d }
    .read { fill: #58a6ff }
    .write { fill: #f0a04b }
    .event { fill: #7fb75b }
    .whisker { stroke: #e6edf3 }
  }
"""


class Scale:
    """Whole powers of ten round all values."""

    def __init__(self, values, left):
        self._low = math.floor(math.log10(min(values)))
        self._high = math.ceil(math.log10(max(values)))
        self._left = left

    def place(self, value):
        part = (math.log10(max(value, 10**self._low)) - self._low) / (self._high - self._low)
        return round(self._left + part * _PANEL, 1)

    def ticks(self):
        return [10**power for power in range(self._low, self._high + 1)]


def text(x, y, words, names=""):
    return f'<text x="{x}" y="{y}" class="{names}">{words}</text>'


def line(x1, y1, x2, y2, names):
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" class="{names}"/>'


def count(value):
    """The label of a power of ten."""
    for limit, unit in ((10**6, " M"), (10**3, " k")):
        if value >= limit:
            return f"{value // limit}{unit}"
    return str(value)


def kind(operation):
    return {"get": "read", "set": "write"}.get(operation, operation.split()[0])


def bar(scale, left, y, cost, unit):
    lower, median, upper = (scale.place(value) for value in cost[unit])
    middle = y + _BAR / 2
    return [
        f'<rect x="{left}" y="{y}" width="{round(median - left, 1)}" height="{_BAR}" '
        f'class="{kind(cost["operation"])}"/>',
        line(lower, middle, upper, middle, "whisker"),
        line(lower, y + 1, lower, y + _BAR - 1, "whisker"),
        line(upper, y + 1, upper, y + _BAR - 1, "whisker"),
    ]


def panel(measured, operations, channels, column, top, unit, label):
    left = _NAMES + column * (_PANEL + _GAP)
    costs = [measured.cost(operation, channel) for operation in operations for channel in channels]
    scale = Scale([value for cost in costs for value in cost[unit]], left)
    step = len(operations) * (_BAR + 1) + 6
    bottom = top + len(channels) * step
    parts = []
    ticks = scale.ticks()
    for tick in ticks:
        x = scale.place(tick)
        # Those at the ends stay within their panel.
        anchor = "start" if tick == ticks[0] else "end" if tick == ticks[-1] else "middle"
        parts += [line(x, top - 2, x, bottom, "grid"),
                  text(x, bottom + 14, label(tick), f"small {anchor}")]
    for i, channel in enumerate(channels):
        for j, operation in enumerate(operations):
            y = top + i * step + j * (_BAR + 1) + 2
            parts += bar(scale, left, y, measured.cost(operation, channel), unit)
    return parts


def row(measured, title, operations, top):
    """Its parts, and where it ends."""
    channels = measured.channels(operations[0])
    step = len(operations) * (_BAR + 1) + 6
    inner = top + _HEADING
    parts = [text(10, top + 18, title, "title")]
    for i, channel in enumerate(channels):
        parts.append(text(_NAMES - 8, inner + i * step + step / 2 + 3, channel, "end"))
    parts += panel(measured, operations, channels, 0, inner, "instructions", count)
    parts += panel(measured, operations, channels, 1, inner, "ns", results.time)
    return parts, inner + len(channels) * step + _AXIS


def legend():
    parts = []
    for i, (name, words) in enumerate((("read", "get, read"), ("write", "set, write"),
                                       ("event", "event"))):
        x = _NAMES + 120 * i
        parts.append(f'<rect x="{x}" y="34" width="12" height="{_BAR + 3}" class="{name}"/>')
        parts.append(text(x + 18, 43, words))
    return parts


def draw(measured):
    parts = [text(_NAMES, 22, "Instructions", "title"),
             text(_NAMES + _PANEL + _GAP, 22, "Time", "title"),
             text(_NAMES + _PANEL + _GAP, 43, "medians; whiskers: quartiles; logarithmic", "small")]
    parts += legend()
    y = _TOP
    for title, operations in _ROWS:
        more, y = row(measured, title, operations, y)
        parts += more
    parts.append(text(10, y + 10, results.setting(measured), "small"))
    height = y + 24
    body = "\n".join(parts)
    paper = f'<rect width="{_WIDTH}" height="{height}" class="paper"/>'
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
            f'width="{_WIDTH}" height="{height}" role="img" aria-label="Costs of channels">\n'
            f"<style>{_STYLE}</style>\n{paper}\n{body}\n</svg>\n")
