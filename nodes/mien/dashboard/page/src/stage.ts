// The avatars side by side: one per model and person, each with a view of its own.
import * as three from "three";
import { Figure } from "./figure";
import type { Pose } from "./rigclock";

export { Figure };
const MOST = 6;

export interface Wanted { key: string; model: string; id: number }

export class Stage {
  private readonly renderer: three.WebGLRenderer;
  private readonly figures = new Map<string, Figure>();
  private readonly pending = new Set<string>();
  private wanted: Wanted[] = [];
  private last = 0;
  /** Problems with files, by model. */
  readonly problems = new Map<string, string>();

  /** keeps: what was drawn stays, so that it is printed. Throws where there is no WebGL. */
  constructor(private readonly home: HTMLElement, private readonly load: (model: string) => Promise<ArrayBuffer>, keeps = false) {
    this.renderer = new three.WebGLRenderer({ antialias: true, alpha: true, powerPreference: "low-power", preserveDrawingBuffer: keeps });
    this.renderer.setPixelRatio(Math.min(devicePixelRatio, 2));
    this.renderer.setScissorTest(true);
    this.renderer.toneMapping = three.ACESFilmicToneMapping;
    this.renderer.toneMappingExposure = 0.95;
    this.renderer.domElement.setAttribute("role", "img");
    this.renderer.domElement.setAttribute("aria-label", "Avatars that move with the faces");
    home.append(this.renderer.domElement);
  }

  show(wanted: Wanted[]): void {
    this.wanted = wanted.slice(0, MOST);
    const keys = new Set(this.wanted.map((w) => w.key));
    // A face that is lost and comes back has another number; its avatar is not read anew for that.
    const spare = [...this.figures].filter(([key]) => !keys.has(key));
    for (const [key] of spare) this.figures.delete(key);
    for (const w of this.wanted) {
      if (this.figures.has(w.key)) continue;
      const at = spare.findIndex(([key]) => key.startsWith(`${w.model}|`));
      if (at >= 0) this.figures.set(w.key, spare.splice(at, 1)[0][1]);
      else if (!this.pending.has(w.key) && !this.problems.has(w.model)) void this.read(w);
    }
    for (const [, figure] of spare) figure.dispose();
  }

  private async read(w: Wanted): Promise<void> {
    this.pending.add(w.key);
    try {
      const figure = await Figure.read(w.model, await this.load(w.model));
      const place = this.wanted.find((v) => v.key === w.key) ?? this.wanted.find((v) => v.model === w.model && !this.figures.has(v.key));
      if (place && !this.figures.has(place.key)) this.figures.set(place.key, figure);
      else figure.dispose();
    } catch (error) {
      this.problems.set(w.model, error instanceof Error ? error.message : String(error));
    } finally { this.pending.delete(w.key); }
  }

  /** Read a model again: its file is another one. */
  forget(model: string): void {
    this.problems.delete(model);
    for (const [key, figure] of this.figures) if (key.startsWith(`${model}|`)) { figure.dispose(); this.figures.delete(key); }
  }

  get loading(): boolean { return this.pending.size > 0; }
  figure(key: string): Figure | undefined { return this.figures.get(key); }
  get schemas(): string[] { return [...new Set([...this.figures.values()].map((f) => f.schema))]; }

  draw(now: number, pose: (w: Wanted, figure: Figure) => { pose: Pose; names: string[] } | undefined, mirror: boolean): void {
    const { width, height } = this.home.getBoundingClientRect();
    if (!width || !height) return;
    const seconds = Math.min(0.1, (now - this.last) / 1000);
    this.last = now;
    const size = this.renderer.getSize(new three.Vector2());
    if (size.x !== Math.round(width) || size.y !== Math.round(height)) this.renderer.setSize(Math.round(width), Math.round(height));
    this.renderer.setScissor(0, 0, width, height);
    this.renderer.setClearColor(0x000000, 0);
    this.renderer.clear();
    const shown = this.wanted.filter((w) => this.figures.has(w.key)), count = Math.max(1, shown.length);
    const columns = Math.min(count, width > 1.3 * height ? 3 : 2), lines = Math.ceil(count / columns);
    shown.forEach((w, i) => {
      const figure = this.figures.get(w.key)!, played = pose(w, figure);
      if (played) figure.play(played.pose, played.names, mirror, seconds);
      const cw = width / columns, ch = height / lines, x = (i % columns) * cw, y = height - ch * (1 + Math.floor(i / columns));
      figure.look(cw / ch);
      this.renderer.setViewport(x, y, cw, ch);
      this.renderer.setScissor(x, y, cw, ch);
      this.renderer.render(figure.scene, figure.camera);
    });
  }
}
