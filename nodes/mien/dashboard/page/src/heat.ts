// Where action units are seen: heatmaps over faces, half a second old at most, that move along with them.
import type { State } from "./state";
import type { ExplainedItem, Rec } from "./wire";

const WIDE = 20, HIGH = 24, OLD_MS = 2500, ROOM_PX = 200; // a smaller face has no room for labels
// Dark violet over orange to light yellow: lighter is stronger, also without red or green cones (as matplotlib's inferno).
const RAMP = [[0, 0, 4], [87, 16, 110], [188, 55, 84], [249, 142, 9], [252, 255, 164]];
type Affine = [number, number, number, number, number, number]; // as canvas takes it

interface Drawn { item: ExplainedItem; picture: HTMLCanvasElement; peaks: { words: string; at: [number, number] }[] }

export class Heat {
  on = false;
  problem = "";
  private faces: Drawn[] = [];
  private came = 0;

  hear(r: Extract<Rec, { kind: "explained" }>, now: number): void {
    this.problem = r.problem;
    this.came = now;
    this.faces = r.items.map(prepare);
  }

  /** Of the newest image that was read, unless that is too long ago. */
  private get fresh(): Drawn[] { return performance.now() - this.came < OLD_MS ? this.faces : []; }

  /** What is said below the picture. */
  words(person: number): string {
    if (!this.on) return "";
    if (this.problem) return `Nothing is explained: ${this.problem}`;
    const units = this.fresh.find((f) => f.item.id === person)?.item.units;
    if (!units) return this.came ? "Explained: no face" : "The network that explains is opened …";
    return `Where the network scc finds units, by its own intensities (0–5), not those of the bars: ${units.length ? units.map(([n, v]) => `${unit(n)} ${v.toFixed(1)}`).join(", ") : "none"}`;
  }

  /** In pixels of the image. x: mirrors, where the picture is. */
  draw(ctx: CanvasRenderingContext2D, state: State, mirror: boolean, width: number, px: number): void {
    if (!this.on) return;
    const taken: number[][] = [];
    for (const { item, picture, peaks } of this.fresh) {
      const face = state.faces.get(item.id);
      if (!face) continue;
      const since = moved(item.anchors, face.landmarks), m = item.matrix;
      ctx.save();
      if (mirror) { ctx.translate(width, 0); ctx.scale(-1, 1); }
      ctx.transform(...since);
      ctx.transform(m[0], m[3], m[1], m[4], m[2], m[5]);
      ctx.imageSmoothingQuality = "high";
      ctx.drawImage(picture, 0, 0);
      ctx.restore();
      for (const { words, at: [u, v] } of face.box[3] > ROOM_PX * px ? peaks : []) {
        const ix = m[0] * u + m[1] * v + m[2], iy = m[3] * u + m[4] * v + m[5];
        const x = since[0] * ix + since[2] * iy + since[4], y = since[1] * ix + since[3] * iy + since[5];
        label(ctx, words, mirror ? width - x : x, y, px, taken);
      }
    }
  }
}

function prepare(item: ExplainedItem): Drawn {
  const picture = document.createElement("canvas"), ctx = picture.getContext("2d")!;
  picture.width = WIDE; picture.height = HIGH;
  const image = ctx.createImageData(WIDE, HIGH);
  for (let i = 0; i < WIDE * HIGH; i++) {
    const v = Math.max(0, ...item.maps.map((map) => map[i])) / 255;
    const at = v * (RAMP.length - 1), k = Math.min(RAMP.length - 2, Math.floor(at)), f = at - k;
    for (let c = 0; c < 3; c++) image.data[4 * i + c] = RAMP[k][c] + f * (RAMP[k + 1][c] - RAMP[k][c]);
    image.data[4 * i + 3] = 255 * Math.min(0.8, 1.6 * v);
  }
  ctx.putImageData(image, 0, 0);
  const peaks = item.units.map(([name, value], i): Drawn["peaks"][number] => {
    const best = item.maps[i].indexOf(Math.max(...item.maps[i]));
    return { words: `${unit(name)} ${value.toFixed(1)}`, at: [(best % WIDE) + 0.5, Math.floor(best / WIDE) + 0.5] };
  });
  return { item, picture, peaks };
}

const unit = (name: string) => name.replace(/([LR])$/, " $1");

/** How a face moved since: the similarity in the plane that is nearest to what its anchors did. */
export function moved(anchors: [number, number, number][], now: Float32Array): Affine {
  const n = anchors.length || 1;
  let px = 0, py = 0, qx = 0, qy = 0;
  for (const [i, x, y] of anchors) { px += x / n; py += y / n; qx += now[2 * i] / n; qy += now[2 * i + 1] / n; }
  let dot = 0, cross = 0, spread = 0;
  for (const [i, x, y] of anchors) {
    const dx = x - px, dy = y - py, ex = now[2 * i] - qx, ey = now[2 * i + 1] - qy;
    dot += dx * ex + dy * ey; cross += dx * ey - dy * ex; spread += dx * dx + dy * dy;
  }
  if (!(spread > 0) || !Number.isFinite(dot + cross)) return [1, 0, 0, 1, 0, 0];
  const a = dot / spread, b = cross / spread;
  return [a, b, -b, a, qx - a * px + b * py, qy - b * px - a * py];
}

/** Below another one where they would meet. */
function label(ctx: CanvasRenderingContext2D, words: string, x: number, y: number, px: number, taken: number[][]): void {
  ctx.font = `600 ${11 * px}px ${getComputedStyle(document.body).fontFamily}`;
  const w = ctx.measureText(words).width + 8 * px, h = 16 * px, left = x - w / 2;
  let top = y - h / 2;
  for (let again = true; again; ) {
    const hit = taken.find(([l, t, r, b]) => left < r && l < left + w && top < b && t < top + h);
    again = hit !== undefined;
    if (hit) top = hit[3] + px;
  }
  taken.push([left, top, left + w, top + h]);
  ctx.fillStyle = "rgba(0,0,0,0.66)";
  ctx.beginPath();
  ctx.roundRect(left, top, w, h, 4 * px);
  ctx.fill();
  ctx.fillStyle = "#fff";
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  ctx.fillText(words, left + 4 * px, top + h / 2 + 0.5 * px);
}
