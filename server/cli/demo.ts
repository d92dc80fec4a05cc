import { newResponseRecorder } from "../collect/record-responses.ts";
import { serveUntilStopped } from "../main.ts";
import { longestPassword, shortestPassword } from "../platform/accounts/person.ts";
import { readConfig } from "../platform/config.ts";
import { Refusal } from "../platform/errors.ts";
import { hasSample, loadSample, sampleOwner } from "../simulate/load-sample.ts";
import { buildWebWhenStale } from "./build-web.ts";
import { command } from "./command.ts";

const usualPassword = "larkfield";

export const demoCommand = command({
  name: "demo",
  summary: "Loads the sample company Larkfield if it is absent, and serves.",
  options: {
    password: {
      value: "PASSWORD",
      help: `Password of ${sampleOwner.email}; default ${usualPassword}, only on this machine.`,
    },
    build: { help: "First build the pages when their source is newer." },
  },
  async run({ password, build }) {
    const config = readConfig(process.env);
    if (password === undefined && !["localhost", "127.0.0.1", "::1"].includes(config.host))
      throw new Refusal(
        "bad_input",
        "Others can reach HOST, so the demo needs a password of yours: --password.",
      );
    const chosen = password ?? usualPassword;
    if (chosen.length < shortestPassword || chosen.length > longestPassword)
      throw new Refusal("bad_input", `A password has ${shortestPassword} to ${longestPassword} characters.`);
    await serveUntilStopped(config, {
      ...(build && { build: buildWebWhenStale }),
      async prepare(resources) {
        if (await hasSample(resources.database.db)) return;
        await loadSample(resources, newResponseRecorder(resources), { password: chosen });
        process.stderr.write(
          `Larkfield is loaded. Sign in as ${sampleOwner.email}${password === undefined ? ` with the password ${usualPassword}` : ""}.\n`,
        );
      },
    });
  },
});
