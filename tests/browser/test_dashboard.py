"""The page in a real browser."""

from __future__ import annotations

import json
import math
import struct
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from selenium.webdriver import ActionChains, Keys

from mien.bags.read import Session
from mien.core.types import F32, Affect, Affects, Header, Method, Rig, RigDescription, Rigs, RigState
from mien.dashboard import report_page
from mien.graph import AFFECTS, IMAGE, NORMALISED, RIGS, SCHEMA_RIG_DESCRIPTION, SCHEMA_RIGS
from mien.report.collect import collect
from mien.report.sheets.explain import Explained
from mien.report.summary import summarise
from mien.ros.convert import affects_to_msg, rig_description_to_msg, rigs_to_msg, to_header, to_image
from mien_models.avatars import export_vrm
from mien_models.avatars.gltf import Glb
from mien_models.spaces import arkit

from ..unit.bags.sessions import image, moment, shapes as weights_of, write_bag  # noqa: TID252

if TYPE_CHECKING:
    from .conftest import Page, World

pytestmark = pytest.mark.ros
RNG = np.random.default_rng(3)
STILL = np.array([0.0, 0, 0, 1])


def rig(weights: F32, schema: str = arkit.SCHEMA, head: Any = STILL) -> Any:
    one = Rig(
        1, RigState.TRACKED, schema, weights, head, np.zeros((2, 2), np.float32), np.ones(7, np.float32),
        np.zeros(7, np.uint8),
    )  # fmt: skip
    return rigs_to_msg(Rigs(Header(time.time_ns()), (one,)))


def triangle(path: Path) -> Path:
    """The smallest avatar: a head of one triangle with the 52 shapes, written by hand."""
    glb = Glb("CC0 1.0")
    points = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0]], np.float32)
    attributes = {"POSITION": glb.vertices(points, bounds=True)}
    targets = [{"POSITION": glb.displacements(points * 0.01 * (i + 1), bounds=True)} for i in range(52)]
    mesh = glb.add("meshes", {
        "primitives": [{"attributes": attributes, "indices": glb.indices(np.array([[0, 1, 2]])), "targets": targets}],
        "extras": {"targetNames": list(arkit.BLENDSHAPES)},
    })  # fmt: skip
    glb.add("scenes", {"nodes": [glb.add("nodes", {"name": "head", "mesh": mesh})]})
    path.write_bytes(glb.write())
    return path


def open_file(page: Page, path: Path) -> None:
    page.driver.find_element("id", "file").send_keys(str(path))


def shapes(page: Page, model: str) -> dict[str, float]:
    """The values in the scene, by the names of the file."""
    return page.js(
        "Object.fromEntries([...mien.avatars.stage?.figures ?? []].filter(([k]) => k.startsWith(arguments[0]))"
        ".flatMap(([, f]) => f.shapes.flatMap(({mesh, index}) => [...index].map(([n, i]) =>"
        " [n, mesh.morphTargetInfluences[i]]))))",
        model,
    )


def test_the_page_loads_and_says_nothing_wrong(world: World, page: Page) -> None:
    nan = np.full(37, np.nan, np.float32)
    emotion = np.array([0, 0, 0, 0, 0, 0.75, 0.25, 0], np.float32)
    one = Affect(
        1, np.full(37, 2.5, np.float32), nan, np.ones(37, np.float32), Method.DERIVED, emotion, 0.9, Method.DERIVED,
        0.5, -0.25, 0.8, Method.DERIVED,
    )  # fmt: skip
    page.until(
        lambda: "75 %" in page.text("emotion"),
        lambda: world.publish(AFFECTS, affects_to_msg(Affects(Header(time.time_ns()), (one,)))),
    )
    assert "happiness75 %" in page.text("emotion").replace(" 75", "75")
    assert "lip corner puller2.5" in page.text("units")
    page.until(lambda: "valence 0.50 · arousal −0.25" in page.text("trail-facts"))
    assert "never what a person feels" in page.text("foot")
    assert "token" not in page.driver.current_url, "the token leaves the address bar"
    assert page.errors() == []


def test_shapes_in_the_scene_are_those_of_the_rig(world: World, page: Page, tmp_path: Path) -> None:
    weights = RNG.random(52, np.float32)
    open_file(page, triangle(tmp_path / "triangle.glb"))
    expected = {n.lower(): float(w) for n, w in zip(arkit.BLENDSHAPES, weights, strict=True)}

    def equal() -> bool:
        return shapes(page, "triangle.glb") == pytest.approx(expected, abs=1e-6)

    page.until(equal, lambda: world.publish(RIGS, rig(weights)))
    page.click("#mirror")
    other = {"left": "right", "right": "left"}
    expected = {
        next((n.replace(a, "#").replace(b, a).replace("#", b) for a, b in other.items() if a in n), n): w
        for n, w in expected.items()
    }
    page.until(equal, lambda: world.publish(RIGS, rig(weights)))
    assert page.errors() == []


def test_a_vrm_plays_the_rig_by_its_expressions(world: World, page: Page, tmp_path: Path) -> None:
    """Of the toon avatar, whose custom expressions are the 52 shapes. It is not drawn: in software that takes long."""
    weights = RNG.random(52, np.float32)
    open_file(page, export_vrm(tmp_path / "toon.vrm", "toon"))
    expected = {n.lower(): pytest.approx(float(w), abs=1e-6) for n, w in zip(arkit.BLENDSHAPES, weights, strict=True)}
    figure = "[...mien.avatars.stage?.figures ?? []].find(([k]) => k.startsWith('toon.vrm'))?.[1]"
    expressions = (
        f"((m) => m && Object.fromEntries(arguments[0].map((n) => [n.toLowerCase(), m.getValue(n)])))"
        f"({figure}?.vrm.expressionManager)"
    )

    def equal() -> bool:
        told = page.js(expressions, list(arkit.BLENDSHAPES)) == expected
        return told and shapes(page, "toon.vrm") == expected

    def publish() -> None:
        page.js("void (mien.avatars.stage && (mien.avatars.stage.renderer.render = () => {}))")
        world.publish(RIGS, rig(weights))

    page.until(equal, publish)
    assert page.errors() == []


def test_bridges_pause_one_by_one_profiles_and_avatars_are_chosen_and_robots_stop(world: World, page: Page) -> None:
    world.run("retarget", "retarget.profile:=robot10", "retarget.ease_s:=0.1")
    world.run("bridges", "bridges.to:='vmc,robot10'")

    def level(name: str) -> str | None:
        return page.js("document.getElementById(arguments[0])?.closest('.node').dataset.level", f"do-bridge-{name}")

    page.until(lambda: level("vmc") == level("robot10") == "warn")  # no rigs come
    page.click("#do-bridge-vmc")
    page.until(lambda: level("vmc") == "paused")
    page.until(lambda: "vmc: paused" in page.text("controls"))
    assert level("robot10") == "warn"
    page.click("#do-bridge-vmc")
    page.until(lambda: level("vmc") == "warn")
    for what, given, ok, said in (
        ("bridge", {"name": "telepathy", "on": False}, False, "telepathy does not run here; there is robot10, vmc"),
        ("bridge", {"name": "vmc,robot10", "on": False}, False, "one bridge"),
        ("estop", {"on": True}, True, "robot10 stopped"),
    ):
        answer = page.call(what, given)
        assert (answer["ok"], said in answer["text"]) == (ok, True), answer
    page.until(lambda: "call ~/estop" in page.text("bridges"))
    world.end("bridges")

    def yawns() -> None:
        world.publish(RIGS, rig(np.eye(52, dtype=np.float32)[arkit.INDEX["jawOpen"]]))

    page.until(
        lambda: page.js("document.querySelector('#do-profile-vrm1') !== null && mien.controls.offer !== undefined")
    )
    page.click("#schemas [data-schema=robot10]")
    page.until(lambda: "jaw0.45 rad" in page.text("targets"), yawns)
    page.click("#do-profile-vrm1")
    page.until(lambda: "vrm1: played" in page.text("controls"), yawns)
    page.click("#do-profile-robot10")
    page.until(lambda: page.text("schemas") == "vrm1", yawns)  # once the body rests
    assert page.js("mien.targets.schema") == ""
    world.end("retarget")
    world.run("animate", "animate.avatar:=robot", "animate.ease_s:=0.1", "animate.consistency_hz:=0.0")
    page.until(lambda: page.js("document.querySelector('#do-avatar-toon') !== null"))
    page.click("#do-avatar-toon")
    page.until(lambda: "toon: played" in page.text("controls"), yawns)
    page.click("#do-avatar-robot")
    page.until(lambda: page.text("schemas") == "toon", yawns)
    world.end("animate")
    assert page.errors() == []


def test_servos_of_the_robot_turn_as_its_rig_says(world: World, page: Page) -> None:
    names, angles = ("jaw", "neck_yaw"), np.array([0.3, -0.6], np.float32)
    limit = np.full(2, 1.5, np.float32)
    description = RigDescription(
        "robot10", names, ("rad", "rad"), np.array([3, 5], np.uint8), -limit, limit, np.zeros(2, np.float32)
    )
    world.publish(SCHEMA_RIG_DESCRIPTION.of("robot10"), rig_description_to_msg(description))
    page.click("#avatars button:nth-child(3)")

    def turned() -> dict[str, list[float]]:
        return page.js(
            "Object.fromEntries([...mien.avatars.stage?.figures ?? []].filter(([k]) => k.startsWith('robot'))"
            ".flatMap(([, f]) => f.servos.map((s) => [s.name, s.node.quaternion.toArray()])))"
        )

    def publish() -> None:
        world.publish(RIGS, rig(np.zeros(52, np.float32)))
        world.publish(SCHEMA_RIGS.of("robot10"), rig(angles, "robot10"))

    def arrived() -> bool:
        found = turned()
        # The jaw about its left (x of glTF), the neck about up (y).
        jaw, neck = [math.sin(0.15), 0, 0, math.cos(0.15)], [0, math.sin(-0.3), 0, math.cos(-0.3)]
        return (
            bool(found)
            and found["jaw"] == pytest.approx(jaw, abs=1e-5)
            and found["neck_yaw"] == pytest.approx(neck, abs=1e-5)
        )

    page.until(arrived, publish)
    assert page.errors() == []


def hostile() -> dict[str, tuple[bytes, str]]:
    """Content and what is said of it."""

    outside = "outside of itself"

    def glb(content: dict[str, Any], binary: bytes = bytes(8)) -> bytes:
        text = json.dumps(content).encode()
        text += b" " * (-len(text) % 4)
        chunks = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(binary), b"BIN\0") + binary
        return struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks

    # As large as a JPEG and a WebP can say that they are, in a few bytes.
    bombs = {
        "jpeg": bytes.fromhex("ffd8 ffe0 0004 0000 ffc0 0011 08 ffff ffff 03") + bytes(20),
        "webp": b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0" + bytes(4) + bytes.fromhex("ff3f00 ff3f00") + bytes(4),
    }

    def pictured(picture: bytes) -> bytes:
        parts = [{"buffer": 0, "byteLength": len(picture)}]
        buffers = [{"byteLength": len(picture)}]
        return glb({"buffers": buffers, "bufferViews": parts, "images": [{"bufferView": 0}]}, picture)

    buffer = {"asset": {"version": "2.0"}, "buffers": [{"byteLength": 8}]}
    view = [{"buffer": 0, "byteLength": 8}]
    huge = {"componentType": 5126, "type": "MAT4", "count": 10**9, "bufferView": 0}
    beyond = {"componentType": 5126, "type": "VEC3", "count": 5, "bufferView": 0}
    return {
        "text.glb": (b"<script>alert(1)</script>", "no GLB"),
        "cut.glb": (glb(buffer)[:-4], "cut off"),
        "elsewhere.glb": (glb({**buffer, "buffers": [{"uri": "http://evil.example/x", "byteLength": 8}]}), outside),
        "picture.glb": (glb({**buffer, "images": [{"uri": "file:///etc/passwd"}]}), outside),
        **{f"{kind}.glb": (pictured(bomb), "a picture is too large") for kind, bomb in bombs.items()},
        "huge.glb": (glb({**buffer, "bufferViews": view, "accessors": [huge]}), "40 million"),
        "beyond.glb": (glb({**buffer, "bufferViews": view, "accessors": [beyond]}), "outside of their part"),
        "view.glb": (glb({**buffer, "bufferViews": [{"buffer": 0, "byteLength": 99}]}), "outside of the file"),
        "circle.glb": (glb({**buffer, "nodes": [{"children": [1]}, {"children": [0]}]}), "no tree"),
        "needs.glb": (glb({**buffer, "extensionsRequired": ["EXT_evil"]}), "EXT_evil"),
        "many.glb": (glb({**buffer, "nodes": [{}] * 20_001}), "too many nodes"),
    }  # fmt: skip


def test_hostile_files_are_refused_by_name_and_the_page_goes_on(page: Page, tmp_path: Path) -> None:
    for name, (data, words) in hostile().items():
        path = tmp_path / name
        path.write_bytes(data)
        open_file(page, path)
        page.until(lambda name=name: f"{name} was refused" in page.text("avatar-facts"))
        assert words in page.text("avatar-facts")
    assert (
        page.js("[...document.querySelectorAll('#avatars button')].map((b) => b.textContent).includes('cut.glb')")
        is False
    )
    assert page.errors() == []


def test_a_capture_works_and_a_killed_perception_is_told_and_recovers(
    world: World, page: Page, calm_photo: Path
) -> None:
    world.perception(calm_photo)
    page.until(lambda: "live" in page.text("link") and page.js("mien.camera.hasPicture"))
    page.until(lambda: page.js("document.getElementById('do-capture') !== null"))
    page.until(lambda: page.js("mien.state.affects.size") == 1)
    page.click("#explain")
    page.until(lambda: "by its own intensities" in page.text("heat-facts") and page.js("mien.heat.faces.length") == 1)
    page.click("#explain")
    page.click("#do-capture")
    page.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    page.until(lambda: "cancelled" in page.text("controls"))
    page.js("void (mien.controls.countdown = 1)")
    page.until(
        lambda: "learned the resting face" in page.text("controls"),
        lambda: page.js("((b) => b.disabled || b.click())(document.getElementById('do-capture'))"),
    )
    before, after = page.js(
        "document.querySelector('.told').textContent.match(/read ([0-9.]+) before and reads ([0-9.]+)/)"
        ".slice(1).map(Number)"
    )
    assert after <= before
    assert "captured" in page.text("emotion")

    for what, given, said in (
        ("set", {"node": "perception", "name": "rigs.gain", "value": 1.5}, "rigs.gain = 1.5"),
        ("record", {"on": True}, "records in"),
        ("enable", {"node": "perception", "on": False}, "perception: paused"),
        ("enable", {"node": "perception", "on": True}, "perception: running"),
        ("record", {"on": False}, "recorded in"),
    ):
        answer = page.call(what, given)
        assert (answer["ok"], said in answer["text"]) == (True, True), answer
        if given == {"on": True}:  # it hears perception some time after it runs
            recorder = "mien.state.nodes.find((n) => n.name === 'recorder')"
            heard = "([name, n]) => name.startsWith('messages ') && name.endsWith('/affects') && n > 0"
            asked = f"Object.entries({recorder}?.values ?? {{}}).some({heard})"
            page.until(lambda asked=asked: page.js(asked))
    assert Session(Path(answer["text"].split(" ")[2].rstrip(":"))).topics
    for what, given, said in (
        ("set", {"node": "perception", "name": "rigs.gain", "value": 99.0}, "rigs.gain"),
        ("set", {"node": "perception", "name": "camera.source", "value": "/etc/passwd"}, "read-only"),
        ("set", {"node": "perception", "name": "graph.privacy", "value": False}, "offered"),
        ("enable", {"node": "../evil", "on": True}, "node: one of"),
        ("record", {"on": False}, "nothing is recorded"),
        ("estop", {"on": True}, "does the node run"),
        ("shell", {}, "nothing here does that"),
    ):
        answer = page.call(what, given)
        assert (answer["ok"], said in answer["text"]) == (False, True), answer

    world.kill("perception")
    page.until(lambda: "perception says nothing any more" in page.text("alert"))
    assert not page.js("mien.camera.hasPicture"), "a picture of the past is not shown as if it were now"
    world.perception(calm_photo)
    page.until(lambda: page.js("document.getElementById('alert').hidden") and page.js("mien.camera.hasPicture"))
    assert page.errors() == []
    world.kill("perception")


FOCUSED = """((e) => ({
  name: e.getAttribute("aria-label") || e.title || e.textContent.trim() || e.labels?.[0]?.textContent || "",
  place: [...document.querySelectorAll("*")].indexOf(e), tag: e.tagName,
  seen: e.getBoundingClientRect().width > 0 && getComputedStyle(e).outlineStyle !== "none",
}))(document.activeElement)"""


def test_everything_is_reached_by_tab_in_order_and_seen_to_be(page: Page) -> None:
    page.until(lambda: page.js("document.getElementById('do-record') !== null"))
    page.js("document.activeElement.blur()")

    def press(key: str) -> dict[str, Any]:
        ActionChains(page.driver).send_keys(key).perform()
        return dict(page.js(FOCUSED))

    seen: list[dict[str, Any]] = []
    while (now := press(Keys.TAB))["tag"] != "BODY":
        seen.append(now)
        assert len(seen) < 60, "no way out"
    reachable = page.js(
        "[...document.querySelectorAll('a[href], button, summary, select, input, [tabindex]')]"
        ".filter((e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility()).length"
    )
    assert len(seen) == reachable > 12
    assert [s["place"] for s in seen] == sorted(s["place"] for s in seen)
    assert [s for s in seen if not (s["seen"] and s["name"])] == []
    page.js("document.getElementById('theme').focus()")
    dark = page.js("document.documentElement.dataset.theme")
    press(Keys.ENTER)
    assert page.js("document.documentElement.dataset.theme") != dark
    ActionChains(page.driver).key_down(Keys.SHIFT).send_keys(Keys.TAB).key_up(Keys.SHIFT).perform()
    assert press(Keys.SPACE)["name"] == "Show as in a mirror (m)"
    assert page.js("mien.camera.mirror")
    page.js("localStorage.clear()")
    assert page.errors() == []


def test_in_privacy_the_camera_stays_black_and_the_rest_goes_on(world: World, private_page: Page) -> None:
    page = private_page
    picture = to_image(np.full((48, 64, 3), 255, np.uint8), to_header(Header(time.time_ns())))

    def publish() -> None:
        world.publish(IMAGE, picture)
        world.publish(RIGS, rig(np.full(52, 0.5, np.float32)))

    page.until(lambda: page.js("mien.state.times.length") > 0, publish)
    page.until(lambda: "Privacy" in page.text("camera-note"))
    assert not page.js("mien.camera.hasPicture")
    canvas = "document.getElementById('camera')"
    bright = page.js(
        f"Math.max(...{canvas}.getContext('2d').getImageData(0, 0, {canvas}.width, {canvas}.height)"
        ".data.filter((_, i) => i % 4 < 3).slice(0, 40000))"
    )
    assert bright == 0
    assert page.js("document.getElementById('explain').disabled"), "no face reaches the page that could be explained"
    assert page.errors() == []


def test_normalised_faces_stand_in_for_the_camera_and_no_picture_of_it_does(
    world: World, normalised_page: Page
) -> None:
    page = normalised_page
    header = to_header(Header(time.time_ns()))
    camera = to_image(np.full((48, 64, 3), 255, np.uint8), header)
    faces = to_image(np.full((112, 224, 3), (0, 160, 0), np.uint8), header)

    def publish() -> None:
        world.publish(IMAGE, camera)
        world.publish(NORMALISED, faces)
        world.publish(RIGS, rig(np.full(52, 0.5, np.float32)))

    page.until(lambda: page.js("mien.camera.hasPicture"), publish)
    canvas = "document.getElementById('camera')"
    middle = f"Array.from({canvas}.getContext('2d').getImageData({canvas}.width / 2, {canvas}.height / 2, 1, 1).data)"
    page.until(lambda: page.js(middle)[1] > 100, publish)
    red, green, blue, _ = page.js(middle)
    assert green > 100 > 60 > max(red, blue)  # never the white of the camera
    assert page.errors() == []


def test_a_report_opens_offline_and_is_scrubbed(chrome_page: Page, tmp_path: Path) -> None:
    page = chrome_page
    moments = [moment(i, weights=weights_of(jawOpen=0.1 * i), picture=image(i)) for i in range(10)]
    bag = write_bag(tmp_path / "bag", moments)
    session = Session(bag)
    crop, heat, intensity = np.full((112, 112, 3), 90, np.uint8), np.ones((37, 24, 20), np.float32), np.arange(37) / 9
    rows = [Explained(0.2, 1, crop, heat, intensity, np.full(37, np.nan))]
    path = report_page.write(Session(bag), summarise(session, collect(session), {"source": "talk.mp4"}), tmp_path, rows)
    page.open(path.as_uri())
    assert page.text("title") == "talk.mp4"
    page.js("document.getElementById('seek').focus()")
    for value, expected in ((1000, 9), (0, 0)):
        seek = "((s) => { s.value = arguments[0]; s.dispatchEvent(new Event('input')); })"
        page.js(f"{seek}(document.getElementById('seek'))", value)
        page.until(lambda expected=expected: page.js("mien.state.stamp") == page.js(f"mien.moments[{expected}].t"))
        jaw = page.js(
            "mien.state.expressions.values().next().value.blendshapes[mien.state.labels.blendshapes.indexOf('jawOpen')]"
        )
        assert jaw == pytest.approx(moments[expected].expressions.expressions[0].blendshapes[arkit.INDEX["jawOpen"]])
        page.until(
            lambda expected=expected: page.js("mien.avatar.shape('jawOpen')") == pytest.approx(0.1 * expected, abs=1e-6)
        )
    assert "10 of 10" in page.text("quality")
    page.click("#explanations button")
    page.until(lambda: page.js("mien.state.stamp") == page.js("mien.moments[5].t"))  # 0.2 s at 25 Hz
    loaded = "[...document.querySelectorAll('#explanations img')].map((i) => i.naturalWidth)"
    assert page.js(loaded) == [192] * 5
    assert page.errors() == []
