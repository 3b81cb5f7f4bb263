// What may be done, for whoever has the token: rest, recording, stop, pause, tune.
import { $, el, say } from "./dom";
import type { Link } from "./link";
import type { State } from "./state";

interface Parameter { name: string; doc: string; value: boolean | number | string | null; lo: number | null; hi: number | null; choices: string[]; whole: boolean }
interface Offer { enable: string[]; estop: boolean; capture: boolean; recording: string; profiles: Record<string, boolean>; avatars: Record<string, boolean>; parameters: Record<string, Parameter[]> }
// What nodes play: the action, the key of the offer, and words.
const PLAYED = [["profile", "profiles", "Retargeting profiles"], ["avatar", "avatars", "Avatars of the animator"]] as const;
const LOOK_S = 1, MOST_S = 5, IMAGES = 8, AFTER_MS = 1200, RENEW_MS = 4000;

export class Controls {
  countdown = 3; // [s]; tests shorten it
  private home = $("controls");
  private offer?: Offer;
  private shown = "";
  private busy = false;
  private cancelled = false;
  private renewing = false;
  private unheard = ""; // why nothing could be offered
  private told = el("p", "facts told");

  constructor(private readonly state: State, private readonly link: () => Link) {
    this.told.setAttribute("role", "status");
    addEventListener("keydown", (event) => { if (event.key === "Escape") this.cancelled = true; });
    setInterval(() => { if (!this.home.hidden) void this.renew(); }, RENEW_MS);
  }

  allow(on: boolean): void {
    this.home.hidden = !on;
    if (on) void this.renew();
  }

  private async renew(): Promise<void> {
    if (this.renewing) return;
    this.renewing = true;
    const answer = await this.link().call("offer", {});
    this.renewing = false;
    if (!answer.ok) { this.unheard = answer.text; say(this.told, answer.text); return; }
    if (this.unheard && this.told.textContent === this.unheard) say(this.told, "");
    this.unheard = "";
    this.offer = JSON.parse(answer.text) as Offer;
    this.build(this.offer);
    this.mark();
  }

  private async ask(what: string, given: object): Promise<boolean> {
    say(this.told, "…");
    const answer = await this.link().call(what, given);
    this.told.classList.toggle("bad", !answer.ok);
    say(this.told, answer.text);
    void this.renew();
    return answer.ok;
  }

  private build(offer: Offer): void {
    const key = JSON.stringify([offer.enable, offer.estop, offer.capture, ...PLAYED.map(([, key]) => Object.keys(offer[key])), Object.entries(offer.parameters).map(([n, ps]) => [n, ps.map((p) => p.name)])]);
    if (key === this.shown) return;
    this.shown = key;
    const head = el("div", "head");
    head.append(el("h2", "", "Controls"));
    const row = el("div", "actions");
    if (offer.capture) row.append(this.button("capture", "Capture resting face", () => void this.capture()));
    row.append(this.button("record", "Record", () => void this.ask("record", { on: !this.offer?.recording })));
    for (const node of offer.enable) {
      row.append(this.button(`pause-${node}`, `Pause ${node}`, () => void this.ask("enable", { node, on: this.paused(node) })));
    }
    if (offer.estop) {
      const stop = this.button("estop", "Stop robots", () => void this.ask("estop", { on: true }));
      stop.classList.add("danger");
      row.append(stop, this.button("release", "Release robots", () => void this.ask("estop", { on: false })));
    }
    const played = PLAYED.map(([what, key, words]) => {
      const choice = el("fieldset", "played");
      choice.append(el("legend", "", words), ...Object.keys(offer[key]).map((name) => {
        const made = this.button(`${what}-${name}`, name.split("/").at(-1)!, () => void this.ask(what, { name, on: !this.offer?.[key][name] }));
        made.className = "chip";
        made.title = `${name}: what is left out eases to neutral within its limits first`;
        return made;
      }));
      choice.hidden = !Object.keys(offer[key]).length;
      return choice;
    });
    const tuning = el("div", "tuning");
    for (const [node, parameters] of Object.entries(offer.parameters)) {
      const group = el("details");
      group.append(el("summary", "", `Tune ${node}`), ...parameters.map((p) => this.tuner(node, p)));
      group.open = node === "retarget";
      tuning.append(group);
    }
    this.home.replaceChildren(head, row, ...played, this.told, tuning);
  }

  private button(id: string, words: string, act: () => void): HTMLButtonElement {
    const made = el("button", "button", words);
    made.type = "button";
    made.id = `do-${id}`;
    made.onclick = act;
    return made;
  }

  private paused(node: string): boolean {
    return this.state.nodes.find((n) => n.name === node)?.values.enabled === "false";
  }

  /** Pauses or resumes a bridge; undefined for viewers who may only look. */
  get bridge(): ((name: string, on: boolean) => void) | undefined {
    return this.home.hidden ? undefined : (name, on) => void this.ask("bridge", { name, on });
  }

  /** Words of buttons follow what is so. */
  mark(): void {
    if (this.home.hidden || !this.offer) return;
    say(document.getElementById("do-record"), this.offer.recording ? "Stop recording" : "Record");
    document.getElementById("do-record")?.classList.toggle("on", Boolean(this.offer.recording));
    for (const [what, key] of PLAYED) {
      for (const [name, on] of Object.entries(this.offer[key])) document.getElementById(`do-${what}-${name}`)?.setAttribute("aria-pressed", String(on));
    }
    for (const node of this.offer.enable) say(document.getElementById(`do-pause-${node}`), `${this.paused(node) ? "Resume" : "Pause"} ${node}`);
  }

  private tuner(node: string, p: Parameter): HTMLElement {
    const row = el("label", "tuner");
    const name = el("span", "name", p.name);
    row.title = p.doc;
    const unit = /\[([^\]]+)\]$/.exec(p.doc)?.[1] ?? "", measure = (v: unknown) => `${v}${unit && ` ${unit}`}`;
    const number = el("span", "number", measure(p.value));
    if (typeof p.value === "boolean") {
      const box = el("input");
      box.type = "checkbox"; box.checked = p.value;
      box.onchange = () => { say(number, String(box.checked)); void this.ask("set", { node, name: p.name, value: box.checked }); };
      row.append(name, box, number);
    } else if (typeof p.value === "number" && p.lo !== null && p.hi !== null && p.hi - p.lo <= 1000) {
      const slide = el("input");
      slide.type = "range"; slide.min = String(p.lo); slide.max = String(p.hi);
      slide.step = p.whole ? "1" : String((p.hi - p.lo) / 200);
      slide.value = String(p.value);
      slide.oninput = () => { say(number, measure(slide.value)); slide.setAttribute("aria-valuetext", measure(slide.value)); };
      slide.setAttribute("aria-valuetext", measure(p.value));
      // A float that happens to be whole is sent as such; the node takes it.
      slide.onchange = () => void this.ask("set", { node, name: p.name, value: Number(slide.value) });
      row.append(name, slide, number);
    } else if (p.choices.length > 1) {
      const pick = el("select");
      for (const choice of p.choices) pick.append(new Option(choice, choice, false, choice === p.value));
      pick.onchange = () => void this.ask("set", { node, name: p.name, value: pick.value });
      row.append(name, pick, el("span"));
    } else {
      const field = el("input");
      field.type = typeof p.value === "number" ? "number" : "text";
      field.value = String(p.value ?? "");
      field.onchange = () => void this.ask("set", { node, name: p.name, value: typeof p.value === "number" ? Number(field.value) : field.value });
      field.onkeydown = (event) => { if (event.key === "Escape") field.value = String(p.value ?? ""); };
      row.append(name, field, el("span", "number", unit));
    }
    return row;
  }

  /** Counts down, captures, and says whether it helped: how far from rest the calm face reads, before and after. */
  private async capture(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const person = this.state.person, button = $<HTMLButtonElement>("do-capture");
    button.disabled = true;
    this.told.classList.remove("bad");
    this.cancelled = false;
    for (let s = this.countdown; s > 0 && !this.cancelled; s--) {
      say(this.told, `Face ${person}: look at the camera, relaxed … ${s} (Escape cancels)`);
      await wait(1000);
    }
    if (this.cancelled) {
      say(this.told, "Nothing was captured: cancelled.");
      button.disabled = false;
      button.focus();
      this.busy = false;
      return;
    }
    say(this.told, "Hold still …");
    const watched = this.watch(person);
    // Of somebody alone, without the number: a face that is lost for a moment comes back with another one.
    const alone = this.state.ids.length === 1;
    // Where images come seldom it looks longer: a rest is learned of several.
    const seconds = Math.min(MOST_S, Math.max(LOOK_S, IMAGES / this.state.rate(performance.now())));
    const answer = await this.link().call("capture", { track_id: alone ? 0 : person, duration_s: seconds });
    const before = watched();
    if (answer.ok) {
      await wait(AFTER_MS / 3);
      const later = this.watch(person);
      await wait(AFTER_MS);
      const after = later();
      const helped = after < before ? "it helped" : "it did not help: capture again, with the face at rest";
      say(this.told, `${answer.text}. The calm face read ${before.toFixed(2)} before and reads ${after.toFixed(2)} now (mean intensity of action units, FACS 0–5): ${helped}.`);
    } else { this.told.classList.add("bad"); say(this.told, `Nothing was changed: ${answer.text}`); }
    button.disabled = false;
    this.busy = false;
  }

  /** The mean intensity of all action units of a person, from now until the result is asked for. */
  private watch(person: number): () => number {
    let sum = 0, count = 0, last: unknown;
    const timer = setInterval(() => {
      const affect = this.state.affects.get(person) ?? this.state.affects.get(this.state.person);
      if (!affect || affect === last) return;
      last = affect;
      for (const v of affect.intensity) if (Number.isFinite(v)) { sum += v; count++; }
    }, 30);
    return () => { clearInterval(timer); return sum / count; };
  }
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
