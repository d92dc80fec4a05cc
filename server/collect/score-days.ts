import type { ScoreChangesTable } from "../platform/database/schema.ts";

/** Of an answer, all that the counts are made from. */
export interface CountedAnswer {
  workspaceId: string;
  surveyId: string;
  at: Date;
  score: number;
  channel: string;
  language: string | null;
  weight: number | null;
  /** Of the wording; absent for answers from elsewhere. */
  surveyVersion?: number | null;
}

/** What some answers add to (or take from) one day of one survey: eleven counts, sums of weights, and of their squares. */
export type ScoreChange = Omit<ScoreChangesTable, "id">;

/** The UTC day of a moment, as YYYY-MM-DD. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}

/**
 * What these answers change in the counts, as few rows as possible: per survey and day one row for everybody
 * (attribute ''), one per channel, and one per language that was named and per version of the wording.
 * @param sign 1 when the answers are added, −1 when they are deleted
 */
export function scoreChanges(answers: Iterable<CountedAnswer>, sign: 1 | -1 = 1): ScoreChange[] {
  const changes = new Map<string, ScoreChange>();
  for (const answer of answers) {
    const day = dayOf(answer.at);
    const weight = answer.weight ?? 1;
    for (const [attribute, value] of splitsOf(answer)) {
      const key = `${answer.workspaceId} ${answer.surveyId} ${day} ${attribute} ${value}`;
      const change = changes.get(key) ?? emptyChange(answer, { attribute, value, day });
      change.counts[answer.score]! += sign;
      change.weights[answer.score]! += sign * weight;
      change.squaredWeights[answer.score]! += sign * weight ** 2;
      changes.set(key, change);
    }
  }
  return [...changes.values()];
}

function splitsOf({
  channel,
  language,
  surveyVersion = null,
}: CountedAnswer): [attribute: string, value: string][] {
  const everybody: [string, string][] = [
    ["", ""],
    ["channel", channel],
  ];
  if (language !== null) everybody.push(["language", language]);
  if (surveyVersion !== null) everybody.push(["version", String(surveyVersion)]);
  return everybody;
}

function emptyChange(
  { workspaceId, surveyId }: CountedAnswer,
  place: { attribute: string; value: string; day: string },
): ScoreChange {
  const zeros = () => Array.from({ length: 11 }, () => 0);
  return { workspaceId, surveyId, ...place, counts: zeros(), weights: zeros(), squaredWeights: zeros() };
}
