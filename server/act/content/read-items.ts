import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import type { ContentKind } from "../../platform/database/schema-act.ts";
import type { ContentText } from "./content-item.ts";
import { matchLanguage } from "./match-language.ts";

/** An item of the library as a mail can take it. */
export interface AvailableItem {
  id: string;
  features: string[];
  products: string[];
  language: string;
  text: ContentText;
  /** Whether a mail brought it to this customer before. */
  sent: boolean;
  inLanguage: boolean;
}

interface Wanted {
  workspaceId: string;
  customerId: string;
  /** In the order of preference; where an item has none of them it comes in English, else in whatever it has. */
  languages: readonly (string | null | undefined)[];
  now: Date;
}

/**
 * The items that can be sent now, the fittest first: those this customer has not had, those in their language, the newest.
 * What is archived, over or not begun is not among them.
 */
export async function readItems(
  db: Database,
  { workspaceId, customerId, languages: wanted, now }: Wanted,
  which: { kinds: readonly ContentKind[] } | { id: string },
): Promise<AvailableItem[]> {
  const rows = await db
    .selectFrom("contentItems as i")
    .select(["i.id", "i.features", "i.products", "i.languages", "i.createdAt"])
    .select(
      sql<boolean>`exists (
        select from messages m where m.customer_id = ${customerId}::uuid and m.workspace_id = ${workspaceId}::uuid
          and i.id = any (m.content) and m.direction = 'out' and m.state <> 'cancelled')`.as("sent"),
    )
    .where("i.workspaceId", "=", workspaceId)
    .where("i.archivedAt", "is", null)
    .where((eb) => eb.or([eb("i.startsAt", "is", null), eb("i.startsAt", "<=", now)]))
    .where((eb) => eb.or([eb("i.endsAt", "is", null), eb("i.endsAt", ">", now)]))
    .$if("id" in which, (q) => q.where("i.id", "=", "id" in which ? which.id : ""))
    .$if("kinds" in which, (q) => q.where("i.kind", "in", "kinds" in which ? which.kinds : []))
    .execute();
  return rows
    .flatMap(({ languages, ...row }) => {
      const offered = Object.keys(languages);
      const own = matchLanguage(offered, wanted);
      const language = own ?? matchLanguage(offered, ["en"]) ?? offered[0];
      const text = language === undefined ? undefined : languages[language];
      if (language === undefined || !text) return [];
      return [{ ...row, language, text, inLanguage: own !== undefined }];
    })
    .toSorted(
      (a, b) =>
        Number(a.sent) - Number(b.sent) ||
        Number(b.inLanguage) - Number(a.inLanguage) ||
        b.createdAt.getTime() - a.createdAt.getTime() ||
        (a.id < b.id ? 1 : -1),
    );
}
