import { z } from "@hono/zod-openapi";
import type { KnownSegment } from "../../identify/segments/expand-filter.ts";
import type { contentKinds } from "./play-step.ts";

/** One thing about a play that keeps it from being published, or that its author should know. */
export const PlayProblem = z
  .object({
    path: z.string().describe("As `steps.2.languages.de.body`."),
    message: z.string(),
    reason: z.string(),
    values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
    blocking: z.boolean().describe("False: it can be published all the same."),
    guard: z
      .object({ rule: z.string(), source: z.object({ name: z.string(), url: z.string().nullable() }) })
      .optional()
      .describe(
        "A rule of others that it would break. An owner can let it pass, with a reason that is kept.",
      ),
  })
  .openapi("PlayProblem");
export type PlayProblem = z.infer<typeof PlayProblem>;

/** What a play can name, as it is now. */
export interface PlaySurroundings {
  segments: ReadonlyMap<string, KnownSegment>;
  surveys: ReadonlyMap<string, { name: string; state: "draft" | "live" | "paused" | "archived" }>;
  pools: ReadonlyMap<string, { name: string; free: number }>;
  receivers: ReadonlyMap<string, { name: string; kind: "email" | "slack" | "webhook" }>;
  members: ReadonlySet<string>;
  content: ReadonlyMap<
    string,
    {
      name: string;
      kind: (typeof contentKinds)[number];
      links: readonly string[];
      /** By what it can be chosen; what helps with no feature is never chosen for one. Default: by both. */
      chosenBy?: { features: boolean; products: boolean };
    }
  >;
  /** Names of events that count as features. */
  features: ReadonlySet<string>;
  /** How many customers would enter now; null while nobody knows. */
  eligible: number | null;
  /** How many of them one account has, on average; 1 where there are no accounts. */
  perAccount: number;
  /** The share of them that reaches the goal anyway, from the past; null where there is none. */
  baseline: number | null;
}
