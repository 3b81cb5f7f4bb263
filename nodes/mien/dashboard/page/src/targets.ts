// What a schema's targets are told: rigs of one profile or avatar as bars, within its limits and in its units.
import { $, el, say, toggle } from "./dom";
import type { NodeItem, Rec, RigItem } from "./wire";

interface Description { names: string[]; units: string[]; lower: number[]; upper: number[]; neutral: number[] }
const QUIET_MS = 1500;
const STATES: Record<string, string> = { tracked: "follows a face", easing: "eases to neutral", neutral: "at neutral" };

export class Targets {
  /** The schema that is looked at; "" = none, and nothing of any is sent. */
  schema = "";
  private offered = "";
  private built = "";
  private readonly descriptions = new Map<string, Description>();
  private rigs = new Map<string, { items: RigItem[]; came: number }>();
  private bars: { fill: HTMLElement; number: HTMLElement }[] = [];

  constructor(private readonly chosen: (schema: string) => void) {}

  hear(r: Rec, now: number): void {
    if (r.kind === "rig_description" && r.topic.includes("/")) { this.descriptions.set(r.schema, r); this.built = ""; }
    if (r.kind === "rigs" && r.topic.includes("/")) this.rigs.set(r.topic.slice(0, -"/rigs".length), { items: r.items, came: now });
  }

  /** The schemas that nodes say they play, and what else they say of them. */
  offer(nodes: NodeItem[]): void {
    const told = new Map(nodes.filter((n) => !n.silent).flatMap((n) => (n.values.schemas ?? "").split(", ").filter(Boolean).map((s): [string, string] => [s.split(" ")[0], s])));
    const key = [...told].join("\n");
    if (key === this.offered) return;
    this.offered = key;
    $("targets-card").hidden = !told.size;
    if (this.schema && !told.has(this.schema)) this.choose("");
    const focused = (document.activeElement as HTMLElement | null)?.dataset.schema;
    $("schemas").replaceChildren(...[...told].map(([schema, words]) => {
      const chip = toggle(words, schema === this.schema, (on) => this.choose(on ? schema : ""));
      chip.dataset.schema = schema;
      return chip;
    }));
    if (focused) $("schemas").querySelector<HTMLElement>(`[data-schema="${focused}"]`)?.focus();
  }

  private choose(schema: string): void {
    this.schema = schema;
    this.built = "";
    for (const chip of $("schemas").children) chip.setAttribute("aria-pressed", String((chip as HTMLElement).dataset.schema === schema));
    this.chosen(schema);
  }

  draw(now: number, person: number): void {
    if ($("targets-card").hidden) return;
    const about = this.descriptions.get(this.schema), heard = this.rigs.get(this.schema);
    if (!this.schema || !about) {
      if (this.built !== "-") { this.built = "-"; $("targets").replaceChildren(); }
      say($("targets-facts"), this.schema ? `Nothing of ${this.schema} has come yet.` : "Choose a schema to see what its targets are told.");
      return;
    }
    if (this.built !== this.schema) this.build(about);
    const rig = heard?.items.find((i) => i.id === person) ?? heard?.items[0];
    const old = heard !== undefined && now - heard.came > QUIET_MS;
    about.names.forEach((_, i) => {
      const v = rig && !old ? rig.weights[i] : about.neutral[i], lo = about.lower[i], span = about.upper[i] - lo || 1;
      const from = (Math.min(v, about.neutral[i]) - lo) / span, to = (Math.max(v, about.neutral[i]) - lo) / span;
      const { fill, number } = this.bars[i];
      fill.style.left = `${100 * from}%`;
      fill.style.width = `${100 * (to - from)}%`;
      say(number, rig && !old ? measure(v, about.units[i]) : "–");
    });
    say($("targets-facts"), `${this.schema}/rigs · ${about.names.length} targets · ${old || !rig ? "nothing comes: no face, or paused" : `face ${rig.id}: ${STATES[rig.state] ?? rig.state}`}`);
  }

  private build(about: Description): void {
    this.built = this.schema;
    this.bars = [];
    $("targets").replaceChildren(...about.names.map((name, i) => {
      const row = el("div", "target"), track = el("span", "track"), fill = el("span", "fill"), rest = el("span", "rest"), number = el("span", "number", "–");
      row.title = `${name}: ${measure(about.lower[i], about.units[i])} to ${measure(about.upper[i], about.units[i])}, at rest ${measure(about.neutral[i], about.units[i])}`;
      rest.style.left = `${(100 * (about.neutral[i] - about.lower[i])) / (about.upper[i] - about.lower[i] || 1)}%`;
      track.append(fill, rest);
      row.append(el("span", "name", name), track, number);
      this.bars.push({ fill, number });
      return row;
    }));
  }
}

/** With its unit; weights have none. */
function measure(v: number, unit: string): string {
  if (!Number.isFinite(v)) return "–";
  const [words, ending] = unit === "deg" ? [v.toFixed(1), "°"] : unit === "m" ? [(1000 * v).toFixed(1), " mm"] : [v.toFixed(2), unit === "1" ? "" : ` ${unit}`];
  return words.replace(/^-(?=0\.?0*$)/, "").replace("-", "−") + ending;
}
