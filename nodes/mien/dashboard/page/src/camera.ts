// The camera picture, and on it what was found; the picture comes without any drawing.
import { colour, fit, personColour } from "./dom";
import type { Heat } from "./heat";
import type { State } from "./state";
import type { FaceItem } from "./wire";

export const LAYERS = ["box", "mesh", "head", "gaze"] as const;
export type Layer = (typeof LAYERS)[number];
const AXIS_M = 0.07, GAZE_M = 0.14;

export class Camera {
  layers = new Set<Layer>(["box", "mesh", "head", "gaze"]);
  mirror = false;
  private picture?: ImageBitmap;
  private decoding = false;
  private next?: Uint8Array;

  constructor(private readonly canvas: HTMLCanvasElement, private readonly heat?: Heat) {}

  get hasPicture(): boolean { return this.picture !== undefined; }

  /** The newest picture wins; one that is still being decoded is not waited for. */
  show(jpeg: Uint8Array): void {
    this.next = jpeg;
    if (!this.decoding) void this.decode();
  }

  forget(): void { this.picture?.close(); this.picture = undefined; this.next = undefined; }

  private async decode(): Promise<void> {
    this.decoding = true;
    while (this.next) {
      const data = this.next;
      this.next = undefined;
      try {
        const made = await createImageBitmap(new Blob([data as BlobPart], { type: "image/jpeg" }));
        this.picture?.close();
        this.picture = made;
      } catch { /* one broken picture; the next one comes */ }
    }
    this.decoding = false;
  }

  draw(state: State): void {
    const box = this.canvas.parentElement!.getBoundingClientRect();
    const ctx = fit(this.canvas, box.width, box.height);
    ctx.fillStyle = "#000";
    ctx.fillRect(0, 0, box.width, box.height);
    const [w, h] = state.size[0] ? state.size : this.picture ? [this.picture.width, this.picture.height] : [640, 480];
    const scale = Math.min(box.width / w, box.height / h);
    ctx.translate((box.width - w * scale) / 2, (box.height - h * scale) / 2);
    ctx.scale(scale, scale);
    if (this.picture) {
      ctx.save();
      if (this.mirror) { ctx.translate(w, 0); ctx.scale(-1, 1); }
      ctx.drawImage(this.picture, 0, 0, w, h);
      ctx.restore();
    }
    this.heat?.draw(ctx, state, this.mirror, w, 1 / scale);
    for (const face of state.faces.values()) this.face(ctx, state, face, w, scale);
  }

  private face(ctx: CanvasRenderingContext2D, state: State, face: FaceItem, width: number, scale: number): void {
    const x = (v: number) => (this.mirror ? width - v : v);
    const chosen = face.id === state.person, hue = personColour(face.id), px = 1 / scale;
    ctx.lineWidth = px;
    ctx.globalAlpha = chosen ? 1 : 0.6;
    if (this.layers.has("mesh") && state.edges.length) {
      ctx.strokeStyle = hue;
      ctx.globalAlpha = chosen ? 0.6 : 0.3;
      ctx.lineWidth = 0.8 * px;
      ctx.beginPath();
      const p = face.landmarks;
      for (let i = 0; i < state.edges.length; i += 2) {
        const a = state.edges[i] * 2, b = state.edges[i + 1] * 2;
        ctx.moveTo(x(p[a]), p[a + 1]);
        ctx.lineTo(x(p[b]), p[b + 1]);
      }
      ctx.stroke();
      ctx.globalAlpha = chosen ? 1 : 0.6;
    }
    if (this.layers.has("gaze")) this.gaze(ctx, state, face, x, px);
    if (this.layers.has("head")) this.head(ctx, state, face, x, px);
    if (this.layers.has("box")) this.box(ctx, state, face, x, px, hue, chosen, width);
    ctx.globalAlpha = 1;
  }

  private box(ctx: CanvasRenderingContext2D, state: State, face: FaceItem, x: (v: number) => number, px: number, hue: string, chosen: boolean, width: number): void {
    const [bx, by, bw, bh] = face.box;
    const left = Math.min(x(bx), x(bx + bw));
    ctx.strokeStyle = hue;
    ctx.lineWidth = (chosen ? 2.5 : 1.5) * px;
    ctx.beginPath();
    ctx.roundRect(left, by, bw, bh, 8 * px);
    ctx.stroke();
    const affect = state.affects.get(face.id);
    let words = `${face.id}`;
    if (affect && Number.isFinite(affect.emotion[0])) {
      let best = 0;
      affect.emotion.forEach((v, i) => { if (v > affect.emotion[best]) best = i; });
      words += `  ${state.labels.emotions[best] ?? ""} ${Math.round(affect.emotion[best] * 100)} %`;
    }
    ctx.font = `600 ${13 * px}px ${getComputedStyle(document.body).fontFamily}`;
    const wide = ctx.measureText(words).width + 14 * px, high = 22 * px;
    const top = Math.max(2 * px, by - high - 4 * px), start = Math.max(2 * px, Math.min(left, width - wide - 2 * px));
    ctx.fillStyle = hue;
    ctx.beginPath();
    ctx.roundRect(start, top, wide, high, 6 * px);
    ctx.fill();
    ctx.fillStyle = colour("on-person");
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    ctx.fillText(words, start + 7 * px, top + high / 2 + px);
  }

  private head(ctx: CanvasRenderingContext2D, state: State, face: FaceItem, x: (v: number) => number, px: number): void {
    const m = face.pose;
    if (!Number.isFinite(m[0])) return;
    const at = [m[3], m[7], m[11]];
    const from = project(state.camera, at);
    if (!from) return;
    // x out of the face, y to its left, z up: told apart by colour and by length.
    for (const [column, hue, length] of [[1, "axis-left", 1], [2, "axis-up", 1], [0, "axis-out", 1.25]] as const) {
      const tip = project(state.camera, at.map((v, row) => v + AXIS_M * length * m[row * 4 + column]));
      if (tip) line(ctx, x(from[0]), from[1], x(tip[0]), tip[1], colour(hue), 2.5 * px, px);
    }
  }

  private gaze(ctx: CanvasRenderingContext2D, state: State, face: FaceItem, x: (v: number) => number, px: number): void {
    const m = face.pose;
    // Irises of the mesh: 473 is the person's left, 468 the right one.
    [473, 468].forEach((point, side) => {
      const g = face.gaze.subarray(side * 3, side * 3 + 3);
      if (!Number.isFinite(g[0]) || !Number.isFinite(m[0])) return;
      const [fx, fy, cx, cy] = state.camera, depth = m[11];
      const u = face.landmarks[point * 2], v = face.landmarks[point * 2 + 1];
      const eye = [((u - cx) / fx) * depth, ((v - cy) / fy) * depth, depth];
      const tip = project(state.camera, eye.map((e, i) => e + GAZE_M * g[i]));
      if (!tip) return;
      const before = ctx.globalAlpha;
      ctx.globalAlpha = before * (0.25 + 0.75 * face.gaze_confidence[side]);
      line(ctx, x(u), v, x(tip[0]), tip[1], colour("gaze"), 2 * px, px);
      ctx.globalAlpha = before;
    });
  }
}

function project(k: number[], p: number[]): [number, number] | undefined {
  return p[2] > 0.01 ? [k[2] + (k[0] * p[0]) / p[2], k[3] + (k[1] * p[1]) / p[2]] : undefined;
}

/** With a dark edge, to be seen on any picture. */
function line(ctx: CanvasRenderingContext2D, x0: number, y0: number, x1: number, y1: number, hue: string, width: number, px: number): void {
  ctx.lineCap = "round";
  for (const [style, w] of [["rgba(0,0,0,0.55)", width + 1.6 * px], [hue, width]] as const) {
    ctx.strokeStyle = style;
    ctx.lineWidth = w;
    ctx.beginPath();
    ctx.moveTo(x0, y0);
    ctx.lineTo(x1, y1);
    ctx.stroke();
  }
}
