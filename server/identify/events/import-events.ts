import { idOf } from "../../platform/ids.ts";
import type { Resources } from "../../platform/resources.ts";
import { Refusal } from "../../platform/errors.ts";
import { RepeatCounter } from "../../collect/imports/count-repeats.ts";
import { normalise } from "../../collect/imports/known-formats.ts";
import type { DateFormat } from "../../collect/imports/mapping.ts";
import { columnNamed, openTable } from "../../collect/imports/open-table.ts";
import { readDate } from "../../collect/imports/read-date.ts";
import type { TrackingMessage } from "./event.ts";
import { type EventProblem, sentenceOf } from "./event-problem.ts";
import { parseMessage, readTime } from "./parse-message.ts";
import type { EventRecorder } from "./record-events.ts";
import { keptFrom } from "./retention.ts";

/** Names of columns; those that are not said are looked for by what they are mostly called. */
export interface EventColumns {
  event?: string | undefined;
  user?: string | undefined;
  anonymous?: string | undefined;
  email?: string | undefined;
  time?: string | undefined;
  id?: string | undefined;
}

export interface EventImport {
  rowsRead: number;
  stored: number;
  known: number;
  failed: number;
  /** The first of those that failed. */
  failures: { line: number; message: string }[];
}

const usual: Record<keyof EventColumns, string[]> = {
  event: ["event", "event name", "name", "action"],
  user: ["user id", "customer id", "external id", "distinct id"],
  anonymous: ["anonymous id", "visitor id", "device id"],
  email: ["email", "e-mail", "email address"],
  time: ["timestamp", "time", "date", "at", "occurred at", "created at"],
  id: ["message id", "event id", "insert id"],
};

const atOnce = 1_000;
const failuresKept = 5;

/**
 * Stores the events of a CSV file, a row each, as a server of the company would send them; other columns become
 * properties. The same file again stores nothing twice.
 * @throws Refusal where the file cannot be read, or has no column for what happened, when, or whose it is
 */
export async function importEvents(
  { clock, config }: Pick<Resources, "clock" | "config">,
  recorder: EventRecorder,
  workspaceId: string,
  source: {
    file: string | AsyncIterable<Uint8Array>;
    columns?: EventColumns;
    dateFormat?: DateFormat | undefined;
    onProgress?: ((rowsRead: number) => void) | undefined;
  },
): Promise<EventImport> {
  const table = await openTable(source.file);
  const places = findColumns(table.columns, source.columns ?? {});
  const done: EventImport = { rowsRead: 0, stored: 0, known: 0, failed: 0, failures: [] };
  const arrival = {
    receivedAt: clock.now(),
    keptFrom: keptFrom(clock.now(), config.eventMonths),
    monthsKept: config.eventMonths,
    type: "track" as const,
  };
  const repeats = new RepeatCounter();
  let waiting: { line: number; message: TrackingMessage }[] = [];

  const fail = (line: number, problem: Pick<EventProblem, "reason" | "values">) => {
    done.failed++;
    if (done.failures.length < failuresKept) done.failures.push({ line, message: sentenceOf(problem) });
  };
  const store = async () => {
    const batch = waiting;
    waiting = [];
    const outcomes = await recorder.record(
      workspaceId,
      batch.map(({ message }) => message),
      { trusted: true },
    );
    for (const [i, outcome] of outcomes.entries()) {
      if (typeof outcome === "string") done[outcome]++;
      else fail(batch[i]!.line, outcome);
    }
    source.onProgress?.(done.rowsRead);
  };

  for await (const { cells, line, broken } of table.rows()) {
    done.rowsRead++;
    if (broken || cells.every((cell) => cell === "")) {
      if (broken) fail(line, { reason: "not_an_object", values: { field: "row", found: "…" } });
      continue;
    }
    const cell = (place: number | undefined) => (place === undefined ? "" : (cells[place] ?? "").trim());
    const content = idOf(workspaceId, "event row", ...cells);
    const email = cell(places.email);
    const sent = {
      messageId: cell(places.id) || `${content} ${repeats.count(content)}`,
      event: cell(places.event),
      userId: cell(places.user),
      anonymousId: cell(places.anonymous),
      timestamp: timeOf(cell(places.time), source.dateFormat),
      properties: Object.fromEntries(
        places.others.flatMap((place) =>
          cell(place) === "" ? [] : [[table.columns[place] ?? "", valueOf(cell(place))]],
        ),
      ),
    };
    // By an address alone somebody is found too, so that is no id that is missing.
    const isByAddress = sent.userId === "" && sent.anonymousId === "" && email !== "";
    const read = parseMessage(isByAddress ? { ...sent, anonymousId: email } : sent, arrival, clock);
    if ("problem" in read) fail(line, read.problem);
    else {
      if (isByAddress) delete read.anonymousId;
      if (email !== "") read.traits = { email };
      waiting.push({ line, message: read });
    }
    if (waiting.length >= atOnce) await store();
  }
  await store();
  return done;
}

/** Numbers and yes or no become what they are; an id with a leading zero stays a text. */
function valueOf(text: string): string | number | boolean {
  if (text === "true" || text === "false") return text === "true";
  return /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** Undefined is now, and a row without a time is no event of now: so it stays a text that cannot be read. */
function timeOf(text: string, format: DateFormat | undefined): string {
  const time = format === undefined ? readTime(text) : readDate(text, format);
  return time === undefined ? text || "?" : new Date(time).toISOString();
}

function findColumns(columns: string[], named: EventColumns) {
  const find = (field: keyof EventColumns): number | undefined => {
    const name = named[field];
    if (name !== undefined) return columnNamed(columns, name);
    const place = usual[field].map((each) =>
      columns.findIndex((column) => normalise(column) === normalise(each)),
    );
    return place.find((each) => each >= 0);
  };
  const places = {
    event: find("event"),
    user: find("user"),
    anonymous: find("anonymous"),
    email: find("email"),
    time: find("time"),
    id: find("id"),
  };
  const missing = (what: string, option: string) =>
    new Refusal(
      "bad_input",
      `No column says ${what}; name it with ${option}. The file has: ${columns.join(", ")}.`,
      {
        reason: "no_such_column",
      },
    );
  if (places.event === undefined) throw missing("what happened", "--event");
  if (places.time === undefined) throw missing("when it happened", "--time");
  if (places.user === undefined && places.anonymous === undefined && places.email === undefined)
    throw missing("who did it", "--user, --anonymous or --email");
  const taken = new Set(Object.values(places));
  return { ...places, others: columns.flatMap((_, place) => (taken.has(place) ? [] : [place])) };
}
