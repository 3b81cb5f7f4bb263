// Action units and expression of the chosen person as bars.
import { el, minus, say } from "./dom";
import type { State } from "./state";

interface Bar { fill: HTMLElement; number: HTMLElement; row: HTMLElement }

export class Units {
  private bars = new Map<string, Bar>();
  private built = "";

  constructor(private readonly home: HTMLElement) {}

  /** A row per unit; one with sides has two bars, the person's left above the right. */
  private build(state: State): void {
    const names = state.labels.action_units, key = names.join();
    if (key === this.built) return;
    this.built = key;
    this.bars.clear();
    this.home.replaceChildren();
    const codes = [...new Set(names.map((n) => n.replace(/[LR]$/, "")))];
    for (const code of codes) {
      const row = el("div", "unit");
      const name = el("span", "name");
      name.append(el("b", "", code.replace("AU", "")), el("i", "", state.units[code] ?? ""));
      name.title = `${code} ${state.units[code] ?? ""}`;
      const tracks = el("span", "tracks"), number = el("span", "number", "–");
      for (const label of names.filter((n) => n.replace(/[LR]$/, "") === code)) {
        const track = el("span", "track");
        const fill = el("span", "fill");
        track.append(fill);
        tracks.append(track);
        this.bars.set(label, { fill, number, row });
      }
      row.append(name, tracks, number);
      this.home.append(row);
    }
  }

  show(state: State): void {
    this.build(state);
    const affect = state.affects.get(state.person);
    const told = new Map<HTMLElement, string>();
    state.labels.action_units.forEach((label, i) => {
      const bar = this.bars.get(label);
      if (!bar) return;
      const value = affect ? affect.intensity[i] : NaN, sure = affect ? affect.confidence[i] : 0;
      const known = Number.isFinite(value);
      bar.fill.style.transform = `scaleX(${known ? Math.min(value / 5, 1) : 0})`;
      bar.fill.style.opacity = String(known ? 0.25 + 0.75 * sure : 0);
      bar.row.classList.toggle("unknown", !known);
      const side = /[LR]$/.exec(label)?.[0] ?? "";
      const before = told.get(bar.row);
      const words = `${side && `${side} `}${minus(value, 1)} (confidence ${minus(sure, 2)})`;
      told.set(bar.row, before ? `${before}, ${words}` : words);
      const largest = Math.max(value, before ? Number(bar.number.dataset.v) : -1);
      bar.number.dataset.v = String(known ? largest : before ? bar.number.dataset.v : -1);
    });
    for (const [row, words] of told) {
      if (row.title !== words) row.title = words;
      const number = row.lastElementChild as HTMLElement;
      const v = Number(number.dataset.v);
      say(number, v >= 0 ? v.toFixed(1) : "–");
      row.classList.toggle("active", v >= 1);
    }
  }
}

export class Emotion {
  private rows: { row: HTMLElement; fill: HTMLElement; number: HTMLElement }[] = [];
  private note = el("p", "facts");
  private built = "";

  constructor(private readonly home: HTMLElement) {}

  private build(names: string[]): void {
    if (names.join() === this.built) return;
    this.built = names.join();
    this.home.replaceChildren();
    this.rows = names.map((name, i) => {
      const row = el("div", "emotion-row");
      row.style.setProperty("--hue", `var(--emotion-${i})`);
      const track = el("span", "track"), fill = el("span", "fill"), number = el("span", "number", "–");
      track.append(fill);
      row.append(el("span", "name", name), track, number);
      this.home.append(row);
      return { row, fill, number };
    });
    this.home.append(this.note);
  }

  show(state: State): void {
    this.build(state.labels.emotions);
    const affect = state.affects.get(state.person);
    const values = affect?.emotion ?? new Float32Array(this.rows.length).fill(NaN);
    const best = Math.max(...values);
    this.rows.forEach(({ row, fill, number }, i) => {
      const v = values[i], known = Number.isFinite(v);
      fill.style.transform = `scaleX(${known ? v : 0})`;
      fill.style.opacity = String(0.35 + 0.65 * Math.min(1, 1.5 * (affect?.emotion_confidence ?? 0)));
      say(number, known ? `${Math.round(v * 100)} %` : "–");
      row.classList.toggle("best", known && v === best);
    });
    say(this.note, affect
      ? `confidence ${affect.emotion_confidence.toFixed(2)} · ${REST[affect.baseline.method] ?? affect.baseline.method}`
      : "nobody in view");
  }
}

/** What numbers are told against. */
export const REST: Record<string, string> = {
  none: "against a typical face: rest not yet known",
  learned: "against the rest learned of this face",
  captured: "against the rest captured of this face",
  loaded: "against the rest loaded from a file",
};
