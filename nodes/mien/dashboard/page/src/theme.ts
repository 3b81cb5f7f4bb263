// Dark or light: as the system says, until somebody chooses.
import { $, forgetColours } from "./dom";

export function themes(changed: () => void): void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const set = (theme: string | null) => {
    if (theme) document.documentElement.dataset.theme = theme;
    forgetColours();
    changed();
  };
  dark.onchange = () => set(null);
  let kept: string | null = null;
  try { kept = localStorage.getItem("mien-theme"); } catch { /* a file that may keep nothing */ }
  set(new URLSearchParams(location.search).get("theme") ?? kept);
  $("theme").onclick = () => {
    const now = document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light");
    const next = now === "dark" ? "light" : "dark";
    try { localStorage.setItem("mien-theme", next); } catch { /* likewise */ }
    set(next);
  };
}
