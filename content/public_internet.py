"""Which network addresses may be asked for what a stranger wrote down.

The machine that asks reaches what the stranger can't: its own services, a private network, the
data of a cloud host at 169.254.169.254.
"""

from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network, ip_address

# Public IPv6 addresses lie in the first network, without the examples in the second. IPv4 addresses
# written as IPv6 lie outside: what they lead to can't be seen.
_GIVEN_OUT, _EXAMPLES = IPv6Network("2000::/3"), IPv6Network("3fff::/20")


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
        elif address.teredo or address not in _GIVEN_OUT or address in _EXAMPLES:
            return False
    return address.is_global and not address.is_multicast
