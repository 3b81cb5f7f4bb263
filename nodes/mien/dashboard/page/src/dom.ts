// Small helpers: elements, canvases at the display's resolution, colours of the theme.

export const $ = <T extends HTMLElement = HTMLElement>(id: string) => document.getElementById(id) as T;

export function el<K extends keyof HTMLElementTagNameMap>(tag: K, cls = "", text = ""): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (cls) made.className = cls;
  if (text) made.textContent = text;
  return made;
}

/** Sets text only where it changes: nothing is laid out anew for nothing. */
export function say(node: Element | null, words: string): void {
  if (node && node.textContent !== words) node.textContent = words;
}

let ink: Record<string, string> = {};
/** A colour of the theme. */
export function colour(name: string): string {
  return (ink[name] ??= getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
}
export function forgetColours(): void { ink = {}; }

/** Of people: told apart by the colour-blind (Okabe and Ito), and by their number. */
export function personColour(id: number): string {
  return colour(`person-${id % 6}`);
}

/** A canvas whose units are CSS pixels. */
export function fit(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D {
  const dpr = Math.min(devicePixelRatio || 1, 2);
  const w = Math.max(1, Math.round(width * dpr)), h = Math.max(1, Math.round(height * dpr));
  if (canvas.width !== w || canvas.height !== h) { canvas.width = w; canvas.height = h; }
  const ctx = canvas.getContext("2d")!;
  ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
  ctx.clearRect(0, 0, width, height);
  return ctx;
}

export const minus = (x: number, digits: number) => (Number.isFinite(x) ? x.toFixed(digits).replace("-", "−") : "–");

/** A button that stays pressed. */
export function toggle(words: string, on: boolean, change: (on: boolean) => void): HTMLButtonElement {
  const made = el("button", "chip", words);
  made.type = "button";
  made.setAttribute("aria-pressed", String(on));
  made.onclick = () => {
    const now = made.getAttribute("aria-pressed") !== "true";
    made.setAttribute("aria-pressed", String(now));
    change(now);
  };
  return made;
}
