import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import type { Traits } from "../../platform/database/schema.ts";
import { NewResponse } from "../response.ts";
import type { AskedSurvey } from "./read-asked.ts";

/** Signs traits for the public link of a survey, so that nobody else can say what a customer is like. */
export function signLinkTraits(secret: string, surveyId: string, traits: Traits): string {
  const body = Buffer.from(JSON.stringify(traits)).toString("base64url");
  return `${body}.${macOf(secret, surveyId, body).toString("base64url")}`;
}

/** The traits that a link carries, as far as its survey allows them; none where the signature is not ours. */
export function readLinkTraits(
  secret: string,
  survey: Pick<AskedSurvey, "id" | "settings">,
  signed: string | undefined,
): Traits | undefined {
  const [, body, mac] = /^([\w-]{1,4000})\.([\w-]{22})$/.exec(signed ?? "") ?? [];
  if (body === undefined || mac === undefined) return undefined;
  if (!timingSafeEqual(macOf(secret, survey.id, body), Buffer.from(mac, "base64url"))) return undefined;
  const traits = NewResponse.shape.traits.safeParse(JSON.parse(Buffer.from(body, "base64url").toString()));
  const allowed = new Set(survey.settings.link.traits);
  return Object.fromEntries(Object.entries(traits.data ?? {}).filter(([name]) => allowed.has(name)));
}

function macOf(secret: string, surveyId: string, body: string): Buffer {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "nines link traits", 32));
  return createHmac("sha256", key).update(`${surveyId}\0${body}`).digest().subarray(0, 16);
}
