import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { defineConfig, type Plugin } from "vite";

/** Of all that the page is built from, as `files.digest` in Python computes it: a test finds a build that is stale. */
function digest(): string {
  const found: string[] = [];
  const look = (folder: string) => {
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (name === "node_modules") continue;
      if (statSync(path).isDirectory()) look(path);
      else found.push(path);
    }
  };
  look(import.meta.dirname);
  const total = createHash("sha256");
  for (const [name, path] of found.map((p) => [relative(import.meta.dirname, p).split(sep).join("/"), p]).sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
    total.update(`${name}\0`);
    total.update(Buffer.from(readFileSync(path).toString("latin1").replaceAll("\r\n", "\n"), "latin1"));
    total.update("\0");
  }
  return total.digest("hex");
}

/** The licences of what the build holds, from the packages themselves. */
function licences(): string {
  const packages = ["three", "@pixiv/three-vrm"];
  return packages.map((name) => {
    const home = join(import.meta.dirname, "node_modules", name);
    const about = JSON.parse(readFileSync(join(home, "package.json"), "utf8"));
    return `${name} ${about.version} (${about.license})\n\n${readFileSync(join(home, "LICENSE"), "utf8").trim()}\n`;
  }).join("\n----------------------------------------\n\n");
}

const notes: Plugin = {
  name: "notes",
  generateBundle() {
    this.emitFile({ type: "asset", fileName: "sources.sha256", source: `${digest()}\n` });
    this.emitFile({ type: "asset", fileName: "licences.txt", source: licences() });
    this.emitFile({ type: "asset", fileName: "report.html", source: readFileSync(join(import.meta.dirname, "report.html"), "utf8") });
  },
};

const shared = { outDir: "../static", target: "es2022", assetsInlineLimit: 0, chunkSizeWarningLimit: 1200, modulePreload: { polyfill: false } } as const;

// The page is served. The report is one file, into which Python puts its script and style.
export default defineConfig(({ mode }) =>
  mode === "report"
    ? {
        publicDir: false,
        build: {
          ...shared,
          emptyOutDir: false,
          cssCodeSplit: false,
          lib: { entry: "src/report.ts", formats: ["iife"], name: "report", fileName: () => "report.js", cssFileName: "report" },
        },
      }
    : {
        base: "/",
        plugins: [notes],
        build: {
          ...shared,
          emptyOutDir: true,
          rollupOptions: { output: { entryFileNames: "page.js", chunkFileNames: "[name].js", assetFileNames: "[name][extname]" } },
        },
      },
);
