import { z } from "@hono/zod-openapi";
import type { Problem } from "../errors.ts";
import { type Explained, explainIssue, sayIssue } from "./explain-issue.ts";

type Issue = z.core.$ZodIssue;

// Asked by zod where a schema has no sentence of its own. What is added to an issue here stays with it when zod reports it,
// which is the only way to keep what was sent in mind: reported issues do not hold it.
z.config({
  customError: (issue) => {
    const explained = explainIssue(issue);
    Object.assign(issue, { explained });
    return sayIssue(explained);
  },
});

/** The sentence of a schema with a name, for translations: `z.string().regex(form, because("not_a_currency", "is no currency"))`. */
export function because(reason: string, sentence: string) {
  return {
    error: (issue: object) => {
      Object.assign(issue, { explained: { reason, values: {} } });
      return sentence;
    },
  };
}

/** A problem whose case always has a name. */
export type NamedProblem = Problem & { reason: string };

/**
 * What zod found, as problems: where each is, a sentence, and the name of the case. Of a union only what concerns the choice that
 * was meant.
 */
export function problemsOfIssue(issue: Issue, before: readonly PropertyKey[] = []): NamedProblem[] {
  const path = [...before, ...issue.path];
  const { reason, values, meant } = explanationOf(issue);
  if (meant) return meant.flatMap((each) => problemsOfIssue(each, path));
  return [
    {
      path: path.join("."),
      message: issue.message,
      reason,
      ...(Object.keys(values).length > 0 && { values }),
    },
  ];
}

function explanationOf(
  issue: Issue,
): Omit<Explained, "reason" | "meant"> & { reason: string; meant?: Issue[] | undefined } {
  if (issue.code === "custom" && typeof issue.params?.["reason"] === "string")
    return { reason: issue.params["reason"], values: issue.params["values"] ?? {} };
  const { explained } = issue as Issue & { explained?: Explained };
  return explained ?? { ...explainIssue(issue), meant: undefined };
}
