"""Which network addresses may be asked for what a stranger wrote down.

The machine that asks reaches what the stranger can't: its own services, a private network, the
data of a cloud host at 169.254.169.254.
"""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network, ip_address

# Addresses of the next generation that stand for one of the old: what it is can't be seen.
_TRANSLATED = (
    IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"), IPv6Network("::/96")
)  # fmt: skip


def is_public(where: str) -> bool:
    """Tell whether a network address (IPv4 or IPv6, as text) belongs to the public Internet.

    Addresses that carry an IPv4 address within them are read as that one; a text that is no
    address is not public.
    """
    try:
        address = ip_address(where.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            address = inner
        elif address.teredo is not None or any(address in one for one in _TRANSLATED):
            return False
    return address.is_global and not address.is_multicast
