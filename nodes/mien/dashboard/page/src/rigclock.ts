// Plays rigs at display rate: between two of them by their stamps, a little late, and never beyond the newest.
import type { RigItem } from "./wire";

export interface Pose { weights: Float32Array; head: Float32Array; gaze: Float32Array; state: string; schema: string; held: boolean }
interface Step { t: number; item: RigItem; came: number }
const KEEP = 16, WINDOW_MS = 3000, GAP_MS = 400, LEAST_DELAY_MS = 20, MOST_DELAY_MS = 250;

export class RigClock {
  private steps = new Map<string, Step[]>();
  private ways: { now: number; ms: number }[] = []; // arrival − stamp of the last seconds
  private offset = 0; // the least of them: stamps in the time of this page
  private interval = 33;
  private lastStamp = 0;

  hear(topic: string, stamp: number, items: RigItem[], now: number): void {
    if (stamp < this.lastStamp - 1000) { this.steps.clear(); this.ways = []; } // a bag begins again
    if (topic === "rigs") {
      const step = stamp - this.lastStamp;
      if (step > 0 && step < GAP_MS) this.interval += 0.1 * (step - this.interval);
      this.lastStamp = Math.max(this.lastStamp, stamp);
    }
    // Of the last seconds only: where what arrives falls behind, the avatar follows it.
    this.ways.push({ now, ms: now - stamp });
    while (now - this.ways[0].now > WINDOW_MS) this.ways.shift();
    this.offset = Math.min(...this.ways.map((w) => w.ms));
    for (const item of items) {
      const key = `${topic}#${item.id}`, kept = this.steps.get(key) ?? [];
      while (kept.length && kept.at(-1)!.t >= stamp) kept.pop();
      kept.push({ t: stamp, item, came: now });
      if (kept.length > KEEP) kept.shift();
      this.steps.set(key, kept);
    }
  }

  /** How far the avatar is behind what arrives [ms]: one and a half messages. */
  get delay(): number {
    return Math.min(MOST_DELAY_MS, Math.max(LEAST_DELAY_MS, 1.5 * this.interval));
  }

  ids(topic: string, now: number): number[] {
    const out: number[] = [];
    for (const [key, kept] of this.steps) {
      const last = kept.at(-1)!;
      if (now - last.came > 3000) this.steps.delete(key);
      else if (key.startsWith(`${topic}#`)) out.push(last.item.id);
    }
    return out.sort((a, b) => a - b);
  }

  /** The rig of a track now. `held`: nothing newer has come, and what came last is shown, as it was. */
  at(topic: string, id: number, now: number): Pose | undefined {
    const kept = this.steps.get(`${topic}#${id}`);
    if (!kept?.length) return undefined;
    const t = now - this.offset - this.delay, last = kept.at(-1)!;
    if (t >= last.t || kept.length === 1) return { ...view(last.item), held: t - last.t > 100 && now - last.came > 150 };
    let i = kept.length - 1;
    while (i > 0 && kept[i - 1].t > t) i--;
    if (i === 0) return { ...view(kept[0].item), held: false };
    return { ...between(kept[i - 1], kept[i], t), held: false };
  }
}

/** The rig at a time between two of them; the nearer one where they are too far apart. */
export function between(a: { t: number; item: RigItem }, b: { t: number; item: RigItem }, t: number): Omit<Pose, "held"> {
  const k = b.t > a.t ? Math.min(1, Math.max(0, (t - a.t) / (b.t - a.t))) : 0;
  if (b.t - a.t > GAP_MS || a.item.count !== b.item.count) return view(k < 0.5 ? a.item : b.item);
  return { weights: mix(a.item.weights, b.item.weights, k), head: slerp(a.item.head, b.item.head, k), gaze: mix(a.item.gaze, b.item.gaze, k), state: b.item.state, schema: b.item.schema };
}

function view(item: RigItem): Omit<Pose, "held"> {
  return { weights: item.weights, head: item.head, gaze: item.gaze, state: item.state, schema: item.schema };
}

function mix(a: Float32Array, b: Float32Array, k: number): Float32Array {
  return a.map((v, i) => v + k * (b[i] - v));
}

function slerp(a: Float32Array, b: Float32Array, k: number): Float32Array {
  let dot = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
  const sign = dot < 0 ? -1 : 1;
  dot *= sign;
  const angle = Math.acos(Math.min(1, dot)), sine = Math.sin(angle);
  const wa = sine > 1e-4 ? Math.sin((1 - k) * angle) / sine : 1 - k, wb = (sine > 1e-4 ? Math.sin(k * angle) / sine : k) * sign;
  const q = a.map((v, i) => wa * v + wb * b[i]);
  const norm = Math.hypot(...q);
  return q.map((v) => v / norm);
}
