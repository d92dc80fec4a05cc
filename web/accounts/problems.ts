import { ApiError } from "../api.ts";
import { sentenceOf } from "../ui/reason.ts";

/** The server's complaint about one field of a form, by the last part of its path, in the interface's language. */
export function problemOf(error: unknown, field: string): string | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const problem = error.details?.problems?.find(({ path }) => path.split(".").at(-1) === field);
  return problem && sentenceOf(problem);
}

/** True when every complaint stands at a field already, so the form need not repeat it. */
export function isShownAtFields(error: unknown, fields: readonly string[]): boolean {
  if (!(error instanceof ApiError)) return false;
  const problems = error.details?.problems ?? [];
  return problems.length > 0 && problems.every(({ path }) => fields.includes(path.split(".").at(-1) ?? ""));
}
