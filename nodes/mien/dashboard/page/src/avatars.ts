// The avatar card: which avatars, whose, dropped files; three.js is loaded when the card is first drawn.
import { $, say, toggle } from "./dom";
import type { Link } from "./link";
import { RigClock } from "./rigclock";
import type { Stage, Wanted } from "./stage";
import type { State } from "./state";
import type { Rec } from "./wire";

const TITLES: Record<string, string> = { "human.glb": "Human", "toon.glb": "Toon", "robot.glb": "Robot" };
const MOST_BYTES = 64 * 1024 * 1024;

export class Avatars {
  readonly clock = new RigClock();
  stage?: Stage;
  mirror = false;
  private models: string[] = [];
  private files = new Map<string, ArrayBuffer>();
  private everybody = false;
  private names = new Map<string, string[]>(); // of weights, by topic
  private note = "";
  private told = "";
  private starting = false;

  constructor(private readonly home: HTMLElement, private readonly state: State, private readonly link: () => Link) {
    home.addEventListener("dragover", (event) => { event.preventDefault(); home.classList.add("over"); });
    home.addEventListener("dragleave", () => home.classList.remove("over"));
    home.addEventListener("drop", (event) => {
      event.preventDefault();
      home.classList.remove("over");
      for (const file of event.dataTransfer?.files ?? []) void this.add(file);
    });
  }

  offer(shipped: string[]): void {
    const home = $("avatars");
    if (home.childElementCount) return;
    this.models = shipped.includes("human.glb") ? ["human.glb"] : shipped.slice(0, 1);
    for (const model of shipped) home.append(toggle(TITLES[model] ?? model, this.models.includes(model), (on) => this.choose(model, on)));
    const all = toggle("Everybody", false, (on) => { this.everybody = on; });
    all.title = "An avatar for each person in view";
    const pick = document.createElement("input");
    pick.type = "file"; pick.accept = ".glb,.vrm"; pick.id = "file"; pick.className = "hide"; pick.multiple = true; pick.tabIndex = -1; pick.setAttribute("aria-hidden", "true");
    pick.onchange = () => { for (const file of pick.files ?? []) void this.add(file); pick.value = ""; };
    const open = document.createElement("label");
    open.className = "chip"; open.htmlFor = "file"; open.textContent = "Open VRM, GLB"; open.tabIndex = 0; open.setAttribute("role", "button");
    open.onkeydown = (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); pick.click(); } };
    home.append(all, pick, open);
  }

  private choose(model: string, on: boolean): void {
    this.models = on ? [...this.models, model] : this.models.filter((m) => m !== model);
    this.stage?.problems.delete(model);
  }

  /** A file of the user's; it stays in this page. */
  async add(file: File): Promise<void> {
    if (file.size > MOST_BYTES) { this.note = `${file.name} was refused: larger than 64 MiB`; return; }
    try {
      const data = await file.arrayBuffer();
      const { check } = await import("./glbcheck");
      check(data);
      if (!this.files.has(file.name)) $("avatars").insertBefore(toggle(file.name, true, (on) => this.choose(file.name, on)), $("avatars").lastElementChild);
      this.files.set(file.name, data);
      this.stage?.forget(file.name);
      if (!this.models.includes(file.name)) this.models.push(file.name);
      this.note = "";
    } catch (error) { this.note = `${file.name} was refused: ${error instanceof Error ? error.message : error}`; }
  }

  hear(r: Rec, now: number): void {
    if (r.kind === "rigs") this.clock.hear(r.topic, r.stamp, r.items, now);
    if (r.kind === "rig_description") this.names.set(r.topic.replace(/rig_description$/, "rigs"), r.names);
  }

  private wanted(now: number): Wanted[] {
    const ids = this.clock.ids("rigs", now), person = this.state.person;
    const people = this.everybody && ids.length ? ids : [ids.includes(person) ? person : ids[0] ?? 0];
    return people.flatMap((id) => this.models.map((model) => ({ key: `${model}|${id}`, model, id })));
  }

  draw(now: number): void {
    if (!this.stage) {
      if (this.models.length && !this.starting) void this.start();
      say($("avatar-facts"), this.note);
      if (!this.starting) say($("stage-note"), "Choose an avatar, or drop a VRM or GLB here.");
      return;
    }
    const wanted = this.wanted(now);
    this.stage.show(wanted);
    let held = 0, easing = false;
    this.stage.draw(now, (w, figure) => {
      const topic = figure.schema === "arkit52" ? "rigs" : `${figure.schema}/rigs`;
      const ids = this.clock.ids(topic, now);
      const pose = this.clock.at(topic, ids.includes(w.id) ? w.id : ids[0] ?? 0, now);
      if (pose?.held) held++;
      if (pose && pose.state !== "tracked") easing = true;
      const names = this.names.get(topic);
      return pose && names ? { pose, names } : undefined;
    }, this.mirror);
    const want = this.stage.schemas.filter((s) => s !== "arkit52").sort().join();
    if (want !== this.told) { this.told = want; this.link().want({ avatars: want ? want.split(",") : [] }); }
    const problems = [...this.stage.problems].map(([m, p]) => `${TITLES[m] ?? m}: ${p}`);
    const waits = this.stage.loading ? "An avatar is made; the first time, that takes some seconds." : this.models.length ? "" : "Choose an avatar, or drop a VRM or GLB here.";
    const note = $("stage-note");
    note.hidden = wanted.some((w) => this.stage!.figure(w.key) !== undefined) || !waits;
    say(note, waits);
    say($("avatar-facts"), [this.note || problems[0], held ? "holds the last rig: nothing newer came" : easing ? "eases to neutral: its face is gone" : this.clock.ids("rigs", now).length ? "interpolated by stamps" : "no rig yet", `${Math.round(this.clock.delay)} ms behind what arrives`, this.mirror ? "mirrored" : ""].filter(Boolean).join(" · "));
  }

  private async start(): Promise<void> {
    this.starting = true;
    try {
      const { Stage } = await import("./stage");
      this.stage = new Stage(this.home, async (model) => {
        const own = this.files.get(model);
        if (own) return own.slice(0);
        const answer = await fetch(`/avatars/${model}`);
        if (!answer.ok) throw new Error(await answer.text());
        return answer.arrayBuffer();
      });
    } catch (error) { say($("stage-note"), `This browser draws no avatars: ${error instanceof Error ? error.message : error}`); }
  }
}
