"""Cameras on the network, written from their protocols: RTSP (RFC 2326) over TCP, and JPEGs over HTTP."""

from __future__ import annotations

import re
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

TS_PACKET = 188


@contextmanager
def listening(serve: object, count: int = 10) -> Iterator[int]:
    """A server that calls serve(connection) for each of its connections; the port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(20)

        def accept() -> None:
            with suppress(OSError):
                for _ in range(count):
                    connection, _ = server.accept()
                    with connection, suppress(OSError, ValueError):
                        serve(connection)  # type: ignore[operator]

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        with suppress(OSError):
            server.shutdown(socket.SHUT_RDWR)
    thread.join(timeout=5)


class Mjpeg:
    """multipart/x-mixed-replace, as network cameras send it; the connection ends after the last picture."""

    def __init__(self, jpegs: list[bytes], pause_s: float = 0.02) -> None:
        self.requests: list[str] = []
        self._jpegs = jpegs
        self._pause = threading.Event()
        self._pause_s = pause_s

    def __call__(self, connection: socket.socket) -> None:
        self.requests.append(connection.recv(4096).decode())
        connection.sendall(b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\n\r\n")
        for jpeg in self._jpegs:
            head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
            connection.sendall(head.encode() + jpeg + b"\r\n")
            self._pause.wait(self._pause_s)


class Rtsp:
    """One stream of MPEG transport stream packets (RTP payload type 33, RFC 2250), interleaved with the commands.

    Asks for the user name and password (RFC 2617, Basic) where `user` is given.
    """

    def __init__(self, transport_stream: bytes, user: str = "") -> None:
        self.methods: list[str] = []
        self._data = transport_stream
        self._user = user

    def __call__(self, connection: socket.socket) -> None:
        buffer = b""
        while True:
            while b"\r\n\r\n" not in buffer:
                received = connection.recv(4096)
                if not received:
                    return
                buffer += received
            head, _, buffer = buffer.partition(b"\r\n\r\n")
            text = head.decode()
            method, url, _ = text.split("\r\n")[0].split()
            number = re.search(r"(?i)cseq: *(\d+)", text)
            assert number
            self.methods.append(method)
            connection.sendall(self._answer(method, url, number[1], text))
            if method == "PLAY":
                self._play(connection)
                return

    def _answer(self, method: str, url: str, number: str, text: str) -> bytes:
        lines, body = [f"CSeq: {number}"], ""
        status = "200 OK"
        if self._user and "authorization" not in text.lower():
            status = "401 Unauthorized"
            lines.append('WWW-Authenticate: Basic realm="camera"')
        elif method == "OPTIONS":
            lines.append("Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN")
        elif method == "DESCRIBE":
            body = (
                "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=camera\r\nt=0 0\r\nm=video 0 RTP/AVP 33\r\na=control:track1\r\n"
            )
            lines += ["Content-Type: application/sdp", f"Content-Base: {url}/", f"Content-Length: {len(body)}"]
        elif method == "SETUP":
            lines += ["Session: 1234", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1"]
        elif method == "PLAY":
            lines += ["Session: 1234", "Range: npt=0.000-"]
        return "\r\n".join([f"RTSP/1.0 {status}", *lines, "", body]).encode()

    def _play(self, connection: socket.socket) -> None:
        size = 7 * TS_PACKET
        for number, at in enumerate(range(0, len(self._data), size)):
            payload = self._data[at : at + size]
            packet = struct.pack(">BBHII", 0x80, 33, number & 0xFFFF, number * 3600, 7) + payload
            connection.sendall(struct.pack(">cBH", b"$", 0, len(packet)) + packet)
