// What was heard last, and of each person what the last minute was like.
import type { AffectItem, ExpressionItem, FaceItem, NodeItem, Rec } from "./wire";

export const KEEP_MS = 60_000;
const STEP_MS = 100; // of the history
const STAGES_MS = 2000; // of their times

export interface Sample { t: number; emotion: Float32Array; valence: number; arousal: number; intensity: Float32Array; confidence: Float32Array; latency: number; jaw: number }

export class State {
  /** keep: how long the history of a person is [ms]. */
  constructor(private readonly keep = KEEP_MS) {}

  labels = { blendshapes: [] as string[], action_units: [] as string[], emotions: [] as string[] };
  units: Record<string, string> = {};
  edges: Uint16Array = new Uint16Array();
  size: [number, number] = [640, 480];
  camera = [600, 600, 320, 240];
  faces = new Map<number, FaceItem>();
  affects = new Map<number, AffectItem>();
  expressions = new Map<number, ExpressionItem>();
  nodes: NodeItem[] = [];
  stages = new Map<string, { at: number; ms: number }[]>(); // recent ends of each stage
  history = new Map<number, Sample[]>();
  stamp = 0; // of the newest record
  heard = 0; // performance.now() when anything about a face came
  times: number[] = []; // when rigs came, for their rate
  chosen = 0; // person; 0: whoever is largest
  rigIds: number[] = [];

  /** The person whose numbers are shown. */
  get person(): number {
    const ids = this.ids;
    if (this.chosen && ids.includes(this.chosen)) return this.chosen;
    let best = ids[0] ?? 0, area = -1;
    for (const f of this.faces.values()) {
      if (f.box[2] * f.box[3] > area) { area = f.box[2] * f.box[3]; best = f.id; }
    }
    return best;
  }

  get ids(): number[] {
    return [...new Set([...this.faces.keys(), ...this.affects.keys(), ...this.rigIds])].sort((a, b) => a - b);
  }

  hear(r: Rec, now: number): void {
    switch (r.kind) {
      case "labels": this.labels = r; break;
      case "mesh": this.edges = r.edges; break;
      case "nodes": this.nodes = r.nodes; break;
      case "faces":
        this.faces = new Map(r.items.map((f) => [f.id, f]));
        this.size = r.size; this.camera = r.camera; this.note(r.stages, r.stamp, now);
        break;
      case "expressions":
        this.expressions = new Map(r.items.map((e) => [e.id, e]));
        this.note(r.stages, r.stamp, now);
        break;
      case "affects":
        this.affects = new Map(r.items.map((a) => [a.id, a]));
        this.note(r.stages, r.stamp, now);
        for (const a of r.items) this.remember(r.stamp, a, r.stages.at(-1)?.[1] ?? NaN);
        break;
      case "rigs":
        if (r.topic !== "rigs") break;
        this.rigIds = r.items.filter((i) => i.state !== "neutral").map((i) => i.id);
        this.note(r.stages, r.stamp, now);
        this.times.push(now);
        while (this.times.length && now - this.times[0] > 2000) this.times.shift();
        break;
    }
  }

  /** Rigs a second, over the last two. */
  rate(now: number): number {
    return this.times.filter((t) => now - t < 2000).length / 2;
  }

  private note(stages: [string, number][], stamp: number, now: number): void {
    if (stamp < this.stamp - 1000) this.history.clear(); // a bag begins again
    this.stamp = stamp;
    this.heard = now;
    for (const [name, ms] of stages) {
      const kept = this.stages.get(name) ?? [];
      kept.push({ at: now, ms });
      while (now - kept[0].at > STAGES_MS) kept.shift();
      this.stages.set(name, kept);
    }
  }

  private remember(t: number, a: AffectItem, latency: number): void {
    const kept = this.history.get(a.id) ?? [];
    const last = kept.at(-1);
    if (last && t - last.t < STEP_MS && t >= last.t) return;
    const jaw = this.expressions.get(a.id)?.blendshapes[this.labels.blendshapes.indexOf("jawOpen")] ?? NaN;
    kept.push({ t, emotion: a.emotion.slice(), valence: a.valence, arousal: a.arousal, intensity: a.intensity.slice(), confidence: a.confidence.slice(), latency, jaw });
    while (kept.length && (t - kept[0].t > this.keep || kept[0].t > t)) kept.shift();
    this.history.set(a.id, kept);
    for (const [id, samples] of this.history) if (t - (samples.at(-1)?.t ?? 0) > this.keep) this.history.delete(id);
  }
}

export function median(values: number[]): number {
  if (!values.length) return NaN;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
