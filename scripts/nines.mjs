#!/usr/bin/env node
// The `nines` command: node scripts/nines.mjs --help
import { run } from "./run.mjs";

await run("server/cli.ts", process.argv.slice(2));
