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
    "Niemand wartet auf eine Antwort, niemand begann weniger zu nutzen, keine Aktion ist zu entscheiden, und keine Umfrage fragt in dieser Woche.",
  do: { reply: "Antworten", review: "Ansehen", decide: "Entscheiden", check: "Prüfen" },
  reply: {
    detractors_one: "{{count, number}} Kritiker wartet auf eine Antwort",
    detractors_other: "{{count, number}} Kritiker warten auf eine Antwort",
    customers_one: "{{count, number}} Kunde wartet auf eine Antwort",
    customers_other: "{{count, number}} Kunden warten auf eine Antwort",
    cases_one: "In {{count, number}} Fall.",
    cases_other: "In {{count, number}} Fällen.",
    longest: "Am dringendsten: {{name}}, wartet seit {{at}}.",
    due: "Die Frist endet am {{at}}.",
    late_one: "{{count, number}} ist überfällig.",
    late_other: "{{count, number}} sind überfällig.",
  },
  review: {
    title_one: "{{count, number}} Passiver begann in den letzten zwei Wochen, weniger zu nutzen",
    title_other: "{{count, number}} Passive begannen in den letzten zwei Wochen, weniger zu nutzen",
    revenue: "{{money}} im Jahr.",
    basic_one: "{{count, number}} von ihnen nutzt nur Grundfunktionen.",
    basic_other: "{{count, number}} von ihnen nutzen nur Grundfunktionen.",
  },
  decide: {
    keep: "„{{name}}“ wirkt: Entscheiden Sie, ob es so weitergeht",
    stop: "„{{name}}“ hilft nicht genug: Entscheiden Sie, ob Sie sie beenden",
    difference:
      "{{points}} Prozentpunkte gegenüber denen, die in Ruhe gelassen wurden, Intervall {{low}} bis {{high}}.",
  },
  check: {
    title_one: "{{count, number}} Kunde wird in den nächsten sieben Tagen gefragt",
    title_other: "{{count, number}} Kunden werden in den nächsten sieben Tagen gefragt",
    next_one: "{{survey}}: die nächsten {{count, number}} am {{at}}.",
    next_other: "{{survey}}: die nächsten {{count, number}} am {{at}}.",
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
