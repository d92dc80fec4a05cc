import { z } from "@hono/zod-openapi";
import { renderSVG } from "uqr";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import { type LinkWord, signLink } from "./signed-link.ts";
import { standardSettings, type SurveySettings } from "../surveys/survey-settings.ts";

export const SurveyLink = z
  .object({
    url: z.url(),
    qr: z.string().describe("The address as a QR code: an SVG picture, black on white."),
  })
  .openapi("SurveyLink");
export type SurveyLink = z.infer<typeof SurveyLink>;

/** In characters: what programs pass on unharmed, and less than a QR code holds. */
const longestLink = 2_000;

interface LinkOptions {
  baseUrl: string;
  /** See `readSecret`. */
  secret: string;
  surveyId: string;
  word: LinkWord;
}

/**
 * The public link of a survey, with what it says of whoever opens it; nobody can change that.
 * @throws Refusal for a trait that the survey does not allow, and for a customer where it is anonymous
 */
export async function makeSurveyLink(
  db: Database,
  workspaceId: string,
  { baseUrl, secret, surveyId, word }: LinkOptions,
): Promise<SurveyLink> {
  const row = await db
    .selectFrom("surveys")
    .select(["settings", "anonymous"])
    .where("workspaceId", "=", workspaceId)
    .where("id", "=", surveyId)
    .executeTakeFirst();
  if (!row) throw noSuchSurvey();
  const allowed = (row.settings as Partial<SurveySettings>).link?.traits ?? standardSettings.link.traits;
  if (word.customer && row.anonymous) {
    throw new Refusal(
      "conflict",
      "This survey is anonymous, so its links name nobody. Leave the customer out, or ask in another survey.",
      { reason: "survey_anonymous" },
    );
  }
  const traits = word.traits ?? {};
  const wrong = Object.keys(traits).find((name) => !allowed.includes(name));
  if (wrong !== undefined) {
    throw new Refusal(
      "bad_input",
      `traits: links of this survey may not carry ${wrong}. Allow it in the survey's settings and publish, or leave it out.`,
      { reason: "trait_not_allowed", values: { trait: wrong } },
    );
  }
  const saysSomething = word.customer !== undefined || Object.keys(traits).length > 0;
  const signed = saysSomething ? `?t=${signLink(secret, surveyId, word)}` : "";
  const url = `${baseUrl}/s/${surveyId}${signed}`;
  if (url.length > longestLink) {
    throw new Refusal("bad_input", "traits: too much for a link. Leave some out, or shorten them.", {
      reason: "link_too_long",
      values: { most: longestLink },
    });
  }
  return { url, qr: renderSVG(url, { ecc: "M", border: 4 }) };
}

export function noSuchSurvey(): Refusal {
  return new Refusal("not_found", "There is no such survey here; take its id from GET /api/v1/surveys.", {
    reason: "no_such_survey",
  });
}
