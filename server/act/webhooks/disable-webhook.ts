import type { Database } from "../../platform/database/open.ts";
import { sendMail } from "../../platform/mail/send-mail.ts";
import { type OutsideFailure, sayFailure } from "../../platform/outgoing/outside-failure.ts";
import type { Resources } from "../../platform/resources.ts";
import { cancelDeliveries, type ReceiverKind, type WebhookName } from "./change-webhooks.ts";

/** Stops a webhook that does not work and writes to the owners, in the caller's transaction. */
export async function disableWebhook(
  { clock, config }: Pick<Resources, "clock" | "config">,
  db: Database,
  webhook: WebhookName,
  failure: OutsideFailure,
): Promise<void> {
  const { workspaceId, id } = webhook;
  const { name, kind } = await db
    .updateTable("receivers")
    .set({ state: "disabled", disabledAt: clock.now(), failure: JSON.stringify(failure) })
    .where("workspaceId", "=", workspaceId)
    .where("id", "=", id)
    .returning(["name", "kind"])
    .executeTakeFirstOrThrow();
  await cancelDeliveries(db, webhook);
  const owners = await db
    .selectFrom("members as m")
    .innerJoin("people as p", "p.id", "m.personId")
    .innerJoin("workspaces as w", "w.id", "m.workspaceId")
    .select(["p.id", "p.email", "p.language", "w.slug"])
    .where("m.workspaceId", "=", workspaceId)
    .where("m.role", "=", "owner")
    .execute();
  for (const { id: personId, email, language, slug } of owners) {
    const isGerman = language?.toLowerCase().startsWith("de") ?? false;
    const words = isGerman ? german : english;
    const reason = sayFailure(failure, isGerman ? "de" : "en");
    const link = `${config.baseUrl}/${slug}/settings/${kind === "webhook" ? "webhooks" : "alerts"}`;
    await sendMail(db, clock, { to: email, personId, workspaceId, ...words({ name, kind, reason, link }) });
  }
}

interface Facts {
  name: string;
  kind: ReceiverKind;
  reason: string;
  link: string;
}

const english = ({ name, kind, reason, link }: Facts) => {
  const what = { webhook: "webhook", slack: "Slack channel", email: "address" }[kind];
  return {
    subject: `The ${what} ${name} was disabled`,
    text: `Hello,\n\nNines could not deliver to the ${what} ${name} and has disabled it. Last: ${reason}\n\nSee what was not delivered, and activate it again when it works:\n${link}\n`,
  };
};

const german = ({ name, kind, reason, link }: Facts) => {
  const [the, toThe] = {
    webhook: ["Der Webhook", "dem Webhook"],
    slack: ["Der Slack-Kanal", "dem Slack-Kanal"],
    email: ["Die Adresse", "der Adresse"],
  }[kind];
  return {
    subject: `${the} ${name} wurde abgeschaltet`,
    text: `Guten Tag,\n\nNines konnte ${toThe} ${name} nichts zustellen und hat die Zustellung abgeschaltet. Zuletzt gemeldet: ${reason}\n\nSehen Sie, was nicht zugestellt wurde, und schalten Sie sie wieder ein, sobald alles arbeitet:\n${link}\n`,
  };
};
