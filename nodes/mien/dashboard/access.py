"""Who may connect: same origin, this machine unless told otherwise, and a token for what is not public."""

from __future__ import annotations

import hmac
import ipaddress
import secrets
import socket
from urllib.parse import urlsplit


class Access:
    """Checks of one server.

    host: the address that it serves on. A page of another site may make a browser connect here, and by a name that
    it made point here, too: so the Host header has to be a name of this machine, and Origin has to agree with it.
    """

    def __init__(self, host: str, *, control: bool = False, token: str = "") -> None:
        self.loopback = _is_loopback(host)
        self.control = control
        self.token = token or secrets.token_urlsafe(18)
        self._names = {"localhost", host.lower()}
        if not self.loopback:
            name = socket.gethostname().lower()
            self._names |= {name, f"{name}.local"}

    @property
    def needs_token(self) -> bool:
        """Whether looking, too, needs the token."""
        return not self.loopback

    def host_problem(self, host: str) -> str:
        """Why a request with this Host header is refused; empty where it is not."""
        name = (urlsplit(f"//{host}").hostname or "").lower()
        if name in self._names or (_is_loopback(name) if self.loopback else _is_address(name)):
            return ""
        return f"{name or 'no host'} is no name of this machine"

    def origin_problem(self, origin: str | None, host: str) -> str:
        """Why a socket is refused. A client that is no browser sends no Origin, and acts for no other site."""
        if problem := self.host_problem(host):
            return problem
        if origin is None:
            return ""
        parts = urlsplit(origin)
        if parts.scheme in ("http", "https") and parts.netloc.lower() == host.lower():
            return ""
        return f"a page of {origin} may not connect"

    def fits(self, token: object) -> bool:
        """Compares in constant time."""
        return isinstance(token, str) and hmac.compare_digest(token.encode(), self.token.encode())


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_loopback(name: str) -> bool:
    return name.lower() == "localhost" or (_is_address(name) and ipaddress.ip_address(name).is_loopback)
