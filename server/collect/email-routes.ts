import { z } from "@hono/zod-openapi";
import { isSample } from "../platform/accounts/is-sample.ts";
import { readSecret } from "../platform/accounts/read-secret.ts";
import { Refusal } from "../platform/errors.ts";
import { errorBody, json, jsonBody, newRouter, route } from "../platform/http/router.ts";
import { emailAddress } from "../platform/mail/address.ts";
import { sendMail } from "../platform/mail/send-mail.ts";
import type { Resources } from "../platform/resources.ts";
import { newInvitationTokens, testHolder } from "./answering/invitation-token.ts";
import { mailEventRoutes } from "./email/events/event-routes.ts";
import { senderNameOf, unsubscribeHeaders } from "./email/invitation-message.ts";
import { linksByToken } from "./email/mail-links.ts";
import type { OtherMail } from "./email/other-mail.ts";
import { previewMail } from "./email/preview-mail.ts";
import { nameText, NewCustomer } from "./response.ts";
import { type Edition, findSurveyRow } from "./surveys/find-survey-row.ts";
import { LanguageTag } from "./surveys/survey-content.ts";
import { SurveyDraft, SurveyProblem } from "./surveys/survey-details.ts";

const refusals = { "4XX": json(errorBody, "Refused, with the reason.") };
const params = z.object({ id: z.uuid("is not the id of a survey") });
const Draft = SurveyDraft.pick({ content: true, settings: true });
const { content, settings } = Draft.shape;

/** Stage 1: the mails of surveys, before they are sent and after. */
export function emailRoutes(resources: Resources, otherMail?: OtherMail) {
  const { config, clock, database } = resources;
  const { db } = database;

  return newRouter()
    .openapi(previewRoute, async (c) => {
      const { customer, language, ...draft } = c.req.valid("json");
      await findSurveyRow(db, c.var.caller.workspaceId, c.req.valid("param").id);
      const preview = await previewMail(config, {
        ...asEdition(draft),
        language,
        customer: { name: customer?.name ?? null, traits: customer?.traits ?? {} },
        links: linksByToken(config.baseUrl, "preview", "preview"),
      });
      return c.json(preview, 200);
    })
    .openapi(testMailRoute, async (c) => {
      const { workspaceId, personId } = c.var.caller;
      const { id } = c.req.valid("param");
      const asked = c.req.valid("json");
      const { draft } = await findSurveyRow(db, workspaceId, id);
      const person = await db
        .selectFrom("people")
        .select(["id", "name", "email"])
        .where("id", "=", personId ?? "")
        .executeTakeFirst();
      if (!person) throw new Refusal("not_allowed", "Test mails go to members; sign in to get one.");
      const edition = asEdition({
        content: asked.content ?? draft.content,
        settings: asked.settings ?? draft.settings,
      });
      const tokens = newInvitationTokens(await readSecret(resources));
      const token = tokens.sign("test", testHolder(id, person.id, clock.now()));
      const links = linksByToken(config.baseUrl, token, token);
      const mail = await previewMail(config, {
        ...edition,
        language: asked.language ?? edition.content.language,
        customer: { name: person.name, traits: {} },
        links,
      });
      const { replyTo } = edition.settings.sender;
      const { subject, html, text } = mail;
      await sendMail(db, clock, {
        to: person.email,
        workspaceId,
        personId: person.id,
        stays: await isSample(db, workspaceId),
        from: senderNameOf(edition),
        subject,
        html,
        text,
        ...(isAddress(replyTo) && { replyTo }),
        headers: { ...unsubscribeHeaders(config, links.unsubscribe) },
      });
      return c.json({ to: person.email }, 202);
    })
    .route("/", mailEventRoutes(resources, { otherMail }));
}

/** What was sent is a draft: its values may be out of range, but they are of the right kind. */
const asEdition = (draft: z.input<typeof Draft>) => draft as Edition;

const isAddress = (text: string | null): text is string => emailAddress.safeParse(text).success;

const previewRoute = route({
  method: "post",
  path: "/surveys/{id}/preview",
  summary: "The mail that a draft would send",
  description:
    "Nothing is stored or sent. What is missing or cannot be read is filled up, and among the problems.",
  access: { role: "viewer", scope: "surveys:read" },
  request: {
    params,
    body: jsonBody(
      z.object({
        content,
        settings,
        language: LanguageTag,
        customer: z
          .object({ name: nameText(200).nullish(), traits: NewCustomer.shape.traits })
          .nullish()
          .describe("To whom; nobody in particular by default."),
      }),
    ),
  },
  responses: {
    200: json(
      z.object({
        subject: z.string(),
        from: z.string(),
        html: z.string().describe("A whole page; show it in a sandboxed frame."),
        text: z.string(),
        problems: z.array(SurveyProblem),
      }),
      "The mail.",
    ),
    ...refusals,
  },
});

const testMailRoute = route({
  method: "post",
  path: "/surveys/{id}/test-mail",
  summary: "Send yourself the mail of a draft",
  description: "To your own address and no other. Its links work for seven days and store nothing.",
  access: { role: "editor" },
  request: {
    params,
    body: jsonBody(
      z.object({
        content: content.optional(),
        settings: settings.optional(),
        language: LanguageTag.optional().describe("Default: the source."),
      }),
    ),
  },
  responses: { 202: json(z.object({ to: z.string() }), "It is on its way."), ...refusals },
});
