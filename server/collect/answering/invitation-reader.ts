import type { OpenDatabase } from "../../platform/database/open.ts";
import { movedSince } from "../customers/follow-merges.ts";
import { newGroupCommit } from "../group-commit.ts";
import type { SurveyContent } from "../surveys/survey-content.ts";
import type { SurveySettings } from "../surveys/survey-settings.ts";
import type { TokenHolder } from "./invitation-token.ts";
import {
  type AskedInvitation,
  type AskedSurvey,
  type EarlierAnswer,
  mostClicks,
  readContent,
  responseIdOfInvitation,
  withStandards,
} from "./read-asked.ts";

/** Finds what a link asks; undefined when the invitation, its customer, survey or workspace is not there. */
export type InvitationReader = (
  holder: Pick<TokenHolder, "customerId" | "invitationId">,
) => Promise<AskedInvitation | undefined>;

/**
 * Makes the reader of one process. Each call reads what is stored when it comes, with the answer and the fetches of the
 * invitation's links; calls that come at the same time share a statement.
 */
export function newInvitationReader({ db, lookups }: Pick<OpenDatabase, "db" | "lookups">): InvitationReader {
  const group = newGroupCommit<Parameters<InvitationReader>[0], AskedInvitation | undefined>({
    commit: async (holders) => {
      try {
        const found = await readTogether(holders);
        const moved = await readMoved(holders.filter((holder) => !found.has(nameOf(holder))));
        return holders.map((holder) => {
          const name = nameOf(holder);
          return { status: "fulfilled", value: found.get(name) ?? moved.get(name) };
        });
      } catch (reason) {
        return holders.map(() => ({ status: "rejected", reason }));
      }
    },
    what: "requests",
    sizeOf: () => 1,
    concurrency: 2,
    batchSize: 200,
    worthAnother: 16,
    mostWaiting: 10_000,
  });

  async function readTogether(holders: Parameters<InvitationReader>[0][]) {
    const { rows } = await lookups.query<InvitationRow>({
      name: "select-asked-invitations",
      text: selectInvitations,
      values: [
        holders.map(({ customerId }) => customerId),
        holders.map(({ invitationId }) => invitationId),
        holders.map(({ invitationId }) => responseIdOfInvitation(invitationId)),
      ],
    });
    const found = new Map<string, AskedInvitation>();
    // Most of them are of one survey, whose settings are parsed once.
    const parsed = new Map<string, SurveySettings>();
    const settingsOf = ({ settings }: InvitationRow) => {
      const known = parsed.get(settings) ?? withStandards(JSON.parse(settings));
      parsed.set(settings, known);
      return known;
    };
    for (const row of rows) {
      const content = await readContent(db, row.surveyId, row.version);
      const { id: invitationId, customerId } = row;
      if (content)
        found.set(nameOf({ customerId, invitationId }), toInvitation(row, content, settingsOf(row)));
    }
    return found;
  }

  /** Those whose customers were merged since their links were made, by the names that the links have. */
  async function readMoved(holders: Parameters<InvitationReader>[0][]) {
    const moved = await movedSince(
      db,
      holders.map(({ customerId, invitationId }) => ({
        customerId,
        invitationId,
        name: nameOf({ customerId, invitationId }),
      })),
    );
    if (moved.length === 0) return new Map<string, AskedInvitation>();
    const found = await readTogether(moved);
    return new Map(
      moved.flatMap(({ name, ...now }) => {
        const invitation = found.get(nameOf(now));
        return invitation ? [[name, invitation]] : [];
      }),
    );
  }

  return (holder) => group.add(holder);
}

const nameOf = ({ customerId, invitationId }: Parameters<InvitationReader>[0]) =>
  `${customerId} ${invitationId}`;

const selectInvitations = `
  select i.id, i.customer_id as "customerId", i.channel, i.language, i.state, i.sent_at as "sentAt",
    i.expires_at as "expiresAt", i.opened_at as "openedAt", i.recipient, i.token_number as "tokenNumber",
    c.email, c.traits, c.language as "customerLanguage",
    s.workspace_id as "workspaceId", s.id as "surveyId", s.state as "surveyState", s.anonymous,
    s.settings::text as settings, i.version,
    r.score, r.comment, r.state as "answerState", r.drivers, r.may_contact as "mayContact", r.at as "answeredAt",
    (select json_agg(json_build_array(extract(epoch from k.at) * 1000, k.method, k.score, k.honeypot))
     from (select at, method, score, honeypot from clicks
       where customer_id = i.customer_id and invitation_id = i.id order by at desc limit ${mostClicks}) k) as clicks
  from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as asked (customer_id, id, response_id)
  join invitations i on i.customer_id = asked.customer_id and i.id = asked.id
  join customers c on c.id = i.customer_id
  join surveys s on s.id = i.survey_id
  left join responses r on r.customer_id = i.customer_id and r.id = asked.response_id`;

type InvitationRow = Omit<AskedInvitation, "survey" | "answer" | "clicks"> &
  Pick<AskedSurvey, "workspaceId" | "anonymous" | "version"> & {
    surveyId: string;
    surveyState: AskedSurvey["state"];
    settings: string;
    score: number | null;
    comment: string | null;
    answerState: EarlierAnswer["state"] | null;
    drivers: string[] | null;
    mayContact: boolean | null;
    answeredAt: Date | null;
    clicks: [at: number, method: string, score: number | null, honeypot: boolean][] | null;
  };

function toInvitation(row: InvitationRow, content: SurveyContent, settings: SurveySettings): AskedInvitation {
  const { workspaceId, surveyId, surveyState, anonymous, settings: _, version, clicks, ...rest } = row;
  const { score, comment, answerState, drivers, mayContact, answeredAt, ...invitation } = rest;
  return {
    ...invitation,
    survey: {
      workspaceId,
      id: surveyId,
      state: surveyState,
      anonymous,
      version,
      content,
      settings,
    },
    answer:
      score === null || !answerState || !answeredAt
        ? undefined
        : { score, comment, state: answerState, drivers: drivers ?? [], mayContact, at: answeredAt },
    clicks: (clicks ?? []).map(([at, method, number, honeypot]) => ({
      at: new Date(at),
      method,
      score: number,
      honeypot,
    })),
  };
}
