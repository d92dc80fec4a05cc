import { gzipSync } from "node:zlib";
import { defineConfig, type Plugin } from "vite";

/** The most that the widget may weigh on somebody else's page, in bytes after gzip. */
const most = 8_000;

/** Fails the build when the widget has grown too large. */
function withinBudget(): Plugin {
  return {
    name: "within-budget",
    generateBundle(_, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== "chunk") continue;
        const size = gzipSync(file.code, { level: 9 }).length;
        if (size > most) this.error(`${file.fileName} has ${size} bytes after gzip; at most ${most}.`);
      }
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [withinBudget()],
  publicDir: false,
  build: {
    outDir: "../dist/widget",
    emptyOutDir: true,
    // Every browser of the last five years.
    target: ["chrome96", "firefox94", "safari15"],
    lib: { entry: "main.ts", formats: ["iife"], name: "ninesWidget", fileName: () => "widget.js" },
  },
});
