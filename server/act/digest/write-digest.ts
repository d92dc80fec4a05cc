import { escapeHtml } from "../../platform/mail/escape-html.ts";
import type { DigestFacts } from "./digest-facts.ts";

export interface DigestPlace {
  workspace: string;
  timeZone: string;
  /** Address of the workspace's pages. */
  link: string;
  rhythm: "daily" | "weekly";
}

interface Section {
  title: string;
  lines: string[];
  link: string;
}

/** The digest as a mail, in the language of whoever gets it. */
export function writeDigest(
  language: string | null,
  place: DigestPlace,
  facts: DigestFacts,
): { subject: string; text: string; html: string } {
  const words = language?.toLowerCase().startsWith("de") ? german(place) : english(place);
  const sections: Section[] = [
    { title: words.changed, lines: changedLines(words, facts), link: `${place.link}/overview` },
    {
      title: words.waiting(facts.waiting.n, facts.waiting.late),
      lines: waitingLines(words, facts),
      link: `${place.link}/inbox`,
    },
    {
      title: words.cooling(facts.cooling.n),
      lines: coolingLines(words, facts),
      link: `${place.link}/passives`,
    },
    ...(facts.plays.length > 0
      ? [
          {
            title: words.plays(facts.plays.length),
            lines: facts.plays.map(({ name }) => name),
            link: `${place.link}/results`,
          },
        ]
      : []),
  ];
  const settings = `${place.link}/settings/alerts`;
  return {
    subject: words.subject(place.workspace, facts.waiting.n),
    text: `${sections.map(asText).join("\n\n")}\n\n${words.settings}:\n${settings}\n`,
    html: asPage(sections, words.settings, settings),
  };
}

const asText = ({ title, lines, link }: Section) =>
  [title, ...lines.map((line) => `- ${line}`), link].join("\n");

function asPage(sections: readonly Section[], settings: string, link: string): string {
  const parts = sections.map(
    ({ title, lines, link }) =>
      `<h2 style="font-size:17px;margin:24px 0 6px"><a href="${escapeHtml(link)}" style="color:#1C1A16">${escapeHtml(title)}</a></h2>` +
      (lines.length > 0
        ? `<ul style="margin:0;padding-left:20px">${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join("")}</ul>`
        : ""),
  );
  return [
    '<!doctype html><html><body style="font:15px/1.5 Arial,Helvetica,sans-serif;color:#1C1A16;max-width:36em">',
    ...parts,
    `<p style="margin-top:28px;font-size:13px;color:#5C574D"><a href="${escapeHtml(link)}" style="color:#5C574D">${escapeHtml(settings)}</a></p>`,
    "</body></html>",
  ].join("\n");
}

type Words = ReturnType<typeof english>;

function changedLines(
  words: Words,
  { score: { score, change, wave }, newAnswers, newDetractors }: DigestFacts,
) {
  const lines = [words.answers(newAnswers, newDetractors)];
  if (score.nps !== null && score.npsInterval && wave)
    lines.push(
      words.score(
        signed(score.nps),
        signed(score.npsInterval[0]),
        signed(score.npsInterval[1]),
        wave.name,
        score.n,
      ),
    );
  if (change)
    lines.push(
      words.change(
        signed(change.points),
        signed(change.interval[0]),
        signed(change.interval[1]),
        change.distinguishable,
      ),
    );
  return lines;
}

function waitingLines(words: Words, { waiting }: DigestFacts): string[] {
  return waiting.cases.map(({ who, title, dueAt, mine }) => words.aCase(who, title, dueAt, mine));
}

function coolingLines(_: Words, { cooling }: DigestFacts): string[] {
  return cooling.customers.map(({ who, change }) =>
    change === null ? who : `${who}, ${signed(change * 100)} %`,
  );
}

/** A whole number with its sign, as people write it. */
function signed(value: number): string {
  const whole = Math.round(value);
  return whole < 0 ? `−${Math.abs(whole)}` : `+${whole}`;
}

function momentIn(locale: string, timeZone: string) {
  const format = new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  });
  return (at: Date) => format.format(at);
}

function english({ timeZone, rhythm }: DigestPlace) {
  const moment = momentIn("en-GB", timeZone);
  const since = rhythm === "daily" ? "since yesterday" : "in the last seven days";
  return {
    subject: (workspace: string, n: number) =>
      n === 0
        ? `${workspace}: nobody waits`
        : `${workspace}: ${n} ${n === 1 ? "customer waits" : "customers wait"}`,
    changed: "What changed",
    answers: (n: number, low: number) =>
      `${n} ${n === 1 ? "answer" : "answers"} ${since}, ${low} of them from detractors`,
    score: (nps: string, low: string, high: string, wave: string, n: number) =>
      `NPS ${nps} in ${wave} (95 % interval ${low} to ${high}, ${n} answers)`,
    change: (points: string, low: string, high: string, clear: boolean) =>
      `${points} against the wave before (${low} to ${high})${clear ? "" : "; that can be chance"}`,
    waiting: (n: number, late: number) =>
      n === 0
        ? "Nobody waits for a reply"
        : `${n} ${n === 1 ? "customer waits" : "customers wait"} for a reply${late > 0 ? `, ${late} of them too long` : ""}`,
    aCase: (who: string, title: string, dueAt: Date | null, mine: boolean) =>
      `${who}: ${title}${dueAt ? `, due ${moment(dueAt)}` : ""}${mine ? " (yours)" : ""}`,
    cooling: (n: number) =>
      n === 0
        ? "No passive customer started to cool"
        : `${n} passive ${n === 1 ? "customer" : "customers"} started to cool`,
    plays: (n: number) => `${n} ${n === 1 ? "play is" : "plays are"} ready to be decided`,
    settings: "How often you get this mail",
  };
}

function german({ timeZone, rhythm }: DigestPlace): Words {
  const moment = momentIn("de-DE", timeZone);
  const since = rhythm === "daily" ? "seit gestern" : "in den letzten sieben Tagen";
  return {
    subject: (workspace, n) =>
      n === 0
        ? `${workspace}: Niemand wartet`
        : `${workspace}: ${n} ${n === 1 ? "Kunde wartet" : "Kunden warten"}`,
    changed: "Was sich geändert hat",
    answers: (n, low) => `${n} ${n === 1 ? "Antwort" : "Antworten"} ${since}, davon ${low} von Kritikern`,
    score: (nps, low, high, wave, n) =>
      `NPS ${nps} in ${wave} (95-%-Intervall ${low} bis ${high}, ${n} Antworten)`,
    change: (points, low, high, clear) =>
      `${points} gegenüber der Welle davor (${low} bis ${high})${clear ? "" : "; das kann Zufall sein"}`,
    waiting: (n, late) =>
      n === 0
        ? "Niemand wartet auf eine Antwort"
        : `${n} ${n === 1 ? "Kunde wartet" : "Kunden warten"} auf eine Antwort${late > 0 ? `, ${late} davon zu lange` : ""}`,
    aCase: (who, title, dueAt, mine) =>
      `${who}: ${title}${dueAt ? `, fällig ${moment(dueAt)}` : ""}${mine ? " (bei Ihnen)" : ""}`,
    cooling: (n) =>
      n === 0
        ? "Kein passiver Kunde ist neu abgekühlt"
        : `${n} ${n === 1 ? "passiver Kunde ist" : "passive Kunden sind"} neu abgekühlt`,
    plays: (n) => `${n} ${n === 1 ? "Aktion kann" : "Aktionen können"} entschieden werden`,
    settings: "Wie oft Sie diese Mail bekommen",
  };
}
