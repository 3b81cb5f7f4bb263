// The avatar of the report: plays the recorded rigs, at any moment of them.
import { $, say } from "./dom";
import { between } from "./rigclock";
import { Stage } from "./stage";
import type { Rec, RigItem } from "./wire";

const MODEL = "avatar", GONE_MS = 400;

export class ReportAvatar {
  private stage?: Stage;
  private rigs = new Map<number, { t: number; item: RigItem }[]>(); // by face, in order of their times
  private names: string[] = [];
  private shown = "";

  hear(r: Rec): void {
    if (r.kind === "rig_description") this.names = r.names;
    if (r.kind === "rigs") for (const item of r.items) {
      const kept = this.rigs.get(item.id) ?? [];
      kept.push({ t: r.stamp, item });
      this.rigs.set(item.id, kept);
    }
  }

  /** Takes the avatar out of the page, if one is there; without it the card is left out. */
  start(): void {
    const packed = $("avatar").textContent!;
    $("avatar").remove();
    if (!packed || !this.rigs.size) { document.body.classList.add("faceless"); return; }
    try { this.stage = new Stage($("stage"), () => unpack(packed), true); }
    catch { this.note("This browser draws nothing in three dimensions (WebGL)."); }
  }

  /** Whether something else is to be drawn: the avatar has just been read. */
  get isNew(): boolean { return this.stage !== undefined && this.shown === "" && this.stage.figure(`${MODEL}|0`) !== undefined; }

  draw(t: number, person: number): void {
    if (!this.stage) return;
    this.stage.show([{ key: `${MODEL}|0`, model: MODEL, id: 0 }]);
    const kept = this.rigs.get(person) ?? [];
    let lo = 0, hi = kept.length - 1;
    while (lo < hi) {
      const middle = (lo + hi + 1) >> 1;
      if (kept[middle].t <= t + 0.6) lo = middle; else hi = middle - 1;
    }
    const near = (k?: { t: number }) => k !== undefined && Math.abs(k.t - t) < GONE_MS;
    const rig = near(kept[lo]) || near(kept[lo + 1]) ? between(kept[lo], kept[Math.min(lo + 1, kept.length - 1)], t) : undefined;
    this.stage.draw(performance.now(), () => rig && { pose: { ...rig, held: false }, names: this.names }, false);
    this.shown = this.stage.figure(`${MODEL}|0`) ? "drawn" : "";
    const problem = this.stage.problems.get(MODEL);
    this.note(problem ? `The avatar cannot be read: ${problem}` : this.shown ? "" : "The avatar is read.");
    say($("avatar-facts"), !this.shown ? "" : rig ? `the rig of face ${person}, between images by their stamps` : `face ${person} has no rig at this moment`);
  }

  /** The value of a shape in the scene now. */
  shape(name: string): number | undefined { return this.stage?.figure(`${MODEL}|0`)?.shape(name); }

  private note(words: string): void {
    $("stage-note").hidden = !words;
    say($("stage-note"), words);
  }
}

/** The GLB, which the page holds as gzip in base64. */
async function unpack(packed: string): Promise<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}
