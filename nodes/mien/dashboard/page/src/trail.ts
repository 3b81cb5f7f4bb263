// Valence and arousal: where they are, and the way they came in the last ten seconds.
import { colour, fit, minus, personColour, say } from "./dom";
import type { Sample, State } from "./state";

const TRAIL_MS = 10_000;

export function drawTrail(canvas: HTMLCanvasElement, facts: HTMLElement, state: State, until = Infinity): void {
  const box = canvas.parentElement!.getBoundingClientRect();
  const ctx = fit(canvas, box.width, box.height);
  const side = Math.min(box.width, box.height) - 34, cx = box.width / 2, cy = box.height / 2, half = side / 2;
  const x = (v: number) => cx + v * half, y = (a: number) => cy - a * half;
  ctx.strokeStyle = colour("line");
  ctx.lineWidth = 1;
  for (const r of [0.5, 1]) { ctx.beginPath(); ctx.arc(cx, cy, r * half, 0, 7); ctx.stroke(); }
  ctx.beginPath();
  ctx.moveTo(x(-1), cy); ctx.lineTo(x(1), cy); ctx.moveTo(cx, y(-1)); ctx.lineTo(cx, y(1));
  ctx.stroke();
  ctx.fillStyle = colour("muted");
  ctx.font = `11px ${getComputedStyle(document.body).fontFamily}`;
  ctx.textAlign = "center";
  ctx.fillText("excited", cx, y(1) - 5);
  ctx.fillText("calm", cx, y(-1) + 13);
  ctx.textAlign = "left";
  ctx.fillText("negative", x(-1), cy - 5);
  ctx.textAlign = "right";
  ctx.fillText("positive", x(1), cy - 5);
  ctx.textAlign = "left";
  const samples = (state.history.get(state.person) ?? []).filter((s: Sample) => s.t <= until && Number.isFinite(s.valence));
  const last = samples.at(-1);
  if (!last) { say(facts, "–"); return; }
  const hue = personColour(state.person);
  const recent = samples.filter((s) => last.t - s.t < TRAIL_MS);
  ctx.lineWidth = 2.5;
  ctx.lineCap = "round";
  for (let i = 1; i < recent.length; i++) {
    ctx.strokeStyle = hue;
    ctx.globalAlpha = 0.08 + 0.8 * (1 - (last.t - recent[i].t) / TRAIL_MS) ** 2;
    ctx.beginPath();
    ctx.moveTo(x(recent[i - 1].valence), y(recent[i - 1].arousal));
    ctx.lineTo(x(recent[i].valence), y(recent[i].arousal));
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
  ctx.fillStyle = hue;
  ctx.strokeStyle = colour("card");
  ctx.lineWidth = 2;
  ctx.beginPath();
  ctx.arc(x(last.valence), y(last.arousal), 7, 0, 7);
  ctx.fill();
  ctx.stroke();
  const sure = state.affects.get(state.person)?.va_confidence;
  say(facts, `valence ${minus(last.valence, 2)} · arousal ${minus(last.arousal, 2)}${sure === undefined ? "" : ` · confidence ${sure.toFixed(2)}`}`);
}
