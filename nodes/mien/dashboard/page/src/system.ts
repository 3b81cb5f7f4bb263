// How the graph does: latency by stage, nodes and what they drop, networks, bridges.
import { el, say } from "./dom";
import { median, type State } from "./state";
import type { NodeItem } from "./wire";

const ORDER = ["camera", "faces", "expressions", "affects", "rigs", "retarget"];
const BRIDGE = /^bridge (\S+) (\S+)$/;

export function showLatency(home: HTMLElement, state: State): void {
  const stages = [...state.stages].map(([name, ends]) => [name, median(ends.map((e) => e.ms))] as const)
    .sort((a, b) => (ORDER.indexOf(a[0]) + 99) % 99 - (ORDER.indexOf(b[0]) + 99) % 99);
  const most = Math.max(1, ...stages.map(([, ms]) => ms));
  rows(home, stages.map(([name, ms], i) => {
    const before = i ? stages[i - 1][1] : 0;
    return { key: name, make: () => {
      const row = el("div", "stage"), track = el("span", "track");
      track.append(el("span", "fill"));
      row.append(el("span", "name", name), track, el("span", "number"));
      return row;
    }, show: (row) => {
      const fill = row.querySelector<HTMLElement>(".fill")!;
      const from = Math.max(0, Math.min(before, ms)) / most;
      fill.style.left = `${100 * from}%`;
      fill.style.width = `${Math.max(1, 100 * (Math.max(ms, 0) / most - from))}%`;
      say(row.querySelector(".number"), `${ms.toFixed(1)} ms`);
    } };
  }), "No stage times: images without times of this clock, or nothing arrives");
}

export function showNodes(home: HTMLElement, nodes: NodeItem[]): void {
  rows(home, nodes.map((node) => ({ key: node.name, make: () => nodeRow(node.name), show: (row) => {
    row.dataset.level = node.silent ? "silent" : node.level;
    const v = node.values;
    const facts = [v.rate_hz && `${v.rate_hz} Hz`, v.latency_ms_p50 && `${v.latency_ms_p50} ms`, v.dropped && v.dropped !== "0" && `${v.dropped} dropped`, v.failed && v.failed !== "0" && `${v.failed} failed`];
    say(row.querySelector(".number"), facts.filter(Boolean).join(" · "));
    say(row.querySelector(".what"), node.silent ? "says nothing: it was ended or hangs" : [node.message === "running" ? "" : node.message, v.schemas && `plays ${v.schemas}`].filter(Boolean).join(" · "));
  } })), "No node speaks: a bag that is replayed, or no graph");
}

export function showNetworks(home: HTMLElement, nodes: NodeItem[]): void {
  const found = new Map<string, string>();
  for (const node of nodes) {
    for (const [key, value] of Object.entries(node.values)) if (key.startsWith("network ")) found.set(key.slice(8), value);
  }
  rows(home, [...found].sort().map(([name, value]) => ({ key: name, make: () => {
    const row = el("div", "pair");
    row.append(el("span", "name", name), el("span", "number"));
    return row;
  }, show: (row) => {
    say(row.querySelector(".number"), value.replace(/ \(.*/, ""));
    row.title = value;
  } })), "None told");
}

/** pause: called with a bridge and whether it is to run; undefined for viewers who may only look. */
export function showBridges(home: HTMLElement, nodes: NodeItem[], pause?: (name: string, on: boolean) => void): void {
  const found = new Map<string, Record<string, string>>();
  for (const node of nodes) {
    for (const [key, value] of Object.entries(node.values)) {
      const part = BRIDGE.exec(key);
      if (part) found.set(part[1], { ...found.get(part[1]), [part[2]]: value });
    }
  }
  rows(home, [...found].sort().map(([name, v]) => ({ key: `${name} ${Boolean(pause)}`, make: () => {
    const row = nodeRow(name);
    if (pause) {
      const button = el("button", "chip");
      button.type = "button";
      button.id = `do-bridge-${name}`;
      button.onclick = () => pause(name, row.dataset.level === "paused");
      row.firstElementChild!.append(button);
    }
    return row;
  }, show: (row) => {
    row.dataset.level = v.paused ? "paused" : v.error ? "error" : v.waits || v.asked ? "warn" : "ok";
    say(row.querySelector("button"), v.paused ? "Resume" : "Pause");
    row.querySelector("button")?.setAttribute("aria-label", `${v.paused ? "Resume" : "Pause"} ${name}`);
    say(row.querySelector(".number"), [v.sent && `${v.sent} sent`, v.received && v.received !== "0" && `${v.received} received`].filter(Boolean).join(" · "));
    say(row.querySelector(".what"), [v.address, v.paused && "paused", v.error || v.waits || v.asked].filter(Boolean).join(" · "));
  } })), "None runs: mien run --to NAME");
}

/** A name with a dot for its state and a number, and below what it says. */
function nodeRow(name: string): HTMLElement {
  const row = el("div", "node"), head = el("div", "top");
  head.append(el("span", "dot"), el("b", "name", name), el("span", "number"));
  row.append(head, el("p", "what"));
  return row;
}

interface Row { key: string; make: () => HTMLElement; show: (row: HTMLElement) => void }

/** Rows are kept while their keys are: nothing flickers, and no focus is lost. */
export function rows(home: HTMLElement, wanted: Row[], none: string): void {
  const keys = wanted.map((r) => r.key).join("\n");
  if (home.dataset.keys !== keys || !home.childElementCount) {
    home.dataset.keys = keys;
    home.replaceChildren(...(wanted.length ? wanted.map((r) => r.make()) : [el("p", "facts", none)]));
  }
  wanted.forEach((r, i) => r.show(home.children[i] as HTMLElement));
}
