"""`ifconfig`, `ip`, `ping`, `netstat`, `ss`, `nc`: the network, as far as the phone has one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from mobilegym.emulator.phone.shell.process import Process, ProgramError
from mobilegym.emulator.phone.shell.toybox.options import Options, number, parse

__all__ = ["ifconfig", "ip", "nc", "netstat", "ping", "ss"]


@dataclass(frozen=True, slots=True)
class _Interface:
    index: int
    name: str
    mac: str
    address: str = ""
    prefix: int = 24
    broadcast: str = ""
    inet6: str = ""
    mtu: int = 1500


_LO: Final = _Interface(1, "lo", "00:00:00:00:00:00", "127.0.0.1", 8, "", "::1/128", 65_536)
_ETH: Final = _Interface(12, "eth0", "52:54:00:12:34:56", "10.0.2.15", 8, "10.255.255.255", "fe80::5054:ff:fe12:3456/64")
_WLAN: Final = _Interface(15, "wlan0", "02:15:b2:00:00:00", "10.0.2.16", 24, "10.0.2.255", "fe80::15:b2ff:fe00:0/64")


def _interfaces(p: Process) -> list[_Interface]:
    """What is up: mobile data and wifi come and go with the phone's switches."""
    found = [_LO] if p.kernel.hardware.airplane else [_LO, _ETH]
    return [*found, _WLAN] if _wifi(p) else found


def _wifi(p: Process) -> bool:
    return p.kernel.hardware.wifi() is not None


def ifconfig(p: Process) -> int:
    """Show interfaces."""
    options = parse(p, "aS", usage="[-aS] [INTERFACE [ACTION...]]")
    found = _interfaces(p)
    if options.args:
        found = [i for i in found if i.name == options.args[0]]
        if not found:
            raise ProgramError(f"ifconfig: {options.args[0]}: No such device")
        if len(options.args) > 1:
            if p.uid:
                raise ProgramError("ifconfig: ioctl 8914: Operation not permitted")
            return 0
    for each in found:
        kind = "Local Loopback" if each is _LO else f"Ethernet  HWaddr {each.mac}"
        p.out(f"{each.name:<9} Link encap:{kind}\n")
        cast = "" if each is _LO else f"  Bcast:{each.broadcast}"
        p.out(f"          inet addr:{each.address}{cast}  Mask:{_mask(each.prefix)} \n")
        p.out(f"          inet6 addr: {each.inet6} Scope: {'Host' if each is _LO else 'Link'}\n")
        flags = "UP LOOPBACK RUNNING" if each is _LO else "UP BROADCAST RUNNING MULTICAST"
        p.out(f"          {flags}  MTU:{each.mtu}  Metric:1\n")
        p.out(
            "          RX packets:2210 errors:0 dropped:0 overruns:0 frame:0 \n"
            "          TX packets:1730 errors:0 dropped:0 overruns:0 carrier:0 \n"
        )
        p.out("          collisions:0 txqueuelen:1000 \n          RX bytes:1843220 TX bytes:312044 \n\n")
    return 0


def _mask(prefix: int) -> str:
    bits = (0xFFFFFFFF << (32 - prefix)) & 0xFFFFFFFF
    return ".".join(str((bits >> shift) & 255) for shift in (24, 16, 8, 0))


# ---------------------------------------------------------------------- ip


def ip(p: Process) -> int:
    """Show addresses, links and routes."""
    args = list(p.args)
    while args and args[0].startswith("-"):
        flag = args.pop(0)
        if flag in ("-family", "-f"):
            args = args[1:]
        elif flag in ("-V", "-Version"):
            p.out("ip utility, iproute2-6.1.0\n")
            return 0
    if not args:
        p.err("Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }\n")
        return 255
    what, rest = args[0], args[1:]
    if what and "address".startswith(what) or what == "addr":
        return _addresses(p, rest, full=True)
    if "link".startswith(what):
        return _addresses(p, rest, full=False)
    if "route".startswith(what) or "rule".startswith(what):
        return _rules(p) if what.startswith("ru") else _routes(p, rest)
    if "neighbour".startswith(what) or what == "neighbor":
        p.out("10.0.2.2 dev wlan0 lladdr 02:15:b2:00:01:00 REACHABLE\n" if _wifi(p) else "")
        return 0
    raise ProgramError(f'Object "{what}" is unknown, try "ip help".')


def _addresses(p: Process, rest: list[str], *, full: bool) -> int:
    if rest[:1] and rest[0] in ("add", "del", "set", "flush", "change", "replace"):
        if p.uid:
            raise ProgramError("RTNETLINK answers: Operation not permitted", 2)
        return 0
    names = [word for word in rest if word not in ("show", "list", "dev", "sh", "ls", "s", "up")]
    found = _interfaces(p)
    if names:
        found = [each for each in found if each.name == names[0]]
        if not found:
            raise ProgramError(f'Device "{names[0]}" does not exist.')
    for each in found:
        state, queue = ("UNKNOWN", "noqueue") if each is _LO else ("UP", "fq_codel" if each is _ETH else "mq")
        flags = "LOOPBACK,UP,LOWER_UP" if each is _LO else "BROADCAST,MULTICAST,UP,LOWER_UP"
        p.out(
            f"{each.index}: {each.name}: <{flags}> mtu {each.mtu} qdisc {queue} state {state} "
            f"{'' if full else 'mode DEFAULT '}group default qlen 1000\n"
        )
        kind, cast = ("loopback", "00:00:00:00:00:00") if each is _LO else ("ether", "ff:ff:ff:ff:ff:ff")
        p.out(f"    link/{kind} {each.mac} brd {cast}\n")
        if full:
            brd = f" brd {each.broadcast}" if each.broadcast else ""
            scope = "host" if each is _LO else "global"
            p.out(f"    inet {each.address}/{each.prefix}{brd} scope {scope} {each.name}\n       valid_lft forever preferred_lft forever\n")
            p.out(f"    inet6 {each.inet6} scope {'host' if each is _LO else 'link'} \n       valid_lft forever preferred_lft forever\n")
    return 0


def _routes(p: Process, rest: list[str]) -> int:
    up = _interfaces(p)
    if rest[:1] == ["get"] and len(rest) > 1:
        if len(up) == 1:
            raise ProgramError("RTNETLINK answers: Network is unreachable", 2)
        last = up[-1]
        p.out(f"{rest[1]} via 10.0.2.2 dev {last.name} table {last.name} src {last.address} uid {p.uid} \n    cache \n")
        return 0
    for each in up[1:]:
        net = "10.0.2.0/24" if each is _WLAN else "10.0.0.0/8"
        p.out(f"{net} dev {each.name} proto kernel scope link src {each.address} \n")
    return 0


def _rules(p: Process) -> int:
    p.out("0:\tfrom all lookup local \n10000:\tfrom all fwmark 0xc0000/0xd0000 lookup legacy_system \n32000:\tfrom all unreachable\n")
    return 0


# ---------------------------------------------------------------------- ping


async def ping(p: Process) -> int:
    """Send echo requests: whoever has an address answers, while there is a network."""
    options = parse(p, "46bdfnqRrUvaAo", "cIiLlMmpQSsTtWw", least=1, most=1, usage="[OPTIONS] HOST")
    host, size = options.args[0], number(p, options.value("s", "56"), low=0)
    address = _resolve(p, host)
    if address is None:
        raise ProgramError(f"ping: unknown host {host}", 2)
    reachable = address.startswith("127.") or len(_interfaces(p)) > 1
    most = number(p, options.value("c", "1000000"), low=1)
    interval = float(options.value("i", "1") or 1)
    p.out(f"PING {host} ({address}) {size}({size + 28}) bytes of data.\n")
    times: list[float] = []
    sent, began = 0, p.kernel.clock.elapsed_ms
    deadline = began + number(p, options.value("w"), low=1) * 1000 if "w" in options else None
    while sent < most and (deadline is None or p.kernel.clock.elapsed_ms < deadline):
        if sent:
            await p.system.sleep(int(interval * 1000))
        sent += 1
        if reachable:
            times.append(0.04 if address.startswith("127.") else 12 + crc32(f"{address}/{sent}".encode()) % 90 / 10)
            _reply(p, options, host, address, size, sent, times[-1])
        await p.stdout.drain()
    loss = round((sent - len(times)) * 100 / sent)
    total = p.kernel.clock.elapsed_ms - began
    p.out(f"\n--- {host} ping statistics ---\n{sent} packets transmitted, {len(times)} received, {loss}% packet loss, time {total}ms\n")
    if times:
        mean = sum(times) / len(times)
        spread = (sum(t * t for t in times) / len(times) - mean * mean) ** 0.5 if len(times) > 1 else 0.0
        p.out(f"rtt min/avg/max/mdev = {min(times):.3f}/{mean:.3f}/{max(times):.3f}/{abs(spread):.3f} ms\n")
    return 0 if times else 1


def _reply(p: Process, options: Options, host: str, address: str, size: int, turn: int, ms: float) -> None:
    if "q" in options:
        return
    shown = address if host == address or "n" in options else f"{host} ({address})"
    p.out(
        f"{size + 8} bytes from {shown}: icmp_seq={turn} ttl={64 if address.startswith('127.') else 255} "
        f"time={ms:.{3 if ms < 1 else 1}f} ms\n"
    )


def _resolve(p: Process, host: str) -> str | None:
    """An address for a name; the same for the same name, since nothing is asked outside the phone."""
    if re.fullmatch(r"\d{1,3}(\.\d{1,3}){3}", host):
        return host
    if host in ("localhost", "ip6-localhost", "::1"):
        return "127.0.0.1"
    if (
        len(_interfaces(p)) == 1
        or not re.fullmatch(r"(?=.{4,253}$)([A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,}", host)
        or host.endswith((".invalid", ".local"))
    ):
        return None
    seed = crc32(host.lower().encode())
    return f"142.250.{seed % 200 + 10}.{seed // 256 % 250 + 2}"


# ---------------------------------------------------------------------- sockets


def netstat(p: Process) -> int:
    """Show sockets."""
    options = parse(p, "pWrxwutneal", usage="[-pWrxwutneal]")
    if "r" in options:
        p.out("Kernel IP routing table\nDestination     Gateway         Genmask         Flags   MSS Window  irtt Iface\n")
        if _wifi(p):
            p.out("10.0.2.0        0.0.0.0         255.255.255.0   U         0 0          0 wlan0\n")
        return 0
    every = "a" in options
    title = "servers and established" if every else "only servers" if "l" in options else "w/o servers"
    title = "established and servers" if every else title
    p.out(f"Active Internet connections ({title})\n")
    p.out(
        "Proto Recv-Q Send-Q Local Address           Foreign Address         State      "
        + ("PID/Program Name" if "p" in options else "")
        + "\n"
    )
    if every or "l" in options:
        for port in _ports(p):
            p.out(f"tcp        0      0 127.0.0.1:{port:<13} 0.0.0.0:*               LISTEN     {'412/adbd' if 'p' in options else ''}\n")
    return 0


def ss(p: Process) -> int:
    """Show sockets, in the other format."""
    options = parse(p, "tulnpaxHes46", usage="[-tulnpaxH]")
    if "H" not in options:
        p.out("State    Recv-Q   Send-Q     Local Address:Port      Peer Address:Port   Process\n")
    if "l" in options or "a" in options:
        for port in _ports(p):
            p.out(f"LISTEN   0        50             127.0.0.1:{port:<9}        0.0.0.0:*\n")
    return 0


def _ports(p: Process) -> list[int]:
    return sorted(int(name[4:]) for name in p.system.services if re.fullmatch(r"tcp:\d+", name))


async def nc(p: Process) -> int:
    """Connections out of the phone are refused; there is nobody outside."""
    options = parse(p, "46ELUlnotuvWz", "fpqsw", usage="[-46ELlntUu] [-u] [-wpq #] [-s addr] {IPADDR PORTNUM|-f FILENAME|COMMAND...}")
    del options
    raise ProgramError("nc: connect: Connection refused")
