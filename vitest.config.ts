import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// Each test file, and each Nines that a test starts, is a process of its own: half of its start is reading the same code.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL("dist/compile-cache", import.meta.url));

/** These take longest; begun last, one of the workers would have nothing to do beside them. */
const longest = [
  "test/kill",
  "collect/score-days",
  "cli/commands",
  "database/embedded",
  "cli/start-refusals",
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => longest.some((name) => moduleId.includes(name));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    include: ["server/**/*.test.ts", "web/**/*.test.ts", "widget/**/*.test.ts", "test/*.test.ts"],
    globalSetup: ["test/start-database.ts"],
    pool: "forks",
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
