import type { Database } from "../../platform/database/open.ts";
import { sendMail } from "../../platform/mail/send-mail.ts";
import type { Resources } from "../../platform/resources.ts";
import { cancelDeliveries, type WebhookName } from "./change-webhooks.ts";

/** Stops a webhook that does not work and writes to the owners, in the caller's transaction. */
export async function disableWebhook(
  { clock, config }: Pick<Resources, "clock" | "config">,
  db: Database,
  webhook: WebhookName,
  reason: string,
): Promise<void> {
  const { workspaceId, id } = webhook;
  const { name } = await db
    .updateTable("receivers")
    .set({ state: "disabled", disabledAt: clock.now(), disabledReason: reason })
    .where("workspaceId", "=", workspaceId)
    .where("id", "=", id)
    .returning("name")
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
    const words = language?.toLowerCase().startsWith("de") ? german : english;
    const link = `${config.baseUrl}/${slug}/settings/webhooks`;
    await sendMail(db, clock, { to: email, personId, workspaceId, ...words({ name, reason, link }) });
  }
}

interface Facts {
  name: string;
  reason: string;
  link: string;
}

const english = ({ name, reason, link }: Facts) => ({
  subject: `The webhook ${name} was disabled`,
  text: `Hello,\n\nNines could not deliver to the webhook ${name} and has disabled it. Last: ${reason}\n\nSee what was not delivered, and activate it again when its receiver works:\n${link}\n`,
});

const german = ({ name, reason, link }: Facts) => ({
  subject: `Der Webhook ${name} wurde abgeschaltet`,
  text: `Guten Tag,\n\nNines konnte dem Webhook ${name} nichts zustellen und hat ihn abgeschaltet. Zuletzt gemeldet: ${reason}\n\nSehen Sie, was nicht zugestellt wurde, und schalten Sie ihn wieder ein, sobald sein Empfänger arbeitet:\n${link}\n`,
});
