// Expression, valence and arousal, action units and latency over time, one above the other.
import { colour, fit } from "./dom";
import type { Sample } from "./state";

export interface Span { from: number; to: number; cursor?: number }
/** Of the lanes: names stand before it. */
const before = (width: number) => (width < 480 ? 72 : 96);

interface Lane { name: string; share: number; draw: (ctx: CanvasRenderingContext2D, x: (t: number) => number, y0: number, h: number) => void }

const RIGHT = 14, GAP = 10, AXIS = 18, GAP_MS = 600;

export function drawTimeline(canvas: HTMLCanvasElement, samples: Sample[], units: string[], emotions: string[], span: Span, clock = false): void {
  const box = canvas.parentElement!.getBoundingClientRect();
  const ctx = fit(canvas, box.width, box.height);
  const LEFT = before(box.width), wide = box.width - LEFT - RIGHT, high = box.height - AXIS;
  const x = (t: number) => LEFT + ((t - span.from) / Math.max(1, span.to - span.from)) * wide;
  const seen = samples.filter((s) => s.t >= span.from - 500 && s.t <= span.to + 500);
  const codes = [...new Set(units.map((u) => u.replace(/[LR]$/, "")))];
  const lanes: Lane[] = [
    { name: "expression", share: 1, draw: (c, at, y, h) => emotionLane(c, seen, emotions, at, y, h) },
    { name: "valence", share: 1.1, draw: (c, at, y, h) => curve(c, seen, (s) => s.valence, -1, 1, "line-a", at, y, h, LEFT, true) },
    { name: "arousal", share: 1.1, draw: (c, at, y, h) => curve(c, seen, (s) => s.arousal, -1, 1, "line-b", at, y, h, LEFT, true) },
    { name: "action units", share: 4.6, draw: (c, at, y, h) => unitLane(c, seen, units, codes, at, y, h) },
    { name: "latency", share: 1.1, draw: (c, at, y, h) => curve(c, seen, (s) => s.latency, 0, Math.max(40, 1.2 * Math.max(0, ...seen.map((s) => s.latency || 0))), "line-c", at, y, h, LEFT, false, " ms") },
  ];
  if (!seen.some((s) => Number.isFinite(s.latency))) lanes.pop(); // no times of this clock
  const total = lanes.reduce((sum, lane) => sum + lane.share, 0);
  const font = getComputedStyle(document.body).fontFamily;
  let y = 0;
  for (const lane of lanes) {
    const h = ((high - GAP * (lanes.length - 1)) * lane.share) / total;
    ctx.save();
    ctx.beginPath();
    ctx.rect(LEFT, y, wide, h);
    ctx.fillStyle = colour("well");
    ctx.fill();
    ctx.clip();
    lane.draw(ctx, x, y, h);
    ctx.restore();
    ctx.fillStyle = colour("muted");
    ctx.font = `12px ${font}`;
    ctx.textAlign = "right";
    ctx.textBaseline = "middle";
    if (lane.name === "action units") {
      const each = h / codes.length;
      ctx.font = `${Math.min(11, Math.max(7, each))}px ${font}`;
      codes.forEach((code, i) => { if (each > 8 || i % 2 === 0) ctx.fillText(code, LEFT - 8, y + (i + 0.5) * each); });
    } else ctx.fillText(lane.name, LEFT - 8, y + h / 2);
    y += h + GAP;
  }
  axis(ctx, span, x, box.height, clock, font, wide);
  if (span.cursor !== undefined) {
    ctx.strokeStyle = colour("ink");
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    ctx.moveTo(x(span.cursor), 0);
    ctx.lineTo(x(span.cursor), high);
    ctx.stroke();
  }
}

function axis(ctx: CanvasRenderingContext2D, span: Span, x: (t: number) => number, height: number, clock: boolean, font: string, wide: number): void {
  const seconds = (span.to - span.from) / 1000;
  const step = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600].find((s) => seconds / s <= Math.min(8, Math.max(2, wide / 70))) ?? 7200;
  ctx.fillStyle = colour("muted");
  ctx.font = `11px ${font}`;
  ctx.textBaseline = "bottom";
  for (let s = 0; s <= seconds + 1e-6; s += step) {
    const t = clock ? span.from + s * 1000 : span.to - s * 1000;
    ctx.textAlign = s === 0 && !clock ? "right" : s === 0 ? "left" : "center";
    ctx.fillText(clock ? `${s} s` : s === 0 ? "now" : `−${s} s`, x(t), height);
  }
}

function emotionLane(ctx: CanvasRenderingContext2D, samples: Sample[], names: string[], x: (t: number) => number, y: number, h: number): void {
  each(samples, x, (s, at, w) => {
    let top = y;
    names.forEach((_, i) => {
      const part = s.emotion[i] * h;
      if (!(part > 0)) return;
      ctx.fillStyle = colour(`emotion-${i}`);
      ctx.fillRect(at, top, w, part + 0.5);
      top += part;
    });
  });
}

function unitLane(ctx: CanvasRenderingContext2D, samples: Sample[], units: string[], codes: string[], x: (t: number) => number, y: number, h: number): void {
  const row = units.map((u) => codes.indexOf(u.replace(/[LR]$/, ""))), high = h / codes.length;
  ctx.fillStyle = colour("heat");
  each(samples, x, (s, at, w) => {
    const best = new Float32Array(codes.length);
    units.forEach((_, i) => {
      const v = (s.intensity[i] / 5) * (0.35 + 0.65 * s.confidence[i]);
      if (v > best[row[i]]) best[row[i]] = v;
    });
    best.forEach((v, i) => {
      if (v < 0.04) return;
      ctx.globalAlpha = Math.min(1, 1.5 * v);
      ctx.fillRect(at, y + i * high + 0.5, w, high - 1);
    });
  });
  ctx.globalAlpha = 1;
}

/** Each sample lasts until the next one, or a tenth of a second where nothing follows. */
function each(samples: Sample[], x: (t: number) => number, draw: (s: Sample, at: number, w: number) => void): void {
  samples.forEach((s, i) => {
    const next = samples[i + 1]?.t ?? s.t + 100;
    const at = x(s.t);
    draw(s, at, Math.max(1, x(next - s.t > GAP_MS ? s.t + 100 : next) - at + 0.5));
  });
}

function curve(ctx: CanvasRenderingContext2D, samples: Sample[], value: (s: Sample) => number, lo: number, hi: number, hue: string, x: (t: number) => number, y: number, h: number, left: number, zero: boolean, unit = ""): void {
  const at = (v: number) => y + h - 3 - ((v - lo) / (hi - lo)) * (h - 6);
  if (zero) {
    ctx.strokeStyle = colour("line");
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.moveTo(0, at(0));
    ctx.lineTo(10_000, at(0));
    ctx.stroke();
  }
  ctx.strokeStyle = colour(hue);
  ctx.lineWidth = 1.75;
  ctx.lineJoin = "round";
  ctx.beginPath();
  let last = -Infinity;
  for (const s of samples) {
    const v = value(s);
    if (!Number.isFinite(v)) { last = -Infinity; continue; }
    if (s.t - last > GAP_MS) ctx.moveTo(x(s.t), at(v));
    else ctx.lineTo(x(s.t), at(v));
    last = s.t;
  }
  ctx.stroke();
  {
    ctx.fillStyle = colour("muted");
    ctx.font = `10px ${getComputedStyle(document.body).fontFamily}`;
    ctx.textAlign = "left";
    ctx.textBaseline = "top";
    ctx.fillText(`${Math.round(hi)}${unit}`, left + 4, y + 2);
    ctx.textBaseline = "bottom";
    ctx.fillText(`${String(lo).replace("-", "−")}${unit}`, left + 4, y + h - 1);
  }
}

/** The time at a place on the screen. */
export function timeAt(home: HTMLElement, clientX: number, span: Span): number {
  const box = home.getBoundingClientRect();
  const left = before(box.width);
  return span.from + ((clientX - box.left - left) / (box.width - left - RIGHT)) * (span.to - span.from);
}
