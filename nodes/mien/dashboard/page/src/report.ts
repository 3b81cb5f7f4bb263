import "./style.css";
import { Emotion, Units } from "./bars";
import { Camera, LAYERS, type Layer } from "./camera";
import { $, el, minus, say, toggle } from "./dom";
import { People } from "./people";
import { ReportAvatar } from "./reportavatar";
import { State } from "./state";
import { themes } from "./theme";
import { drawTimeline, timeAt } from "./timeline";
import { drawTrail } from "./trail";
import { read, type Rec } from "./wire";

interface Percentiles { p50: number; p99: number }
type Peak = { value: number; time_s: number; track_id: number };
interface Unit { mean: number; sd: number; max: number; events: number; share_of_time: number | null }
/** Of statistics.json, as far as it is shown. */
interface Person {
  id: number; units: Record<string, Unit | null>; missing: { share_missing: number; share_without_resting_face: number };
  blinks: { per_minute: number | null; reliable: boolean }; smiles: { count: number; with_au6: number }; head: { nods: { count: number }; shakes: { count: number } };
  gaze_aversion: { share_of_time: number | null };
}
interface Explained { time_s: number; track_id: number; face: string; units: { name: string; intensity: number; recorded: number | null; picture: string }[] }
interface Summary {
  source: string; frames: number; frames_with_face: number; faces_max: number; duration_s: number; fps: number | null; size: number[]; start_ns: number; dropped: number;
  latency_ms: Percentiles | null; latency_since: string | null; stages_ms: Record<string, Percentiles | null>; networks: Record<string, { backend: string; device: string; reason: string }>;
  expression_peaks: Record<string, { value: number; time_s: number; track_id: number }>; tracks: { id: number; frames: number }[];
  explained: Explained[];
  statistics: { event: { start: number; end: number } | null; people: Person[] };
  recorded: { messages: Record<string, number>; images_broken: number; refused: Record<string, number>; late: number; restarts: number }; cut_off?: string; versions?: Record<string, string>;
}

const ROUNDED_MS = 0.6;
const summary = JSON.parse($("summary").textContent!) as Summary;
const moments: { t: number; records: Rec[]; image?: Uint8Array }[] = [];
const state = new State(Infinity), whole = new State(Infinity);
const camera = new Camera($<HTMLCanvasElement>("camera"));
const units = new Units($("units")), emotion = new Emotion($("emotion")), avatar = new ReportAvatar();
let cursor = 0, playing = false, last = 0, drawn = -1, stale = true;

load();
const from = moments[0]?.t ?? 0, to = Math.max(moments.at(-1)?.t ?? 1, from + 1);
state.history = whole.history;
const ids = [...whole.history.keys()].sort((a, b) => a - b);
state.chosen = summary.tracks.reduce((best, t) => (t.frames > best.frames ? t : best), summary.tracks[0] ?? { id: ids[0] ?? 0, frames: 0 }).id;
const people = new People("", (id) => { state.chosen = id; stale = true; facts(); });
cursor = from + 1000 * ((Object.values(summary.expression_peaks)[0] as Peak | undefined)?.time_s ?? 0);
cursor = Math.min(to, Math.max(from, cursor));

function load(): void {
  const text = $("data").textContent!, bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  $("data").remove();
  const now = performance.now();
  for (const record of read(bytes.buffer)) {
    if (record.kind === "image" || record.kind === "faces" || record.kind === "expressions" || record.kind === "affects") {
      if (moments.at(-1)?.t !== record.stamp) moments.push({ t: record.stamp, records: [] });
      const moment = moments.at(-1)!;
      if (record.kind === "image") moment.image = record.body;
      else { moment.records.push(record); whole.hear(record, now); }
    } else if (record.kind === "rigs" || record.kind === "rig_description") avatar.hear(record);
    else {
      if (record.kind === "hello") state.units = whole.units = record.units;
      state.hear(record, now);
      whole.hear(record, now);
    }
  }
}

/** The moment at a time: the last one that is not later, where times may have been rounded to milliseconds. */
function index(t: number): number {
  let lo = 0, hi = moments.length - 1;
  while (lo < hi) {
    const middle = (lo + hi + 1) >> 1;
    if (moments[middle].t <= t + ROUNDED_MS) lo = middle; else hi = middle - 1;
  }
  return lo;
}

function show(): void {
  const at = index(cursor), moment = moments[at];
  if (!moment) return;
  if (at !== drawn || stale) {
    state.faces.clear(); state.affects.clear(); state.expressions.clear();
    const kept = state.history;
    state.history = new Map();
    for (const record of moment.records) state.hear(record, 0);
    state.history = kept;
    state.stamp = moment.t;
    let picture = at;
    while (picture > 0 && !moments[picture].image) picture--;
    if (moments[picture].image) camera.show(moments[picture].image!);
    drawn = at;
  }
  units.show(state);
  emotion.show(state);
  drawTrail($<HTMLCanvasElement>("trail"), $("trail-facts"), state, cursor);
  drawTimeline($<HTMLCanvasElement>("timeline"), state.history.get(state.person) ?? state.history.get(state.chosen) ?? [], state.labels.action_units, state.labels.emotions, { from, to, cursor }, true);
  const seek = $<HTMLInputElement>("seek");
  seek.value = String(Math.round((1000 * (cursor - from)) / (to - from)));
  say($("clock"), `${((cursor - from) / 1000).toFixed(1)} / ${((to - from) / 1000).toFixed(1)} s`);
  seek.setAttribute("aria-valuetext", $("clock").textContent!);
  if (state.size[0]) $("camera").parentElement!.style.aspectRatio = `${state.size[0]} / ${state.size[1]}`;
  avatar.draw(cursor, state.person || state.chosen);
  stale = false;
}

function frame(now: number): void {
  if (playing) {
    cursor += now - last;
    if (cursor >= to) { cursor = to; play(false); }
    stale = true;
  }
  last = now;
  if (stale || avatar.isNew) show();
  camera.draw(state);
  requestAnimationFrame(frame);
}

function play(on: boolean): void {
  if (on && cursor >= to) cursor = from;
  playing = on;
  say($("play"), on ? "Pause" : "Play");
}
/** At one face at one moment. */
function look(at: { track_id: number; time_s: number }): void { play(false); state.chosen = at.track_id; facts(); seek(from + 1000 * at.time_s); }
function seek(t: number): void { cursor = Math.min(to, Math.max(from, t)); stale = true; }

/** Numbers of the chosen person over the whole recording. */
function facts(): void {
  const { event, people: described } = summary.statistics, person = described.find((p) => p.id === state.chosen);
  const share = (x: number | null) => (x === null ? "–" : `${Math.round(x * 100)} %`);
  const rows = Object.entries(person?.units ?? {}).map(([label, u]) => {
    const name = state.units[label.replace(/[LR]$/, "")] ?? "";
    return u ? [label, name, minus(u.mean, 2), minus(u.sd, 2), minus(u.max, 1), `${u.events}`, share(u.share_of_time)] : [label, name, "–", "–", "–", "–", "–"];
  });
  const home = el("div", "wide");
  home.append(table(["unit", "", "mean", "SD", "largest", "events", "of the time"], rows));
  const words = person && [
    person.blinks.per_minute === null ? "" : `${minus(person.blinks.per_minute, 1)} blinks a minute${person.blinks.reliable ? "" : " (images come too seldom to see them all)"}`,
    `smiles: ${person.smiles.count}, ${person.smiles.with_au6} with AU6`, `nods: ${person.head.nods.count}`, `shakes: ${person.head.shakes.count}`,
    `gaze averted: ${share(person.gaze_aversion.share_of_time)}`, `not in view: ${share(person.missing.share_missing)}`,
    `without a resting face: ${share(person.missing.share_without_resting_face)}`,
  ].filter(Boolean).join(" · ");
  $("statistics").replaceChildren(el("p", "facts", words ?? "No action units of this face were recorded."), home);
  say($("statistics-key"), event ? `face ${state.chosen} · FACS 0–5 · an event begins at ${event.start} and ends below ${event.end}` : "");
  people.show(ids, state.chosen);
}

function table(head: string[], rows: string[][]): HTMLTableElement {
  const made = el("table"), top = made.createTHead().insertRow(), body = made.createTBody();
  const numeric = (i: number) => rows.some((r) => /^[−\d–]/.test(r[i]));
  head.forEach((h, i) => { const cell = el("th", numeric(i) ? "n" : "", h); cell.scope = "col"; top.append(cell); });
  for (const row of rows) {
    const line = body.insertRow();
    row.forEach((v, i) => { const cell = line.insertCell(); cell.textContent = v; if (numeric(i)) cell.className = "n"; });
  }
  return made;
}

function fixed(): void {
  const s = summary, share = s.frames ? Math.round((100 * s.frames_with_face) / s.frames) : 0;
  document.title = `${s.source ?? "recording"} – mien report`;
  say($("title"), (s.source ?? "recording").split("/").at(-1)!);
  const day = s.start_ns > 1e15 ? `${new Date(s.start_ns / 1e6).toISOString().slice(0, 16).replace("T", " ")} UTC · ` : "";
  say($("subtitle"), `${day}${s.duration_s.toFixed(1)} s · ${s.frames} images${s.fps ? ` at ${s.fps.toFixed(1)} Hz` : ""}${s.size[0] ? ` · ${s.size[0]} × ${s.size[1]} px` : ""} · ${s.tracks.length} ${s.tracks.length === 1 ? "face" : "faces"}`);
  $("peaks").replaceChildren(...Object.entries(s.expression_peaks).map(([name, p]) => {
    const made = el("button", "moment");
    made.type = "button";
    made.append(el("span", "", `${name} (face ${p.track_id})`), el("span", "number", `${p.value.toFixed(2)} at ${p.time_s.toFixed(1)} s`));
    made.onclick = () => look(p);
    return made;
  }));
  const refused = Object.values(s.recorded.refused).reduce((a, b) => a + b, 0);
  $("quality").replaceChildren(table(["", ""], [
    ["images with a face", `${share} %  (${s.frames_with_face} of ${s.frames})`],
    ["faces at once", `${s.faces_max}`],
    ["dropped, by stages and recorder", `${s.dropped}`],
    ["messages refused", refused ? `${refused}: ${Object.keys(s.recorded.refused).join(", ")}` : "0"],
    ["images that cannot be read", `${s.recorded.images_broken}`],
    ["late · jumps of time back", `${s.recorded.late} · ${s.recorded.restarts}`],
    ["end of the bag", s.cut_off ?? "–  complete"],
    ...s.tracks.map((t) => [`face ${t.id}`, `${t.frames} images`]),
  ]));
  const latency = s.latency_ms ? [[s.latency_since === "camera" ? "camera to rig" : "image to rig", `${s.latency_ms.p50.toFixed(1)} ms`, `${s.latency_ms.p99.toFixed(1)} ms`]] : [];
  $("speed").replaceChildren(table(["stage", "p50", "p99"], [
    ...Object.entries(s.stages_ms).map(([n, p]) => [n, p ? `${p.p50.toFixed(1)} ms` : "–", p ? `${p.p99.toFixed(1)} ms` : "–"]), ...latency,
  ]));
  $("networks").replaceChildren(table(["network", "runs on"], Object.entries(s.networks).map(([n, v]) => [n, `${v.backend} on ${v.device}`])));
}

/** Faces of some moments, and beside each its heatmaps. */
function explained(): void {
  const figure = (source: string, alt: string, ...caption: HTMLElement[]) => {
    const made = el("figure"), image = el("img"), words = el("figcaption");
    image.src = source; image.alt = alt;
    words.append(...caption);
    made.append(image, words);
    return made;
  };
  $("explained").hidden = !summary.explained.length;
  $("explanations").replaceChildren(...summary.explained.map((row) => {
    const made = el("div", "row"), when = `${row.time_s.toFixed(2)} s`;
    const go = el("button", "link", when);
    go.type = "button";
    go.title = "Look at this moment";
    go.onclick = () => look(row);
    made.append(figure(row.face, `Face ${row.track_id} at ${when}`, go, el("span", "", `face ${row.track_id}`)), ...row.units.map((u) => figure(
      u.picture, `Where ${u.name} is found at ${when}`, el("b", "", `${u.name} ${u.intensity.toFixed(1)}`), el("span", "", state.units[u.name.replace(/[LR]$/, "")] ?? ""),
      el("span", "", u.recorded === null ? "" : `recorded ${u.recorded.toFixed(1)}`),
    )));
    if (!row.units.length) made.append(el("p", "facts", "No unit of 0.5 or more."));
    return made;
  }));
}

for (const layer of LAYERS) $("layers").append(toggle(layer, true, (on) => { camera.layers[on ? "add" : "delete"](layer as Layer); stale = true; }));
const pictures = moments.some((m) => m.image);
$("camera-note").hidden = pictures || moments.some((m) => m.records.some((r) => r.kind === "faces"));
say($("camera-note"), "No picture was recorded.");
$("picture-facts").hidden = pictures;
$("play").onclick = () => play(!playing);
$<HTMLInputElement>("seek").oninput = (event) => { play(false); seek(from + (Number((event.target as HTMLInputElement).value) / 1000) * (to - from)); };
const scrub = $("scrub");
const drag = (event: PointerEvent) => { play(false); seek(timeAt(scrub, event.clientX, { from, to })); };
scrub.onpointerdown = (event) => { scrub.setPointerCapture(event.pointerId); drag(event); };
scrub.onpointermove = (event) => { if (event.buttons) drag(event); };
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || /input|select|button/i.test((event.target as Element).tagName)) return;
  if (event.key === " ") { event.preventDefault(); play(!playing); }
  if (event.key === "d") $("theme").click();
  if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    play(false);
    seek(moments[Math.min(moments.length - 1, Math.max(0, index(cursor) + (event.key === "ArrowRight" ? 1 : -1)))].t);
  }
});
addEventListener("resize", () => { stale = true; });
matchMedia("print").onchange = () => { show(); camera.draw(state); };
avatar.start();
fixed();
facts();
explained();
themes(() => { stale = true; people.forget(); people.show(ids, state.chosen); });
requestAnimationFrame(frame);
Object.assign(window, { mien: { state, moments, avatar, seek: (s: number) => seek(from + 1000 * s) } });
