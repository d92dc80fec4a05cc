import type { today as english } from "../en/today.ts";
import type { Translation } from "../words.ts";

export const today = {
  title: "Heute",
  sub_one: "{{count, number}} Sache",
  sub_other: "{{count, number}} Sachen, die älteste Frist zuerst",
  toMove: "bewegen",
  error: "Was zu tun ist, konnte nicht geladen werden.",
  nothing: "Nichts wartet auf Sie",
  nothingBody:
    "Niemand wartet auf eine Antwort, niemand nutzt weniger als sonst, und keine Aktion ist zu entscheiden.",
  do: { reply: "Antworten", review: "Ansehen", decide: "Entscheiden", check: "Prüfen" },
  reply: {
    detractors_one: "{{count, number}} Kritiker wartet auf eine Antwort",
    detractors_other: "{{count, number}} Kritiker warten auf eine Antwort",
    customers_one: "{{count, number}} Kunde wartet auf eine Antwort",
    customers_other: "{{count, number}} Kunden warten auf eine Antwort",
    longest: "Am längsten: {{name}}, seit {{at}}.",
    due: "Die Frist endet am {{at}}.",
    late_one: "{{count, number}} ist überfällig.",
    late_other: "{{count, number}} sind überfällig.",
  },
  review: {
    title_one: "{{count, number}} Passiver nutzt seit Kurzem weniger",
    title_other: "{{count, number}} Passive nutzen seit Kurzem weniger",
    revenue: "{{money}} im Jahr.",
    basic_one: "{{count, number}} von ihnen nutzt nur Grundfunktionen.",
    basic_other: "{{count, number}} von ihnen nutzen nur Grundfunktionen.",
  },
  decide: {
    title: "„{{name}}“ kann entschieden werden",
    difference:
      "{{points}} Punkte gegenüber denen, die in Ruhe gelassen wurden, Intervall {{low}} bis {{high}}.",
  },
  check: {
    title_one: "Diese Woche {{count, number}} Kunden fragen",
    title_other: "Diese Woche {{count, number}} Kunden fragen",
    next_one: "{{survey}}: {{count, number}} am {{at}}.",
    next_other: "{{survey}}: {{count, number}} am {{at}}.",
    held_one: "{{count, number}} zurückgehalten, {{reason}}.",
    held_other: "{{count, number}} zurückgehalten, die meisten {{reason}}.",
  },
  held: {
    no_address: "ohne Adresse",
    unsubscribed: "abgemeldet",
    bounced: "mit unzustellbarer Adresse",
    complaint: "mit offener Beschwerde",
    rest: "wegen der Ruhe zwischen zwei Fragen",
    open_invitation: "mit noch offener Einladung",
    not_sampled: "nicht in der Stichprobe",
    hours: "außerhalb der Sendezeiten",
    cap: "wegen der Tagesgrenze",
  },
} as const satisfies Translation<typeof english>;
