import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/**
 * React Aria carries its own words in 34 languages. The interface speaks two of them,
 * so the other 32 become empty modules: about 40 kB less to download.
 */
function onlyOurLanguages(): Plugin {
  return {
    name: "only-our-languages",
    enforce: "pre",
    resolveId(source, importer) {
      const isWordList = /(^|\/)[a-z]{2}-[A-Z]{2}\.(mjs|js)$/.test(source);
      if (!isWordList || !importer || !/node_modules\/(react-aria|react-stately)/.test(importer)) return null;
      return /(en-US|de-DE)\.(mjs|js)$/.test(source) ? null : "\0no-words";
    },
    load: (id) => (id === "\0no-words" ? "export default {};" : null),
  };
}

export default defineConfig({
  root: "web",
  plugins: [onlyOurLanguages(), react()],
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    // `light-dark()` stays as it is written: these are the first versions that know it.
    target: ["chrome123", "firefox120", "safari17.5"],
    // Nothing becomes a data: URL, so the content security policy can stay at 'self'.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // All styles are smaller than one picture, and in one file they never arrive too late.
    cssCodeSplit: false,
    rolldownOptions: {
      output: {
        // Two larger files that change rarely, rather than forty small ones that every page waits for.
        codeSplitting: {
          groups: [
            {
              name: "react",
              test: /node_modules\/(react|react-dom|scheduler|@tanstack|i18next|react-i18next)\//,
              minShareCount: 4,
            },
            {
              name: "kit",
              test: /node_modules\/(react-aria|react-aria-components|react-stately|@internationalized|@react-aria|@react-stately)\/|web\/ui\//,
              minShareCount: 5,
            },
          ],
        },
      },
    },
  },
  server: { port: 5173, proxy: { "/api": "http://localhost:9090" } },
});
