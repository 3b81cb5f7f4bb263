import "./style.css";
import { Avatars } from "./avatars";
import { Emotion, Units } from "./bars";
import { Camera, LAYERS } from "./camera";
import { Controls } from "./controls";
import { $, say, toggle } from "./dom";
import { Heat } from "./heat";
import { Link, type LinkState } from "./link";
import { People } from "./people";
import { KEEP_MS, State } from "./state";
import { showBridges, showLatency, showNetworks, showNodes } from "./system";
import { Targets } from "./targets";
import { themes } from "./theme";
import { drawTimeline } from "./timeline";
import { drawTrail } from "./trail";
import type { Rec } from "./wire";

const SILENT_MS = 1500; // nothing about faces for so long is told

const state = new State();
const heat = new Heat();
const camera = new Camera($<HTMLCanvasElement>("camera"), heat);
const units = new Units($("units")), emotion = new Emotion($("emotion"));
let linkState: LinkState = "wait", linkWords = "connecting";
let privacy = false, normalised = false, version = "", sight = { sent: 0, dropped: 0, viewers: 0 };
let dirty = { camera: true, bars: true };
let nextBars = 0, nextLines = 0, nextSlow = 0;

const avatars = new Avatars($("stage"), state, () => link);
const targets = new Targets((schema) => link.want({ targets: schema ? [schema] : [] }));
const controls = new Controls(state, () => link);
const link: Link = new Link(hear, (s, words) => { linkState = s; linkWords = words; });

function hear(r: Rec): void {
  const now = performance.now();
  if (r.kind === "hello") {
    privacy = r.privacy; normalised = r.normalised; version = r.version; state.units = r.units;
    say($("where"), r.namespace === "/" ? "" : r.namespace);
    document.body.classList.toggle("control", r.control);
    avatars.offer(r.avatars);
    controls.allow(r.control);
    explain.disabled = !r.explains;
    if (!r.explains) explain.title = "Under graph.privacy no face reaches this page that could be explained";
  } else if (r.kind === "image") {
    if (!privacy || normalised) camera.show(r.body);
    dirty.camera = true;
  } else if (r.kind === "explained") {
    heat.hear(r, now);
    dirty.camera = true;
  } else if (r.kind === "viewer") sight = r;
  else {
    state.hear(r, now);
    avatars.hear(r, now);
    targets.hear(r, now);
    if (r.kind === "faces") dirty.camera = true;
    if (r.kind === "affects") dirty.bars = true;
  }
}

function frame(now: number): void {
  if (dirty.camera || now > nextSlow) { camera.draw(state); dirty.camera = false; }
  avatars.draw(now);
  if (now > nextBars && dirty.bars) {
    nextBars = now + 66;
    units.show(state);
    emotion.show(state);
    dirty.bars = false;
  }
  if (now > nextLines) {
    nextLines = now + 125;
    drawTrail($<HTMLCanvasElement>("trail"), $("trail-facts"), state);
    drawTimeline($<HTMLCanvasElement>("timeline"), state.history.get(state.person) ?? [], state.labels.action_units, state.labels.emotions, { from: state.stamp - KEEP_MS, to: state.stamp });
    targets.draw(now, state.person);
    tell(now);
  }
  if (now > nextSlow) {
    nextSlow = now + 500;
    showLatency($("latency"), state);
    showNodes($("nodes"), state.nodes);
    showNetworks($("networks"), state.nodes);
    showBridges($("bridges"), state.nodes, controls.bridge);
    targets.offer(state.nodes);
    people.show(state.ids, state.chosen);
    controls.mark();
    say($("foot"), `mien ${version} · numbers estimate what a face shows, never what a person feels · ${sight.sent} records seen, ${sight.dropped} dropped for this page · ${sight.viewers} ${sight.viewers === 1 ? "viewer" : "viewers"}`);
  }
  requestAnimationFrame(frame);
}

/** What is wrong is told in one line, at once. */
function tell(now: number): void {
  const quiet = now - state.heard, silent = state.nodes.filter((n) => n.silent).map((n) => n.name);
  const pill = $("link"), alert = $("alert");
  let words = "", level = "live";
  if (linkState !== "live") { words = linkWords; level = linkState; }
  else if (silent.length) { words = `${silent.join(", ")} ${silent.length > 1 ? "say" : "says"} nothing any more: ended, or hanging.`; level = "lost"; }
  else if (state.heard && quiet > SILENT_MS) { words = `Nothing about faces for ${(quiet / 1000).toFixed(0)} s: paused, at its end, or no images come.`; level = "wait"; }
  pill.dataset.state = level;
  say(pill, level === "live" ? (state.heard ? `live · ${state.rate(now).toFixed(0)} Hz` : "live · no faces yet") : level === "wait" ? "waiting" : level);
  alert.hidden = !words;
  say(alert, words);
  document.body.dataset.told = level;
  const note = $("camera-note");
  if (silent.length || linkState !== "live") camera.forget();
  note.hidden = camera.hasPicture;
  say(note, normalised ? "Privacy: only faces that are made from expressions leave the graph, and none has come." : privacy ? "Privacy: no picture and no landmark leaves the graph. Numbers and avatars go on." : "No picture: the camera is private, or nobody publishes images.");
  const face = state.faces.get(state.person);
  if (state.size[0]) $("camera").parentElement!.style.aspectRatio = `${Math.max(state.size[0], state.size[1])} / ${state.size[1]}`;
  say($("heat-facts"), heat.words(state.person));
  say($("camera-facts"), face && camera.hasPicture ? `${state.size[0]} × ${state.size[1]} px · face ${face.id}: presence ${face.presence.toFixed(2)}${Number.isFinite(face.pose[11]) ? ` · ${face.pose[11].toFixed(2)} m away` : ""}` : `${state.ids.length} ${state.ids.length === 1 ? "person" : "people"} in view`);
}

const explain = toggle("explain", false, (on) => {
  heat.on = on;
  link.want({ explain: on });
  dirty.camera = true;
});
explain.id = "explain";
explain.title = "Where on the face action units are found: heatmaps, twice a second, computed only while somebody looks";

const people = new People("Nearest", (id) => { state.chosen = id; dirty.bars = dirty.camera = true; });

for (const layer of LAYERS) {
  $("layers").append(toggle(layer, true, (on) => {
    if (on) camera.layers.add(layer); else camera.layers.delete(layer);
    dirty.camera = true;
  }));
}

$("layers").append(explain);

themes(() => { dirty = { camera: true, bars: true }; people.forget(); });
$("mirror").onclick = () => {
  camera.mirror = avatars.mirror = !camera.mirror;
  $("mirror").setAttribute("aria-pressed", String(camera.mirror));
  dirty.camera = true;
};
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || /input|select|textarea/i.test((event.target as Element).tagName)) return;
  if (event.key === "m") $("mirror").click();
  if (event.key === "d") $("theme").click();
});
addEventListener("resize", () => { dirty.camera = true; });
requestAnimationFrame(frame);

// For tests: what the page holds.
Object.assign(window, { mien: { state, camera, link, avatars, controls, heat, targets } });
