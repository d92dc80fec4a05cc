import { serveUntilStopped } from "../main.ts";
import { readConfig } from "../platform/config.ts";
import { buildWebWhenStale } from "./build-web.ts";
import { command } from "./command.ts";

export const serveCommand = command({
  name: "serve",
  summary: "Serves Nines until it is stopped.",
  options: { build: { help: "First build the pages when their source is newer." } },
  more: "Settings are environment variables: docs/guides/self-hosting.md.",
  async run({ build }) {
    await serveUntilStopped(readConfig(process.env), build ? { build: buildWebWhenStale } : {});
  },
});
