"""The session with VTube Studio, in its own thread."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from mien.bridges.base import Bridge, Counters, Home, Shown
from mien.bridges.client import Client, Link, Refused, websocket
from mien.bridges.vtube_studio.config import VtubeStudioConfig
from mien.bridges.vtube_studio.encoder import FRAME, Encoder, request
from mien.bridges.vtube_studio.parameters import SHAPES

_NAME, _DEVELOPER = "mien", "mien"
_ANSWER_S = 5.0
_ALLOW_S = 120.0  # the user has to find the window
_DENIED_S = 300.0
_KEEP_S = 0.5  # VTube Studio forgets a value after a second
_NOT_AUTHENTICATED, _DENIED, _ALREADY_ASKING, _NOT_FOUND, _TAKEN = 8, 50, 51, 453, 454
_MAX_WAITING = 64  # frames without an answer
_PIPELINE = 8
_TOKEN = 64


def open_bridge(config: VtubeStudioConfig, home: Home) -> Bridge:
    return VtubeStudioBridge(config, home)


class VtubeStudioBridge(Bridge):
    def __init__(self, config: VtubeStudioConfig, home: Home) -> None:
        super().__init__(home.counters)
        self._encoder = Encoder(config)
        self._conversation = Conversation(config, home.counters, self._encoder)
        connect = websocket(config.host, config.port, "", home.counters)
        self._client: Client[bytes] = Client(connect, self._conversation.hold, home.counters)

    def show(self, shown: Shown) -> None:
        for packet in self._encoder.encode(shown):
            self._client.put(packet)

    def close(self) -> None:
        self._client.close()


class Conversation:
    """Asks for permission once, keeps it, offers parameters, and sends frames while they are wanted."""

    def __init__(self, config: VtubeStudioConfig, counters: Counters, encoder: Encoder) -> None:
        self._config = config
        self._counters = counters
        self._encoder = encoder
        self._token_file = Path(config.token_file).expanduser()

    def hold(self, client: Client[bytes], link: Link) -> None:
        """Talk until the connection breaks. Raises Refused, OSError, Closed."""
        self._counters.waits = ""
        self._authenticate(link)
        self._offer(link)
        last: bytes | None = None
        waiting = 0
        while True:
            frame = client.take(_KEEP_S)
            waiting -= self._answers(link)
            if waiting > _MAX_WAITING:
                raise OSError("it no longer answers")
            frame = frame or last
            if frame is None:
                continue
            link.send(frame.decode())
            self._counters.send()
            waiting += 1
            last = frame if b'"faceFound": true' in frame else None

    def _authenticate(self, link: Link) -> None:
        token = self._kept()
        if token and self._is_valid(link, token):
            return
        self._counters.waits = "VTube Studio asks whether it may be controlled: click Allow in its window"
        asked = request("AuthenticationTokenRequest", "mien-token", pluginName=_NAME, pluginDeveloper=_DEVELOPER)
        answer = self._ask(link, asked, "mien-token", _ALLOW_S)
        token = answer["data"].get("authenticationToken")
        if not isinstance(token, str) or not 0 < len(token) <= _TOKEN or not token.isascii():
            raise Refused("VTube Studio answered with no token; restart it", _ANSWER_S)
        self._keep(token)
        if not self._is_valid(link, token):
            raise Refused("VTube Studio does not take the token that it gave; restart it", _ANSWER_S)
        self._counters.waits = ""

    def _is_valid(self, link: Link, token: str) -> bool:
        asked = request(
            "AuthenticationRequest", "mien-login",
            pluginName=_NAME, pluginDeveloper=_DEVELOPER, authenticationToken=token,
        )  # fmt: skip
        return self._ask(link, asked, "mien-login")["data"].get("authenticated") is True

    def _offer(self, link: Link) -> None:
        """Make our parameters known, then find out which there are."""
        if self._config.shapes:
            for i, name in enumerate(SHAPES):
                link.send(
                    request(
                        "ParameterCreationRequest", f"mien-new-{name}",
                        parameterName=name, explanation="ARKit shape, from mien.", min=0, max=1, defaultValue=0,
                    )
                )  # fmt: skip
                if i % _PIPELINE == _PIPELINE - 1:
                    self._answers(link)
        answer = self._ask(link, request("InputParameterListRequest", "mien-list"), "mien-list")
        names = set()
        for group in ("defaultParameters", "customParameters"):
            rows = answer["data"].get(group)
            for row in rows if isinstance(rows, list) else ():
                if isinstance(row, dict) and isinstance(row.get("name"), str):
                    names.add(row["name"])
        self._encoder.offer(names)
        model = answer["data"].get("modelName")
        self._counters.asked = f"the model {model}" if answer["data"].get("modelLoaded") and model else ""

    def _ask(self, link: Link, message: str, number: str, timeout_s: float = _ANSWER_S) -> dict[str, Any]:
        """The answer to a request. Raises Refused on an error, or where none comes."""
        link.send(message)
        end_s = time.monotonic() + timeout_s
        while (left_s := end_s - time.monotonic()) > 0:
            answer = self._read(link.receive(left_s))
            if answer is None or answer["requestID"] != number:
                continue
            if answer["messageType"] == "APIError":
                raise self._refusal(answer["data"])
            return answer
        raise Refused("VTube Studio does not answer; is its plugin API switched on?", _ANSWER_S)

    def _answers(self, link: Link) -> int:
        """How many frames were answered meanwhile. Raises Refused where we are no longer wanted."""
        count = 0
        for _ in range(_MAX_WAITING):
            message = link.receive(0)
            if message is None:
                break
            answer = self._read(message)
            if answer is None:
                continue
            is_frame = answer["requestID"] == FRAME
            count += is_frame
            if answer["messageType"] == "APIError" and is_frame:
                self._frame_failed(answer["data"])
            elif is_frame:
                self._counters.waits = ""
        return count

    def _frame_failed(self, data: dict[str, Any]) -> None:
        number = data.get("errorID")
        reason = f"VTube Studio refuses what is sent ({_words(data)})"
        if number in (_NOT_AUTHENTICATED, _NOT_FOUND):
            raise Refused(f"{reason}; beginning anew", 0.0)
        if number == _TAKEN:
            reason = f"another plugin controls the same parameters ({_words(data)}): end it"
        self._counters.fail(reason)
        self._counters.waits = reason

    def _refusal(self, data: dict[str, Any]) -> Refused:
        number = data.get("errorID")
        if number == _DENIED:
            self._token_file.unlink(missing_ok=True)
            return Refused("denied in VTube Studio's window: allow the plugin mien there, and start again", _DENIED_S)
        if number == _ALREADY_ASKING:
            return Refused("VTube Studio is still asking: click Allow in its window", _ANSWER_S)
        return Refused(f"VTube Studio says {_words(data)}", _ANSWER_S)

    def _read(self, message: str | bytes | None) -> dict[str, Any] | None:
        """A message as it should be, or None; what is not is counted."""
        if message is None:
            return None
        try:
            answer = json.loads(message)
        except (ValueError, RecursionError):
            answer = None
        if (
            not isinstance(answer, dict)
            or not isinstance(answer.get("messageType"), str)
            or not isinstance(answer.get("requestID"), str)
            or not isinstance(answer.setdefault("data", {}), dict)
        ):
            self._counters.ignore()
            return None
        self._counters.receive()
        return answer

    def _kept(self) -> str:
        try:
            token = self._token_file.read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            return ""
        return token if 0 < len(token) <= _TOKEN else ""

    def _keep(self, token: str) -> None:
        """Save the token, readable by this user only."""
        try:
            self._token_file.parent.mkdir(parents=True, exist_ok=True)
            self._token_file.unlink(missing_ok=True)
            descriptor = os.open(self._token_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(token)
        except OSError as e:
            self._counters.fail(f"{self._token_file}: {e.strerror}; VTube Studio will ask again")


def _words(data: dict[str, Any]) -> str:
    """What an error says, short enough to show."""
    message = data.get("message")
    text = message if isinstance(message, str) else ""
    return "".join(c for c in text[:120] if c.isprintable()) or f"error {str(data.get('errorID'))[:20]}"
