"""A dashboard in a process of its own, a graph to show, and a real browser that looks at it.

They end with the module: a browser that goes on drawing would slow whatever is tested after it.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import pytest

pytest.importorskip("selenium", reason="needs selenium, of the extra test")
pytest.importorskip("aiohttp", reason="needs the extra dashboard")
pytest.importorskip("rclpy", reason="needs a ROS")

import rclpy
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from mien.core.schemas import ARKIT52
from mien.graph import LABELS, RIG_DESCRIPTION, Topic
from mien.ros import transport
from mien.ros.convert import labels_msg, rig_description_to_msg
from mien.ros.qos import advertise

LIMIT_S = 60.0
TOKEN = "of-the-tests"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")
_OPTIONS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--window-size=900,900",
)  # fmt: skip


class World:
    """A namespace with a node that publishes what a test wants, and processes."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self.said: dict[str, Path] = {}
        self.namespace = f"/browser_{os.getpid()}"
        self.processes: dict[str, subprocess.Popen[str]] = {}
        transport.tune()
        self.context = rclpy.Context()
        rclpy.init(context=self.context)
        self.node = rclpy.create_node("test", namespace=self.namespace, context=self.context)
        self._out: dict[str, Any] = {}
        for topic, msg in ((LABELS, labels_msg()), (RIG_DESCRIPTION, rig_description_to_msg(ARKIT52))):
            self.publish(topic, msg)

    def publish(self, topic: Topic, msg: Any) -> None:
        if topic.name not in self._out:
            self._out[topic.name] = advertise(self.node, topic)
        self._out[topic.name].publish(msg)

    def start(self, name: str, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "mien.cli", *arguments]
        environ = {**os.environ, "MIEN_DASHBOARD_TOKEN": TOKEN, "PYTHONUNBUFFERED": "1"}
        self.said[name] = self._home / f"{name}.log"
        with self.said[name].open("w") as out:
            self.processes[name] = subprocess.Popen(
                command, stdout=out, stderr=subprocess.STDOUT, text=True, env=environ
            )
        return self.processes[name]

    def serve(self, name: str, *options: str) -> None:
        """Start a dashboard."""
        self.start(name, "dashboard", "--port", "0", "--namespace", self.namespace, *options)

    def address(self, name: str) -> str:
        """Of a dashboard, as soon as it has one."""
        process = self.processes[name]
        end = time.monotonic() + LIMIT_S
        while time.monotonic() < end and process.poll() is None:
            if found := re.search(r"the page is at (\S+)\n", self.said[name].read_text()):
                return found[1]
            time.sleep(0.03)
        pytest.fail(f"{name} does not start; it says {self.said[name].read_text()}")

    def run(self, node: str, *parameters: str) -> None:
        """Start a node."""
        given = (a for p in parameters for a in ("-p", p))
        self.start(node, "node", node, "--ros-args", "-r", f"__ns:={self.namespace}", *given)

    def perception(self, photo: Path) -> None:
        """Look at a photograph, ten times a second."""
        self.run("perception", f"camera.source:={photo}", "camera.loop:=true", "camera.framerate:=10.0")

    def end(self, name: str) -> None:
        """In order: it leaves the graph."""
        process = self.processes.pop(name)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0, self.said[name].read_text()

    def kill(self, name: str) -> None:
        process = self.processes.pop(name)
        process.kill()
        process.wait()

    def close(self) -> None:
        for process in self.processes.values():
            process.send_signal(signal.SIGINT)
        for process in self.processes.values():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
        self.node.destroy_node()
        rclpy.shutdown(context=self.context)


class Page:
    """What a person would do in a browser, and what a test may ask of the page."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def open(self, url: str) -> None:
        self.driver.get("about:blank")
        self.errors()
        self.driver.get(url)

    def settle(self) -> None:
        """Wait until it is connected. No avatar is drawn: in software that is slow, and few tests need one."""
        self.until(lambda: self.js("document.querySelector('#avatars button') !== null"))
        self.click("#avatars button")

    def js(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(f"return {script}", *arguments)

    def call(self, what: str, given: dict[str, Any]) -> dict[str, Any]:
        """Ask the server to do something, as a button does; its answer."""
        done = "mien.link.call(arguments[0], arguments[1]).then(arguments[2])"
        return dict(self.driver.execute_async_script(done, what, given))

    def text(self, of: str) -> str:
        return str(self.js("document.getElementById(arguments[0])?.textContent ?? ''", of))

    def click(self, selector: str) -> None:
        self.js("document.querySelector(arguments[0]).click()", selector)

    def until(self, condition: Callable[[], object], meanwhile: Callable[[], object] = lambda: None) -> None:
        """Wait for a condition; fails with what the page says after the limit."""
        end = time.monotonic() + LIMIT_S
        while not condition():
            meanwhile()
            time.sleep(0.03)
            if time.monotonic() > end:
                said = {i: self.text(i) for i in ("link", "alert", "avatar-facts", "stage-note", "controls")}
                pytest.fail(f"waited {LIMIT_S:g} s; the page says {said}, the console {self.errors()}")

    def errors(self) -> list[str]:
        """Of the console, since this was last asked."""
        return [str(e["message"]) for e in self.driver.get_log("browser") if e["level"] == "SEVERE"]


@pytest.fixture(scope="session")
def chromium() -> str:
    if CHROMIUM is None or DRIVER is None:
        pytest.skip("no Chromium with chromedriver here: apt-get install chromium chromium-driver")
    return CHROMIUM


@pytest.fixture(scope="module")
def chrome(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    options = Options()
    options.binary_location = chromium
    for option in (*_OPTIONS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def world(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """With a dashboard that has controls and a private one. Both start while the browser does."""
    world = World(tmp_path_factory.mktemp("processes"))
    recordings = tmp_path_factory.mktemp("recordings")
    world.serve("dashboard", "--allow", "control", "--set", f"record_to={recordings}")
    world.serve("private", "--privacy")
    world.serve("normalised", "--privacy", "normalised")
    yield world
    world.close()


@pytest.fixture
def page(world: World, chrome: webdriver.Chrome) -> Page:
    page = Page(chrome)
    page.open(world.address("dashboard"))
    page.settle()
    return page


@pytest.fixture
def chrome_page(chrome: webdriver.Chrome) -> Page:
    """Without any server."""
    return Page(chrome)


@pytest.fixture
def private_page(world: World, chrome: webdriver.Chrome) -> Page:
    page = Page(chrome)
    page.open(world.address("private"))
    page.settle()
    return page


@pytest.fixture
def normalised_page(world: World, chrome: webdriver.Chrome) -> Page:
    page = Page(chrome)
    page.open(world.address("normalised"))
    page.settle()
    return page


@pytest.fixture(scope="session")
def calm_photo(sample: Callable[[str], Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A woman who looks into the camera and does nothing."""
    path = tmp_path_factory.mktemp("calm") / "calm.png"
    cv2.imwrite(str(path), cv2.VideoCapture(str(sample("single_face_video"))).read()[1])
    return path
