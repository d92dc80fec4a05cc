import type { results as english } from "../en/results.ts";
import type { Translation } from "../words.ts";

export const results = {
  title: "Ergebnisse",
  lead: "Was jede Aktion bewirkt hat, verglichen mit Kunden, die in Ruhe gelassen wurden.",
  heading_one: "{{count}} Aktion kann entschieden werden",
  heading_other: "{{count}} Aktionen können entschieden werden",
  headingNone: "Keine Aktion wartet auf eine Entscheidung",
  error: "Das Ergebnis konnte nicht gelesen werden.",
  listError: "Die Ergebnisse konnten nicht gelesen werden.",
  listNote:
    "Unterschiede in Prozentpunkten, mit Aktion minus Vergleichsgruppe, mit 95‑%‑Intervallen. Es zählen alle, die zugelost wurden, was immer sie erreicht hat.",
  empty: {
    title: "Noch keine Aktion veröffentlicht",
    body: "Sobald eine Aktion läuft, sehen Sie hier, ob sie wirkt, verglichen mit Nichtstun.",
    action: "Zu den Aktionen",
  },
  treated: "Mit Aktion",
  holdout: "Vergleichsgruppe",
  difference: "Unterschied",
  inPoints: "in Punkten",
  of: "{{k}} von {{n}}",
  between: "{{low}} bis {{high}}",
  counts: "{{results}} Ergebnisse von {{entered}} Kunden.",
  verdict: "Urteil",
  somebody: "Ein früheres Mitglied",
  goal: {
    promoter: "Ziel: antwortet innerhalb von {{days}} Tagen mit 9 oder 10.",
    retained: "Ziel: ist nach {{days}} Tagen noch Kunde.",
    purchase: "Ziel: kauft innerhalb von {{days}} Tagen.",
    feature: "Ziel: nutzt die Funktion innerhalb von {{days}} Tagen.",
  },
  state: {
    ready: "Entscheidung möglich",
    keep: "Beibehalten",
    stop: "Beendet",
    cannotTell: "Noch offen",
    none: "Kein Urteil",
  },
  playState: { paused: "Angehalten", closed: "Geschlossen", ended: "Zu Ende" },
  said: { keep: "Beibehalten", stop: "Beenden", "cannot tell": "Noch offen" },
  headline: {
    works: {
      promoter: "Beibehalten. {{treated}} wurden Promotoren, ohne die Aktion {{holdout}}.",
      retained: "Beibehalten. {{treated}} sind noch Kunden, ohne die Aktion {{holdout}}.",
      purchase: "Beibehalten. {{treated}} haben gekauft, ohne die Aktion {{holdout}}.",
      feature: "Beibehalten. {{treated}} nutzten die Funktion, ohne die Aktion {{holdout}}.",
    },
    harms: {
      promoter: "Beenden. {{treated}} wurden Promotoren, ohne die Aktion {{holdout}}.",
      retained: "Beenden. {{treated}} sind noch Kunden, ohne die Aktion {{holdout}}.",
      purchase: "Beenden. {{treated}} haben gekauft, ohne die Aktion {{holdout}}.",
      feature: "Beenden. {{treated}} nutzten die Funktion, ohne die Aktion {{holdout}}.",
    },
    small: "Beenden. Was sie auch bewirkt, es ist zu wenig.",
    arms: "Kein Urteil: Die Gruppen sind nicht so, wie sie gelost wurden.",
    alone: "Kein Urteil: Niemand wird in Ruhe gelassen.",
    cannotTell_one: "Noch offen: Es fehlt etwa {{written}} Ergebnis.",
    cannotTell_other: "Noch offen: Es fehlen etwa {{written}} Ergebnisse.",
    nothing: "Noch ist nichts zu sagen.",
  },
  detail: {
    works:
      "Das sind {{difference}} Punkte. Der wahre Unterschied liegt zwischen {{low}} und {{high}}, sie wirkt also sehr wahrscheinlich. Wie stark, ist offen.",
    harms:
      "Das sind {{difference}} Punkte. Der wahre Unterschied liegt zwischen {{low}} und {{high}}, sie schadet also sehr wahrscheinlich.",
    small:
      "Der wahre Unterschied liegt zwischen {{low}} und {{high}} Punkten. Weniger als {{worth}} lohnt sich nicht, so wurde es vor dem Start festgelegt.",
    arms: "Etwas anderes als das Los hat Kunden verteilt oder verloren. Finden Sie heraus, was, bevor Sie hier etwas ablesen.",
    alone:
      "Niemand weiß also, was ohnehin geschehen wäre. Die Zahlen sagen, was geschah, nicht, ob es an der Aktion lag.",
    open: "Bisher liegt der wahre Unterschied zwischen {{low}} und {{high}} Punkten.",
  },
  wait: {
    allEntered: "Die Kunden dazu sind alle schon dabei.",
    someEntered_one: "{{written}} Kunde davon ist schon dabei.",
    someEntered_other: "{{written}} Kunden davon sind schon dabei.",
    last_one: "Das letzte Ergebnis kommt in etwa {{written}} Woche.",
    last_other: "Das letzte Ergebnis kommt in etwa {{written}} Wochen.",
    weeks_one: "Kommen weiter so viele hinzu wie jetzt, dauert das etwa {{written}} Woche.",
    weeks_other: "Kommen weiter so viele hinzu wie jetzt, dauert das etwa {{written}} Wochen.",
    years: "Kommen weiter so viele hinzu wie jetzt, dauert das mehr als zwei Jahre.",
    nobody: "Zurzeit kommt niemand hinzu, es bleibt also dabei.",
  },
  keep: "Weiterlaufen lassen",
  stop: "Aktion beenden",
  decided: {
    keep: "„{{name}}“ läuft weiter. Ihre Entscheidung ist mit den Zahlen festgehalten.",
    stop: "„{{name}}“ ist geschlossen. Niemand kommt mehr hinzu; wer dabei ist, durchläuft sie bis zum Ende.",
  },
  decision: {
    keep: "{{who}} hat am {{date}} entschieden, sie beizubehalten.",
    stop: "{{who}} hat am {{date}} entschieden, sie zu beenden.",
  },
  readAt_one: "Abgelesen am {{date}} mit {{written}} Ergebnis.",
  readAt_other: "Abgelesen am {{date}} mit {{written}} Ergebnissen.",
  since_one: "Seither kam {{written}} Ergebnis hinzu; es ändert die Zahlen, nicht das Urteil.",
  since_other: "Seither kamen {{written}} Ergebnisse hinzu; sie ändern die Zahlen, nicht das Urteil.",
  chart: {
    label:
      "Mit Aktion {{treated}}, Vergleichsgruppe {{holdout}}, Unterschied {{difference}} Punkte, Intervall {{interval}}.",
  },
  stats: {
    label: "Weitere Zahlen",
    extra: {
      promoter: "Zusätzliche Promotoren",
      retained: "Zusätzlich gehaltene Kunden",
      purchase: "Zusätzliche Käufer",
      feature: "Zusätzliche Nutzer",
    },
    extraOf: "{{interval}}, von {{n}} mit Aktion",
    revenue: "Mehr Umsatz je Kunde",
    note: "Gezählt unter allen, die in eine Gruppe gelost wurden, was immer sie erreicht hat; Spannen sind 95‑%‑Intervalle.",
    revenueNote:
      "Beträge schwanken stark, deshalb entsteht das Intervall des Umsatzes, indem die Kunden viele Male neu gezogen werden.",
    fewPurchases: "zu wenige Käufe",
    retained: "Noch Kunden",
    active: "Noch aktiv",
    bought: "Gekauft",
    unsubscribed: "Abgemeldet",
    against: "Vergleichsgruppe {{share}}",
    againstClear: "Vergleichsgruppe {{share}}, deutlich verschieden",
    cost: {
      promoter: "Kosten je weiterem Promotor",
      retained: "Kosten je gehaltenem Kunden",
      purchase: "Kosten je weiterem Käufer",
      feature: "Kosten je weiterem Nutzer",
    },
    costFrom: "mindestens {{low}}; insgesamt {{total}}",
    costOf: "insgesamt {{total}}, vielleicht für nichts",
  },
  curve: {
    title: {
      promoter: "Wurden Promotoren, fortlaufend",
      retained: "Noch Kunden, fortlaufend",
      purchase: "Haben gekauft, fortlaufend",
      feature: "Nutzten die Funktion, fortlaufend",
    },
    sub: "nach Tag des Eintritts, 95‑%‑Band",
    entered: "Dabei bis",
    note: "Die Größe stand vor dem Start fest. Die Kurve ist zum Zusehen da, nicht zum Entscheiden.",
    unanswered: "Keine Antwort zählt als nicht gewonnen, in beiden Gruppen.",
    label:
      "Von allen, die bis zum {{day}} dabei waren: mit Aktion {{treated}}, Vergleichsgruppe {{holdout}}.",
  },
  groups: {
    title: "Wo sie wirkt",
    sub: "Unterschied in Punkten",
    by: { score: "Wertung vorher", state: "Aktivität vorher", plan: "Tarif vorher" },
    score: "Wertung {{score}}",
    states: { cooling: "Abkühlend", dormant: "Ruhend", flat: "Gleichbleibend", warming: "Zunehmend" },
    all: "alle {{points}}",
    alike:
      "Ein Unterschied zwischen den Gruppen ist nicht belegt; grenzen Sie die Zielgruppe danach nicht ein.",
    differ:
      "Nach {{groups}} unterscheiden sich die Gruppen stärker als durch Zufall. Prüfen Sie es mit einer eigenen Aktion, bevor Sie die Zielgruppe eingrenzen.",
    hollow: "Hohl: Das Intervall enthält 0.",
  },
  few: {
    title: "Noch zu wenige Ergebnisse",
    body: "{{treated}} Kunden mit Aktion und {{holdout}} der Vergleichsgruppe haben ein Ergebnis, {{waiting}} weitere sind unterwegs. Ab 30 in jeder Gruppe gibt es Zahlen.",
    progress: "Ergebnisse in der kleineren Gruppe",
  },
  warning: {
    ratioTitle: "Die Gruppen sind nicht so groß, wie sie gelost wurden",
    ratio:
      "{{treated}} mit Aktion und {{holdout}} in der Vergleichsgruppe, wo {{expected}} in Ruhe gelassen werden sollten. Das ist kein Zufall. Lesen Sie aus dieser Aktion nichts ab, bis Sie wissen, wer fehlt.",
    responseTitle: "Die Gruppen antworten nicht gleich häufig",
    response:
      "{{treated}} mit Aktion haben geantwortet, {{holdout}} der Vergleichsgruppe. Die Antworten stammen also von verschiedenen Menschen. Bei denen, die so oder so antworten, liegt die Wirkung zwischen {{interval}} Punkten, den Zufall noch nicht gerechnet.",
  },
  how: {
    link: "So wurde entschieden",
    title: "So wurde entschieden",
    sub: "nach Zulosung, wen immer es erreicht hat",
    alarm: "Alarm",
    plan: "Vorher festgelegt",
    planSaid:
      "Am {{date}}: Das Ergebnis eines Kunden wird nach {{days}} Tagen abgelesen, das der Aktion bei {{n}} Ergebnissen, und {{worth}} Punkte sind das Mindeste, das sich lohnt.",
    counted: "Gezählt",
    countedSaid:
      "{{treated}} mit Aktion und {{holdout}} der Vergleichsgruppe, deren Tage vorbei sind, von {{entered}}, die dabei sind. Jeder zählt in der Gruppe, in die er gelost wurde.",
    ratio: "Gruppen wie gelost",
    ratioFine: "Ja: {{expected}} sollten in Ruhe gelassen werden, {{seen}} sind es.",
    ratioAlarm: "Nein: {{expected}} sollten in Ruhe gelassen werden, {{seen}} sind es.",
    response: "Beide antworten gleich häufig",
    responseAlike:
      "Soweit zu sehen ist: {{treated}} und {{holdout}} haben geantwortet, Unterschied {{interval}} Punkte.",
    responseDiffers: "Nein: {{treated}} und {{holdout}} haben geantwortet, Unterschied {{interval}} Punkte.",
    responseBounds:
      "Bei denen, die so oder so antworten, liegt die Wirkung zwischen {{interval}} Punkten, den Zufall noch nicht gerechnet.",
    now: "Wie es jetzt steht",
    nowOne: "{{difference}} Punkte, {{interval}} bei einmaligem Hinsehen.",
    nowSequence: "{{interval}} bei täglichem Hinsehen.",
    byOne: "Das erste entscheidet: Die geplante Größe ist erreicht.",
    bySequence: "Das weitere entscheidet, damit frühes Hinsehen nicht schadet.",
    accounts: "Firmen",
    accountsSaid:
      "{{treated}} und {{holdout}} Firmen wurden zugelost. Kollegen ähneln sich, deshalb zählen Kunden {{effect}}-mal weniger.",
    others: "Nicht gezählt",
    othersSaid_one:
      "{{written}} Kunde, der nach anderem Ziel, anderer Zeit, Einheit oder Vergleichsgruppe dazukam.",
    othersSaid_other:
      "{{written}} Kunden, die nach anderem Ziel, anderer Zeit, Einheit oder Vergleichsgruppe dazukamen.",
    decisions: "Entscheidungen",
    looks: "Festgehaltene Blicke",
    lookAt: "Abgelesen",
    said: "Urteil",
    atHorizon: "geplante Größe",
    note: "Newcombes Intervall einmal, bei der geplanten Größe; davor und danach eine Konfidenzfolge. Das erste Urteil, das möglich ist, bleibt. Ohne jede Wirkung heißt es in höchstens 5 von 100 Aktionen „beibehalten“.",
  },
} as const satisfies Translation<typeof english>;
