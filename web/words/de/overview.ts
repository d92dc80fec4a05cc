import type { overview as english } from "../en/overview.ts";
import type { Translation } from "../words.ts";

export const overview = {
  title: "Überblick",
  greeting: {
    morning: "Guten Morgen",
    afternoon: "Guten Tag",
    evening: "Guten Abend",
    named: "{{greeting}}, {{name}}",
  },
  state: {
    closed_one: "{{today}}. Die Welle {{wave}} endete am {{day}} mit {{count, number}} Antwort.",
    closed_other: "{{today}}. Die Welle {{wave}} endete am {{day}} mit {{count, number}} Antworten.",
    open_one: "{{today}}. Die Welle {{wave}} läuft, bisher mit {{count, number}} Antwort.",
    open_other: "{{today}}. Die Welle {{wave}} läuft, bisher mit {{count, number}} Antworten.",
    all_one: "{{today}}. {{count, number}} Antwort vom {{from}}.",
    all_other: "{{today}}. {{count, number}} Antworten vom {{from}} bis {{until}}.",
    empty: "{{today}}. Es gibt noch keine Antworten.",
  },
  stale: "Diese Zahlen sind von {{time}}.",
  staleBody:
    "Die neuesten konnten nicht geladen werden. Alle 30 Sekunden wird es von selbst wieder versucht.",
  wave: "Welle",
  waveAll: "Alle Antworten",
  survey: "Umfrage",
  answers_one: "{{count, number}} Antwort",
  answers_other: "{{count, number}} Antworten",
  nps: "Net Promoter Score",
  change: {
    noise: "{{points}} gegenüber {{wave}}, nicht von Zufall zu unterscheiden.",
    drop: "{{points}} gegenüber {{wave}}: ein echter Rückgang.",
    rise: "{{points}} gegenüber {{wave}}: ein echter Anstieg.",
    range: "Die wahre Veränderung liegt zwischen {{low}} und {{high}}.",
    smallest: "Zwei Wellen dieser Größe können Veränderungen ab etwa {{points}} Punkten zeigen.",
    first: "Die erste Welle. Erst die nächste zeigt, ob sich der Wert bewegt.",
    previousSmall_one: "{{wave}} hatte {{count, number}} Antwort, zu wenig für einen Vergleich.",
    previousSmall_other: "{{wave}} hatte {{count, number}} Antworten, zu wenige für einen Vergleich.",
  },
  weighted: "Gewichtet {{nps}}",
  weightedDetail:
    ", {{interval}}. Passive {{share}}. Die Gewichte lassen so viel Gewissheit wie {{n}} Antworten.",
  weightedRow: "gewichtet",
  oneShort_one: "{{count, number}} Kunde ist einen Punkt von der Neun entfernt.",
  oneShort_other: "{{count, number}} Kunden sind einen Punkt von der Neun entfernt.",
  oneShortAll_one: "{{count, number}} Antwort ist einen Punkt von der Neun entfernt.",
  oneShortAll_other: "{{count, number}} Antworten sind einen Punkt von der Neun entfernt.",
  whatIf: "Wenn jeder fünfte Passive aufsteigt, liegt der NPS bei {{nps}}.",
  noPassives: "Niemand gab eine 7 oder 8.",
  whatIfNote_one:
    "{{gained, number}} Promotoren mehr bei {{count, number}} Antwort bringen {{points}} Punkte. Passive kommen in der NPS-Formel nicht vor.",
  whatIfNote_other:
    "{{gained, number}} Promotoren mehr bei {{count, number}} Antworten bringen {{points}} Punkte. Passive kommen in der NPS-Formel nicht vor.",
  few: {
    soon: "Den NPS gibt es ab 30 Antworten. Beim jetzigen Tempo ist das um den {{day}}.",
    pace: "Den NPS gibt es ab 30 Antworten.",
    progress: "Antworten von den 30, die nötig sind",
    theAnswers: "Die Antworten selbst",
  },
  trend: {
    title: "NPS je Woche",
    sub: "geglättet, 95‑%‑Band; Punkte sind einzelne Wochen",
    error: "Der Verlauf konnte nicht gezeichnet werden.",
  },
  splits: {
    channel: "Nach Kanal",
    language: "Nach Sprache",
    both: "Nach Kanal und Sprache",
    channelTab: "Kanal",
    languageTab: "Sprache",
    all: "alle {{nps}}",
    note: "95‑%‑Intervalle. Dass sie sich überlappen, beweist weder einen Unterschied noch das Gegenteil.",
    error: "Die Aufteilung konnte nicht gezeichnet werden.",
  },
  heroError: "Der NPS konnte nicht geladen werden.",
  stillTrue: "Die Antworten selbst sind gespeichert und nicht betroffen.",
  heroDrawError: "Der NPS konnte nicht gezeichnet werden.",
  empty: {
    title: "Noch keine Antworten",
    body: "Bringen Sie die Antworten mit, die Sie schon haben, und sehen Sie in einer Minute, wo Ihre Passiven sind.",
    api: "Oder senden Sie neue laufend an {{path}}, mit einem Schlüssel aus den Einstellungen.",
  },
} as const satisfies Translation<typeof english>;
