"""What genlc prints is what the kernel's own Python client reads, family by family.

ynl_test.py GENLC FOLDER-OF-YNL FOLDER-OF-SPECS, in a network namespace of its own (ynl_test.sh makes
one). Both ask the same kernel for the same, and what they say is compared as JSON. They differ in
presentation; each rule by which that is evened out is a method of Ours or Theirs below, with its reason.
"""

import json
import socket
import subprocess
import sys

GENLC, YNL, SPECS = sys.argv[1:4]
sys.path.insert(0, YNL)

from pyynl.lib import YnlFamily  # noqa: E402

# So that each family has something to say. What the kernel of the machine lacks is left out.
SETUP = """
ip link set lo up
ip link add v0 mtu 1400 type veth peer name v1
ip link set v1 alias "to the peer" address 02:00:00:00:00:01
ip link property add dev v1 altname first-name altname second-name
ip link add br0 type bridge stp_state 1 priority 4096 mcast_snooping 0
ip link add vx0 type vxlan id 7 dstport 4789 local 192.0.2.1
ip link set v1 master br0
ip link set v1 type bridge_slave cost 55 isolated on
ip link set v0 up
ip address add 192.0.2.1/24 broadcast + label v0:x dev v0
ip address add 192.0.2.3/32 peer 198.51.100.1 dev v0 scope link
ip address add 2001:db8::1/64 dev v0 nodad
ip address add 2001:db8::2 peer 2001:db8::3/128 dev v1 nodad
ip route add default via 192.0.2.8 dev v0 onlink
ip route add 203.0.113.0/24 via 192.0.2.9 metric 5 mtu 1400 advmss 1300 dev v0 onlink
ip route add blackhole 198.18.0.0/15
ip route add 10.9.0.0/16 dev v0 src 192.0.2.1 proto static table 1000
ip route add 2001:db8:1::/48 via 2001:db8::9 dev v0 pref high
ip route add 203.0.114.0/24 nexthop via 192.0.2.9 dev v0 onlink nexthop via 192.0.2.10 dev v0 onlink weight 3
tc qdisc add dev v0 root handle 1: htb default 0x20 r2q 7 direct_qlen 300
tc class add dev v0 parent 1: classid 1:20 htb rate 3mbit ceil 5mbit burst 20k prio 3
tc qdisc add dev v0 parent 1:20 handle 20: pfifo limit 17
tc qdisc add dev br0 root handle 2: tbf rate 1mbit burst 10kb latency 70ms
tc qdisc add dev v0 clsact
tc filter add dev v0 ingress protocol ip prio 7 u32 match ip dst 192.0.2.0/24 flowid 1:1
tc filter add dev v0 egress protocol ip prio 8 u32 match ip src 192.0.2.1 classid 1:20
ip mptcp endpoint add 192.0.2.1 id 5 dev v0 signal port 4711
ip mptcp endpoint add 192.0.2.2 id 200 fullmesh subflow
ip mptcp endpoint add 2001:db8::7 id 6 subflow backup
ip mptcp limits set add_addr_accepted 1 subflows 5
"""

# Spec, operation, do or dump, request. A `do` that fails has to fail for both.
QUESTIONS = [
    ("nlctrl", "getfamily", "do", {"family-name": "nlctrl"}),
    ("nlctrl", "getfamily", "do", {"family-name": "absent"}),
    ("nlctrl", "getfamily", "dump", {}),
    ("nlctrl", "getpolicy", "dump", {"family-name": "nlctrl"}),
    ("nlctrl", "getpolicy", "dump", {"family-name": "netdev", "op": 1}),
    ("netdev", "dev-get", "do", {"ifindex": 1}),
    ("netdev", "dev-get", "dump", {}),
    ("netdev", "queue-get", "dump", {}),
    ("netdev", "napi-get", "dump", {}),
    ("netdev", "page-pool-get", "dump", {}),
    ("netdev", "qstats-get", "dump", {}),
    ("ethtool", "strset-get", "dump", {}),
    ("ethtool", "linkinfo-get", "dump", {}),
    ("ethtool", "linkmodes-get", "do", {"header": {"dev-name": "v0"}}),
    ("ethtool", "linkmodes-get", "dump", {}),
    ("ethtool", "linkstate-get", "dump", {}),
    ("ethtool", "debug-get", "dump", {}),
    ("ethtool", "features-get", "do", {"header": {"dev-name": "v0"}}),
    ("ethtool", "features-get", "dump", {}),
    ("ethtool", "rings-get", "dump", {}),
    ("ethtool", "channels-get", "do", {"header": {"dev-name": "v0"}}),
    ("ethtool", "coalesce-get", "dump", {}),
    ("ethtool", "tsinfo-get", "dump", {}),
    ("ethtool", "privflags-get", "dump", {}),
    ("ethtool", "linkstate-get", "do", {"header": {"dev-name": "absent"}}),
    ("tcp_metrics", "get", "dump", {}),
    ("tcp_metrics", "get", "do", {"addr-ipv4": "192.0.2.1"}),
    ("mptcp_pm", "get-addr", "dump", {}),
    ("mptcp_pm", "get-addr", "do", {"addr": {"id": 5}}),
    ("mptcp_pm", "get-addr", "do", {"addr": {"id": 77}}),
    ("mptcp_pm", "get-limits", "do", {}),
    ("rt-link", "getlink", "dump", {}),
    ("rt-link", "getlink", "do", {"ifi-index": 1}),
    ("rt-link", "getlink", "do", {"ifname": "br0"}),
    ("rt-link", "getlink", "do", {"ifname": "absent"}),
    ("rt-link", "getstats", "dump", {"filter-mask": 31}),
    ("rt-addr", "getaddr", "dump", {}),
    ("rt-addr", "getmulticast", "dump", {"ifa-family": 2}),
    ("rt-route", "getroute", "dump", {}),
    ("rt-route", "getroute", "dump", {"rtm-family": 2}),
    ("rt-route", "getroute", "do", {"rtm-family": 2, "rtm-dst-len": 32, "dst": "203.0.113.7"}),
    ("tc", "getqdisc", "dump", {}),
    ("tc", "gettclass", "dump", {"ifindex": "v0"}),
    ("tc", "gettfilter", "dump", {"ifindex": "v0", "parent": 0xFFFFFFF2}),
    ("tc", "gettfilter", "dump", {"ifindex": "v0", "parent": 0xFFFFFFF3}),
    ("tc", "getchain", "dump", {"ifindex": "v0"}),
]

CLASSIC = {"rt-link", "rt-addr", "rt-route", "tc"}

# What goes on while the two ask one after the other, by the last name of a path: times and counters.
MOVING = {
    "age", "ifa-cacheinfo", "cacheinfo", "expires", "lastuse", "used", "install", "tstamp", "cstamp",
    "hello-timer", "tcn-timer", "gc-timer", "topology-change-timer", "fdb-n-learned", "hold-timer",
    "message-age-timer", "forward-delay-timer",
}  # fmt: skip


class Family(YnlFamily):
    def _decode_unknown(self, attr):
        # Without a name there is no telling whether bytes are attributes: genlc shows them as they are.
        return attr.as_bin()

    def _decode_sub_msg(self, attr, attr_spec, search_attrs):
        # The same for formats that the spec lacks (vxlan), of which this client would read nothing.
        formats = self.sub_msgs[attr_spec.sub_message].formats
        if search_attrs.lookup(attr_spec.selector) not in formats:
            return attr.as_bin()
        return super()._decode_sub_msg(attr, attr_spec, search_attrs)


class Theirs:
    """An answer of the Python client, made plain."""

    def __init__(self, family):
        self.family = family

    def plain(self, value):
        if isinstance(value, dict):
            return {self.name(name): self.plain(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self.plain(self.element(inner)) for inner in value]
        if isinstance(value, (set, frozenset)):
            return self.flags(value)
        if isinstance(value, bytes):
            return value.hex()
        if isinstance(value, str) and value.startswith("Unknown("):
            # An entry that the enumeration lacks is its number.
            return int(value[8:-1])
        return value

    @staticmethod
    def name(name):
        # Attributes that the spec lacks: UnknownAttr(17) is #17.
        return "#" + name[12:-1] if name.startswith("UnknownAttr(") else name

    @staticmethod
    def flags(value):
        # The client has one unknown flag a bit, genlc a number for all that have no name.
        unknown = [int(flag[8:-1]) for flag in value if flag.startswith("Unknown(")]
        known = sorted(flag for flag in value if not flag.startswith("Unknown("))
        return known + ([sum(1 << bit for bit in unknown)] if unknown else [])

    @staticmethod
    def element(value):
        # An element of an indexed array is {index: nest}; genlc has the nests in their order.
        if isinstance(value, dict) and len(value) == 1:
            index, nest = next(iter(value.items()))
            if isinstance(index, int):
                return nest
        return value


class Ours:
    """An answer of genlc, as the Python client would present it."""

    def plain(self, value, theirs):
        """`theirs`, which stands in the same place, says which form is wanted where there are two."""
        if isinstance(value, dict):
            return self.object(value, theirs)
        if isinstance(value, list):
            if isinstance(theirs, dict):
                # A nest by type and value is one object there, a list of such here.
                return self.plain(value[0], theirs) if len(value) == 1 else value
            if isinstance(theirs, list) and all(isinstance(flag, (str, int)) for flag in value):
                # Flags have no order; lists of numbers and names that are no flags stay as they are.
                return theirs if sorted(map(str, value)) == sorted(map(str, theirs)) else value
            others = theirs if isinstance(theirs, list) else []
            others = others + [None] * (len(value) - len(others))
            return [self.plain(inner, other) for inner, other in zip(value, others)]
        if isinstance(value, str) and isinstance(theirs, str):
            # Bytes to be shown in hexadecimal have blanks there.
            return theirs if theirs.replace(" ", "") == value else value
        return value

    def object(self, value, theirs):
        members = dict(value)
        if "header" in members and not (isinstance(theirs, dict) and "header" in theirs):
            # The members of a fixed header stand among the attributes there.
            members.update(members.pop("header"))
        for mark in ("#rest", "#size"):
            # That a structure is longer or shorter than the spec says is not told there.
            members.pop(mark, None)
        others = theirs if isinstance(theirs, dict) else {}
        return {name: self.plain(inner, others.get(name)) for name, inner in members.items()}


def differences(ours, theirs, path=""):
    last = path.split(".")[-1].split("[")[0]
    if last in MOVING:
        return
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for name in sorted(set(ours) | set(theirs)):
            inner = f"{path}.{name}"
            if name not in theirs:
                yield f"{inner}: only genlc has it: {ours[name]!r}"
            elif name not in ours:
                yield f"{inner}: only the Python client has it: {theirs[name]!r}"
            else:
                yield from differences(ours[name], theirs[name], inner)
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for index, (one, other) in enumerate(zip(ours, theirs)):
            yield from differences(one, other, f"{path}[{index}]")
    elif ours != theirs:
        yield f"{path}: genlc says {ours!r}, the Python client {theirs!r}"


def genlc(*words):
    """The objects that it prints; None after a refusal."""
    run = subprocess.run([GENLC, *words], capture_output=True, text=True, check=False)
    if run.returncode == 1 and not run.stdout:
        return None
    assert run.returncode == 0, run.stderr
    return [json.loads(line) for line in run.stdout.splitlines()]


def request_words(family, operation, request):
    """The request as genlc takes it: a fixed header by its name."""
    header = family.ops[operation].fixed_header
    members = {member.name for member in family.consts[header].members} if header else set()
    inner = {name: value for name, value in request.items() if name in members}
    outer = {name: value for name, value in request.items() if name not in members}
    return json.dumps({"header": inner, **outer} if inner else outer)


def ask_ynl(family, operation, mode, request):
    try:
        answer = getattr(family, mode)(operation, dict(request))
    except Exception as error:  # pylint: disable=broad-except
        if type(error).__name__ == "NlError":
            return None
        raise
    if mode == "do":
        answer = [] if answer is None else answer if isinstance(answer, list) else [answer]
    return json.loads(json.dumps(Theirs(family).plain(answer)))


def compare(spec, operation, mode, request):
    """How many objects there were, and what differs."""
    request = {
        name: socket.if_nametoindex(value) if name == "ifindex" and isinstance(value, str) else value
        for name, value in request.items()
    }
    path = f"{SPECS}/{spec}.yaml"
    with Family(path, schema="", process_unknown=True) as family:
        theirs = ask_ynl(family, operation, mode, request)
        ours = genlc(mode, path, operation, request_words(family, operation, request))
    title = f"{mode} {spec} {operation} {json.dumps(request)}"
    if theirs is None or ours is None:
        print(f"{title}: refused")
        return 0, [] if theirs is ours else [f"{title}: genlc {ours!r}, the Python client {theirs!r}"]
    plain = [Ours().plain(mine, other) for mine, other in zip(ours, theirs + [None] * len(ours))]
    print(f"{title}: {len(theirs)} objects, {len(json.dumps(theirs))} bytes")
    if len(ours) != len(theirs):
        return len(theirs), [f"{title}: {len(ours)} objects, of the Python client {len(theirs)}"]
    return len(theirs), [f"{title} {found}" for found in differences(plain, theirs)]


def compare_families():
    """`genlc families` has the controller's answer under names of its own."""
    with Family(f"{SPECS}/nlctrl.yaml", schema="", process_unknown=True) as family:
        theirs = ask_ynl(family, "getfamily", "dump", {})
    names = {
        "id": "family-id", "name": "family-name", "version": "version", "header-size": "hdrsize",
        "max-attribute": "maxattr",
    }  # fmt: skip
    ours = {entry["name"]: entry for entry in genlc("families")}
    found = []
    if sorted(ours) != sorted(entry["family-name"] for entry in theirs):
        found.append(f"families: {sorted(ours)}")
    for other in theirs:
        mine = ours.get(other["family-name"], {})
        for name, its_name in names.items():
            if mine.get(name) != other.get(its_name):
                found.append(f"families {mine.get('name')} {name}: {mine.get(name)!r}, {other.get(its_name)!r}")
        mine_ops = [(op["id"], len(op["flags"])) for op in mine.get("operations", [])]
        other_ops = [(op["id"], len(op["flags"])) for op in other.get("ops", [])]
        if mine_ops != other_ops:
            found.append(f"families {mine.get('name')} operations: {mine_ops}, {other_ops}")
        mine_groups = [(group["name"], group["id"]) for group in mine.get("groups", [])]
        other_groups = [(group["name"], group["id"]) for group in other.get("mcast-groups", [])]
        if mine_groups != other_groups:
            found.append(f"families {mine.get('name')} groups: {mine_groups}, {other_groups}")
    print(f"families: {len(theirs)}")
    return found


def set_up():
    for line in SETUP.strip().splitlines():
        run = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=False)
        if run.returncode != 0:
            print(f"left out: {line}: {(run.stderr or run.stdout).strip().splitlines()[-1:]}")
    # A connection to an address of the machine leaves metrics behind.
    with socket.create_server(("192.0.2.1", 0)) as server:
        for _ in range(2):
            with socket.create_connection(server.getsockname()) as one, server.accept()[0] as other:
                one.sendall(b"x" * 100000)
                other.recv(100000)


def main():
    set_up()
    found = compare_families()
    there = {entry["name"] for entry in genlc("families")}
    objects = {}
    for spec, *question in QUESTIONS:
        if spec not in CLASSIC and spec not in there:
            objects[spec] = None
            continue
        objects.setdefault(spec, 0)
        count, different = compare(spec, *question)
        objects[spec] += count
        found += different
    for spec, count in objects.items():
        if count is None:
            print(f"SKIPPED: ynl_test: this kernel has no family {spec}")
        elif count == 0:
            found.append(f"{spec}: no object to compare")
    for line in found:
        print(f"DIFFERENT: {line}")
    return 1 if found else 0


sys.exit(main())
