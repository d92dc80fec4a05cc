import type { Phrases } from "./write-comment.ts";

/** What Larkfield's customers say in German. `{word}` stands for one of `slots`. */
export const german: Phrases = {
  slots: {
    work: ["Rechnungen", "Angebote", "Termine", "Mahnungen", "Abo-Rechnungen", "Quittungen"],
    place: ["Der Kalender", "Die Kundenliste", "Die Rechnungsseite", "Die App", "Die Übersicht"],
    whom: [
      "unser Steuerbüro",
      "meine Buchhalterin",
      "meinen Geschäftspartner",
      "den Empfang",
      "das ganze Team",
      "meine Frau",
    ],
    tool: [
      "DATEV",
      "Outlook",
      "Google Kalender",
      "Shopify",
      "unserer Bank",
      "dem Kartenleser",
      "Lexware",
      "Abacus",
    ],
    export: [
      "der Jahressummen",
      "der Umsatzsteuer je Monat",
      "der offenen Posten",
      "der Kundenliste",
      "der Zahlungen",
    ],
    format: ["Excel", "CSV", "PDF"],
    days: ["drei Tage", "vier Tage", "eine Woche", "zehn Tage", "fast zwei Wochen"],
    quick: ["innerhalb einer Stunde", "in zehn Minuten", "am selben Nachmittag", "sogar am Samstag"],
    time: ["eine Stunde in der Woche", "einen halben Tag im Monat", "jeden Freitagnachmittag"],
    year: ["einem Jahr", "zwei Jahren", "drei Jahren", "vier Jahren"],
    slow: ["langsam", "zäh", "sehr langsam geworden", "seit dem Frühjahr träge"],
    small: [
      "einen Ein-Personen-Betrieb",
      "einen kleinen Laden wie unseren",
      "drei Leute",
      "ein Studio unserer Größe",
    ],
  },
  wish: {
    price: [
      "Ein günstigerer Tarif für {small}.",
      "Ich kaufe nur, wenn es Rabatt gibt. Den vollen Preis ist es mir so nicht wert.",
      "Für das, was wir davon nutzen, ist der Preis recht hoch.",
      "Wir brauchen nur {work}. Ein kleiner Tarif, und es wäre eine Neun.",
      "Ohne die letzte Preiserhöhung hätte ich mehr gegeben.",
    ],
    speed: [
      "{place} dürfte schneller aufgehen.",
      "{work} zu verschicken dauert einen Moment zu lange, wenn viel los ist.",
      "{place} ist auf älteren Telefonen {slow}.",
      "Morgens gut, gegen fünf Uhr langsam.",
    ],
    "missing-feature": [
      "Der Export {export} nach {format} fehlt noch immer.",
      "{work} für zwei Standorte getrennt, das fehlt uns.",
      "Anzahlungen. Wir verlangen sie und machen es von Hand.",
      "{work} vom Vorjahr mit einem Klick übernehmen, das wünsche ich mir.",
      "Export {export} als {format}, dann bin ich zufrieden.",
      "Bitte mehrere Preislisten, wir haben Händler und Laufkundschaft.",
    ],
    integrations: [
      "Es sollte mit {tool} zusammenarbeiten. So tippen wir alles doppelt.",
      "Mit einer richtigen Verbindung zu {tool} wäre es eine Neun.",
      "Die Verbindung mit {tool} reißt etwa einmal im Monat ab.",
    ],
    support: [
      "Die Antworten sind freundlich, dauern aber {days}.",
      "Eine Telefonnummer wäre schön. Ich will nicht immer schreiben.",
      "Guter Service, wenn er kommt. Zuletzt hat es {days} gedauert.",
    ],
    onboarding: [
      "Ich nutze wohl nur ein Drittel davon. Eine kurze Einweisung wäre schön gewesen.",
      "Eine Einführung für {whom} hätte geholfen.",
      "Wie {work} gehen, weiß ich bis heute nicht, und die Videos sind zu lang.",
      "Zeigen Sie mir mehr. Ich habe es seit {year} und benutze drei Knöpfe.",
      "Jemand, der es uns einmal in Ruhe zeigt, mehr braucht es nicht.",
      "Wir haben es selbst eingerichtet und vermutlich die Hälfte übersehen.",
    ],
    reliability: [
      "Hin und wieder gehen {work} doppelt hinaus.",
      "Mitten im Schreiben wurde ich ein paarmal abgemeldet.",
      "Meist stabil. {place} hatte eine schlechte Woche.",
    ],
    usability: [
      "Zu viele Klicks, bis {work} fertig sind.",
      "{place} ist etwas überladen. Ich suche oft.",
      "Die {work} finde ich nie auf Anhieb.",
      "Manche Wörter im Menü sind nicht unsere. Niemand sagt Beleg zu einem Angebot.",
    ],
    reporting: [
      "Eine Auswertung {export} auf einen Blick.",
      "Für einen Monat gut, zum Vergleichen von zweien nicht.",
      "Für {whom} zähle ich jedes Quartal von Hand.",
      "Bessere Zahlen über {work}: was ist überfällig und seit wann.",
    ],
  },
  blame: {
    price: [
      "Die dritte Preiserhöhung in {year}. Ich sehe mich um.",
      "Zu teuer für {small}.",
      "Es wurde doppelt abgebucht. Gemerkt habe ich es selbst.",
      "Der Rabatt lief aus, und niemand hat etwas gesagt.",
    ],
    speed: [
      "{place} ist {slow}. Die Kunden stehen da und warten.",
      "Inzwischen so langsam, dass ich {work} erst auf Papier schreibe.",
      "Das Warten kostet mich {time}.",
    ],
    "missing-feature": [
      "Seit {year} versprochen: der Export {export}. Bis heute nichts.",
      "Ohne Auswertung {export} in {format} nützt es uns nichts.",
      "{work} für zwei Firmen gehen nicht. Ich musste eine zweite Lizenz kaufen.",
    ],
    integrations: [
      "Die Verbindung zu {tool} war weg, und es dauerte {days}, bis sie wieder lief.",
      "Mit {tool} arbeitet es nicht zusammen, obwohl es auf der Website steht.",
    ],
    support: [
      "Zweimal geschrieben, {days} gewartet.",
      "Der Support schickt dreimal denselben Artikel.",
      "Niemand hat zurückgerufen, und {work} lagen {days}.",
    ],
    onboarding: [
      "Man wird damit allein gelassen. Nach {year} ist die Hälfte ungenutzt.",
      "Niemand hat es erklärt. Nach {year} kennen wir drei Knöpfe.",
    ],
    reliability: [
      "{work} waren plötzlich weg, und niemand konnte sagen, warum.",
      "Ausfall am letzten Tag des Quartals. Ausgerechnet.",
      "Auf dem Telefon stürzt es ständig ab.",
    ],
    usability: [
      "Vor dem Umbau war alles gut. Jetzt finde ich nichts mehr.",
      "Für jeden zweiten Schritt brauche ich die Hilfe.",
      "Viel zu umständlich für {small}.",
    ],
    reporting: [
      "Die Summen im Bericht stimmen nicht mit der Übersicht überein.",
      "Die Auswertung {export} ist falsch, sobald jemand in Raten zahlt.",
    ],
  },
  praise: {
    price: ["Fairer Preis für das, was es uns erspart.", "Rechnet sich allein durch {work}."],
    speed: [
      "Schnell. {work} sind fertig, bevor der Kunde zur Tür hinaus ist.",
      "Erspart mir {time}.",
      "{place} ist sofort da, auch auf meinem alten Telefon.",
    ],
    "missing-feature": [
      "Die neuen {work} sind genau, was wir wollten.",
      "Was fehlt, kommt ein paar Monate später.",
    ],
    integrations: ["Läuft mit {tool} ohne Ärger.", "Zusammen mit {tool} macht es mir die Büroarbeit."],
    support: ["Hilfe kam {quick}. Von jemandem, der es wusste.", "Nette Leute. Antwort {quick}."],
    onboarding: ["Die Einführung war Gold wert für {whom}.", "Man hat es uns gezeigt, seitdem läuft es."],
    reliability: [
      "Seit {year} kein einziger Ausfall.",
      "Läuft einfach. Seit {year} keine Rechnung verloren.",
    ],
    usability: [
      "So einfach, dass ich {whom} nicht fragen musste.",
      "{place} macht richtig Freude.",
      "Über {work} denke ich nicht mehr nach.",
      "An einem Nachmittag gelernt.",
    ],
    reporting: ["Eine Übersicht {export} mit einem Klick.", "Für {whom} einfach als {format}, fertig."],
  },
  incident: [
    "Seit der Umstellung stimmt die Rechnungsnummer nicht mehr. Zwei E-Mails, keine Antwort.",
    "Die Rechnungsnummern sind durcheinander. Für {whom} eine Katastrophe.",
    "Zwei Rechnungen mit derselben Nummer. Das darf nicht passieren.",
    "Tagelang falsche Rechnungsnummern und kein Wort von Ihnen.",
  ],
  openers: {
    detractor: ["Leider nein.", "Enttäuscht.", "Früher hätte ich es empfohlen.", "So nicht."],
    passive: [
      "Alles in Ordnung.",
      "Läuft zuverlässig.",
      "Gut, aber nicht sehr gut.",
      "Wir sind zufrieden.",
      "Tut, was es soll.",
    ],
    promoter: [
      "Sehr zufrieden.",
      "Großartig.",
      "Empfehle ich längst weiter.",
      "Klasse.",
      "Beste Anschaffung seit Jahren.",
    ],
  },
  closers: {
    detractor: ["So kann ich Sie niemandem empfehlen.", "Bitte ändern.", "Deshalb.", "Sonst bin ich weg."],
    passive: [
      "Sonst gut.",
      "Dann wäre es eine Neun.",
      "Dann würde ich es empfehlen.",
      "Ansonsten keine Klagen.",
    ],
    promoter: ["Weiter so.", "Bitte nie ändern.", "Danke.", "Bleiben Sie so."],
  },
};
