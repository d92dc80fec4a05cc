import { z } from "@hono/zod-openapi";
import { conditionKinds, conditions, type SegmentCondition, takeOne } from "./segment-condition.ts";

/** How far groups may be nested, and how many conditions a filter may have. */
export const limits = { depth: 6, conditions: 50 } as const;

/** Which customers are meant: conditions, joined by all, any and not. An empty group of `all` means everybody. */
export type SegmentFilter =
  | { kind: "all"; of: SegmentFilter[] }
  | { kind: "any"; of: SegmentFilter[] }
  | { kind: "not"; of: SegmentFilter }
  | SegmentCondition;

/** A filter as it is given back. */
export const AnyFilter: z.ZodType<SegmentFilter> = z
  .lazy(() =>
    z.discriminatedUnion(
      "kind",
      [
        z.object({ kind: z.literal("all"), of: z.array(AnyFilter, "send a list of conditions") }),
        z.object({
          kind: z.literal("any"),
          of: z.array(AnyFilter, "send a list of conditions").min(1, "add a condition"),
        }),
        z.object({ kind: z.literal("not"), of: AnyFilter }),
        ...conditions,
      ],
      {
        error: ({ input }) =>
          typeof input === "object" && input !== null && "kind" in input
            ? `is no condition of a segment; ${takeOne(["all", "any", "not", ...conditionKinds])}`
            : "send a condition, as {kind: …}",
      },
    ),
  )
  .openapi("SegmentFilter");

/** A filter as it is sent. Its size is looked at first, so that a deep one cannot exhaust whoever reads it. */
export const SegmentFilter = z.preprocess((sent, context) => {
  const problem = tooLarge(sent);
  if (problem) context.addIssue({ code: "custom", message: problem, params: { reason: "filter_too_large" } });
  return sent;
}, AnyFilter);

/** A sentence when a filter is too deep or too long; without recursion. */
function tooLarge(sent: unknown): string | undefined {
  const waiting: { filter: unknown; depth: number }[] = [{ filter: sent, depth: 0 }];
  let count = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { filter, depth } = next;
    if (typeof filter !== "object" || filter === null || !("kind" in filter)) continue;
    if (!isGroup(filter)) {
      count += 1;
      if (count > limits.conditions)
        return `has more than ${limits.conditions} conditions; put some into a segment of their own and name that`;
      continue;
    }
    if (depth === limits.depth)
      return `has groups in groups more than ${limits.depth} deep; put the inner ones into a segment of their own and name that`;
    const parts: unknown[] = Array.isArray(filter.of) ? filter.of : [filter.of];
    if (parts.length > limits.conditions * 2)
      return `has a group of more than ${limits.conditions * 2} parts; use fewer`;
    for (const part of parts) waiting.push({ filter: part, depth: depth + 1 });
  }
  return undefined;
}

function isGroup(filter: object): filter is { of: unknown } {
  return "kind" in filter && ["all", "any", "not"].includes(String(filter.kind));
}

/** All conditions of a filter, those of groups too. */
export function conditionsOf(filter: SegmentFilter): SegmentCondition[] {
  switch (filter.kind) {
    case "all":
    case "any":
      return filter.of.flatMap(conditionsOf);
    case "not":
      return conditionsOf(filter.of);
    default:
      return [filter];
  }
}
