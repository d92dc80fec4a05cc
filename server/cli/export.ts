import { open, rename, rm } from "node:fs/promises";
import { stringify } from "csv-stringify/sync";
import { listResponses } from "../collect/list-responses.ts";
import type { Response } from "../collect/response.ts";
import { command } from "./command.ts";
import { findWorkspace } from "./find-workspace.ts";
import { withResources } from "./with-resources.ts";

const columns = [
  "id",
  "at",
  "score",
  "category",
  "comment",
  "language",
  "channel",
  "weight",
  "surveyId",
] as const;
const more = ["customerId", "externalId", "email", "name", "account", "traits", "verified"];

export const exportCommand = command({
  name: "export",
  summary: "Writes all answers of a workspace as CSV.",
  options: {
    workspace: { value: "NAME", required: true, help: "The workspace." },
    out: { value: "FILE", required: true, help: "File to write; - for standard output." },
  },
  more: "A cell that a spreadsheet would compute (=, +, -, @ in front) gets an apostrophe before it.",
  async run({ workspace, out }) {
    await withResources(async ({ database }) => {
      const { id } = await findWorkspace(database.db, workspace);
      const pages = writePages(database.db, id);
      if (out === "-") {
        for await (const text of pages) await new Promise((done) => process.stdout.write(text, done));
        return;
      }
      // A file that is cut off by an error never bears the name that was asked for.
      const part = `${out}.part`;
      const file = await open(part, "w");
      try {
        for await (const text of pages) await file.write(text);
        await file.close();
        await rename(part, out);
      } catch (error) {
        await file.close().catch(() => {});
        await rm(part, { force: true });
        throw error;
      }
    });
  },
});

async function* writePages(db: Parameters<typeof listResponses>[0], workspaceId: string) {
  yield stringify([[...columns, ...more]]);
  let cursor: string | undefined;
  do {
    const page = await listResponses(db, workspaceId, {}, { cursor, limit: 1_000 });
    yield stringify(page.items.map(toRow), { escape_formulas: true });
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
}

function toRow(response: Response): (string | number)[] {
  const { customer, traits } = response;
  const own = columns.map((column) => response[column]);
  const traitsText = Object.keys(traits).length > 0 ? JSON.stringify(traits) : null;
  const theirs = [
    customer.id,
    customer.externalId,
    customer.email,
    customer.name,
    customer.account?.name ?? null,
    traitsText,
    String(customer.verified),
  ];
  return [...own, ...theirs].map((cell) => cell ?? "");
}
