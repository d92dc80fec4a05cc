import type { z } from "@hono/zod-openapi";
import type { Problem } from "../errors.ts";

type Issue = z.core.$ZodIssue;

/** What zod found, as a problem: where it is, a sentence, and the name of the case where people meet it in a form. */
export function problemOfIssue(issue: Issue): Problem {
  const message = issue.message.replace(
    /^Invalid input: expected (.+), received undefined$/,
    "is missing; send a $1",
  );
  return { path: issue.path.join("."), message, ...reasonOf(issue) };
}

function reasonOf(issue: Issue): Pick<Problem, "reason" | "values"> {
  if (issue.code === "invalid_format" && issue.format === "email") return { reason: "email_invalid" };
  if (issue.code === "custom" && typeof issue.params?.["reason"] === "string")
    return { reason: issue.params["reason"] };
  if (issue.code === "too_big" && issue.origin === "string")
    return { reason: "text_too_long", values: { most: Number(issue.maximum) } };
  if (issue.code !== "too_small") return {};
  const least = Number(issue.minimum);
  if (issue.origin === "array" && least === 1) return { reason: "nothing_chosen" };
  if (issue.origin !== "string") return {};
  return least === 1 ? { reason: "text_missing" } : { reason: "text_too_short", values: { least } };
}
