// The picker of persons: one of several, by mouse or arrows.
import { $, el, personColour } from "./dom";

export class People {
  private shown = "";

  constructor(private readonly first: string, private readonly choose: (id: number) => void) {
    $("people").onkeydown = (event) => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const choices = this.choices.map(([id]) => id), at = Math.max(0, choices.indexOf(this.chosen));
      this.pick(choices[(at + step + choices.length) % choices.length]);
    };
  }

  private choices: [number, string][] = [];
  private chosen = 0;

  private pick(id: number): void { this.choose(id); this.show(this.choices.slice(this.first ? 1 : 0).map(([i]) => i), id); }

  forget(): void { this.shown = ""; }

  show(ids: number[], chosen: number): void {
    const key = `${ids.join()}|${chosen}`;
    if (key === this.shown) return;
    this.shown = key;
    this.chosen = chosen;
    this.choices = [...(this.first ? [[0, this.first] as [number, string]] : []), ...ids.map((id) => [id, `Face ${id}`] as [number, string])];
    const home = $("people"), had = home.contains(document.activeElement);
    home.replaceChildren(...this.choices.map(([id, words]) => {
      const made = el("button", "", words);
      made.type = "button";
      made.setAttribute("role", "radio");
      made.setAttribute("aria-checked", String(id === chosen));
      made.tabIndex = id === chosen ? 0 : -1;
      if (id) made.style.setProperty("--hue", personColour(id));
      made.onclick = () => this.pick(id);
      return made;
    }));
    if (had) home.querySelector<HTMLElement>('[aria-checked="true"]')?.focus();
  }
}
