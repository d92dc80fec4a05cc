import { idOf } from "../../platform/ids.ts";
import { responseIdOf } from "../customer.ts";
import type { ReadyAnswer } from "../recording-plan.ts";
import { RepeatCounter } from "./count-repeats.ts";
import type { Failure } from "./failure-sentence.ts";
import type { Format, Mapping } from "./mapping.ts";
import type { RowsRead } from "./read-rows.ts";
import { isFailure, rowReader, type ImportedAnswer } from "./read-row.ts";
import type { Row } from "./split-rows.ts";

/** Where the answers of an import go. */
export interface ImportTarget {
  workspaceId: string;
  importId: string;
  surveyId: string;
}

export interface FailedRow extends Failure {
  line: number;
  row: string;
}

/** Some rows that are stored together. */
export interface Batch {
  rows: number;
  unanswered: number;
  failures: FailedRow[];
  answers: ReadyAnswer[];
  /** Bytes of the file read by its end. */
  bytes: number;
}

const batchSize = 4_000;
const longestFailedRow = 20_000;

interface BatchOptions {
  format: Format;
  mapping: Mapping;
  now: Date;
  /** Rows that an earlier run has stored; they are read again only to count repeated ones. */
  skip?: number;
}

/** Turns the rows of a file into answers with their identity, in batches. */
export async function* readBatches(
  groups: AsyncIterable<RowsRead>,
  { workspaceId, surveyId }: ImportTarget,
  { format, mapping, now, skip = 0 }: BatchOptions,
): AsyncGenerator<Batch> {
  const read = rowReader(mapping, format, { now });
  const repeats = new RepeatCounter();
  let toSkip = skip;
  let batch = emptyBatch();

  const add = (row: Row) => {
    const reading = row.broken ? { reason: row.broken, values: {} } : read(row.cells);
    const answer = reading !== "unanswered" && !isFailure(reading) ? reading : undefined;
    const id = answer && identify(answer, row.cells);
    if (toSkip > 0) {
      toSkip -= 1;
      return;
    }
    batch.rows += 1;
    if (answer && id) batch.answers.push(readyAnswer(answer, id, workspaceId, surveyId));
    else if (reading === "unanswered") batch.unanswered += 1;
    else if (isFailure(reading)) batch.failures.push({ line: row.line, row: textOf(row), ...reading });
  };

  /** An answer is itself when it comes again: by its own id, or by all that its row says. */
  const identify = ({ responseId }: ImportedAnswer, cells: string[]): string => {
    if (responseId !== null) return responseIdOf(workspaceId, responseId);
    const id = idOf(workspaceId, "imported row", surveyId, ...cells);
    const times = repeats.count(id);
    return times === 1 ? id : idOf(id, String(times));
  };

  for await (const { rows, bytes } of groups) {
    for (const row of rows) add(row);
    batch.bytes = bytes;
    if (batch.rows >= batchSize) {
      yield batch;
      batch = emptyBatch();
    }
  }
  if (batch.rows > 0) yield batch;
}

function emptyBatch(): Batch {
  return { rows: 0, unanswered: 0, failures: [], answers: [], bytes: 0 };
}

function readyAnswer(answer: ImportedAnswer, id: string, workspaceId: string, surveyId: string): ReadyAnswer {
  const { comment, language, channel, weight, at, responseId } = answer;
  const accountKey = answer.accountId ?? answer.accountName;
  return {
    workspaceId,
    id,
    surveyId,
    at,
    repeatable: true,
    onlyCustomer: answer.score === null,
    answer: {
      id: responseId,
      score: answer.score ?? 0,
      comment,
      language,
      channel,
      weight,
      customer: {
        id: answer.externalId,
        email: answer.email,
        phone: answer.phone,
        name: answer.name,
        language,
        account: accountKey === null ? null : { id: accountKey, name: answer.accountName },
        traits: answer.traits,
      },
    },
  };
}

/** The row as it can be shown and imported again; of a broken one, the line as it stands in the file. */
function textOf({ cells, text }: Row): string {
  const row = text ?? cells.map(quote).join(",");
  return row.length > longestFailedRow ? row.slice(0, longestFailedRow).toWellFormed() : row;
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
