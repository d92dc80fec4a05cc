import { idOf } from "../../platform/ids.ts";
import { type FoundProblem, sentenceOf } from "./event-problem.ts";

/** A row of `event_errors`. */
export interface EventErrorRow {
  workspaceId: string;
  id: string;
  reason: string;
  message: string;
  values: Record<string, string | number>;
  payload: string;
  kept: boolean;
  n: number;
  writeKeyId: string | null;
}

interface Found {
  workspaceId: string;
  writeKeyId: string | null;
  problem: FoundProblem;
}

const mostSentences = 500;
const hour = 3_600_000;

/**
 * Turns problems into rows: one for each sentence and hour, counted. Beyond 500 sentences of a workspace in an hour, one
 * for each kind of problem: a sender that goes wrong must not fill the database.
 */
export function newProblemCollector() {
  let currentHour = -1;
  const sentences = new Map<string, Set<string>>();

  const idFor = ({ workspaceId, writeKeyId, problem }: Found): string => {
    const words = [workspaceId, "event-error", String(currentHour), writeKeyId ?? "", problem.reason];
    const id = idOf(...words, JSON.stringify(problem.values));
    let known = sentences.get(workspaceId);
    if (!known) sentences.set(workspaceId, (known = new Set()));
    if (known.has(id)) return id;
    if (known.size >= mostSentences) return idOf(...words);
    known.add(id);
    return id;
  };

  return (found: readonly Found[], now: Date): EventErrorRow[] => {
    const thisHour = Math.floor(now.getTime() / hour);
    if (thisHour !== currentHour) {
      currentHour = thisHour;
      sentences.clear();
    }
    const rows = new Map<string, EventErrorRow>();
    for (const each of found) {
      const { workspaceId, writeKeyId, problem } = each;
      const id = idFor(each);
      const { reason, values, payload, kept } = problem;
      const n = (rows.get(id)?.n ?? 0) + 1;
      rows.set(id, {
        workspaceId,
        id,
        reason,
        message: sentenceOf(problem),
        values,
        payload,
        kept,
        n,
        writeKeyId,
      });
    }
    return [...rows.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  };
}
