import { createHmac, hkdfSync, timingSafeEqual } from "node:crypto";
import { z } from "@hono/zod-openapi";
import { NewCustomer, NewResponse } from "../response.ts";
import type { AskedSurvey } from "./read-asked.ts";

const Traits = NewResponse.shape.traits.unwrap().unwrap();

/** Who gets a link, for links that are made for one customer. */
export const LinkCustomer = NewCustomer.pick({ id: true, email: true }).refine(
  ({ id, email }) => Boolean(id || email),
  "needs an id or an e-mail address",
);

/** What a public link says of whoever opens it. Whoever has it can read it, and nobody can change any of it. */
const LinkWord = z.object({ traits: Traits.optional(), customer: LinkCustomer.optional() });
export type LinkWord = z.infer<typeof LinkWord>;

/** Signs what a link says, all of it in one. */
export function signLink(secret: string, surveyId: string, word: LinkWord): string {
  const body = Buffer.from(JSON.stringify(word)).toString("base64url");
  return `${body}.${macOf(secret, surveyId, body).toString("base64url")}`;
}

/**
 * What a link says, as far as its survey allows it: an anonymous one is told of nobody. Undefined where the signature is
 * not ours.
 */
export function readLink(
  secret: string,
  survey: Pick<AskedSurvey, "id" | "settings" | "anonymous">,
  signed: string | undefined,
): LinkWord | undefined {
  const [, body, mac] = /^([\w-]{1,4000})\.([\w-]{22})$/.exec(signed ?? "") ?? [];
  if (body === undefined || mac === undefined) return undefined;
  if (!timingSafeEqual(macOf(secret, survey.id, body), Buffer.from(mac, "base64url"))) return undefined;
  const word = LinkWord.safeParse(JSON.parse(Buffer.from(body, "base64url").toString())).data;
  const allowed = new Set(survey.settings.link.traits);
  const traits = Object.entries(word?.traits ?? {}).filter(([name]) => allowed.has(name));
  return {
    traits: Object.fromEntries(traits),
    ...(word?.customer && !survey.anonymous && { customer: word.customer }),
  };
}

function macOf(secret: string, surveyId: string, body: string): Buffer {
  const key = Buffer.from(hkdfSync("sha256", secret, "", "nines public links", 32));
  return createHmac("sha256", key).update(`${surveyId}\0${body}`).digest().subarray(0, 16);
}
