import type { SurveyTexts } from "./survey-texts.ts";

/** German that says du. */
export const deDu: SurveyTexts = {
  wording: {
    question:
      "Wie wahrscheinlich ist es, dass du {{ company }} einer Freundin oder einem Kollegen empfiehlst?",
    low: "unwahrscheinlich",
    high: "sehr wahrscheinlich",
    followUp: {
      detractor: "Was lief schief? Wir lesen jede Antwort.",
      passive: "Was hätte es zu einer 9 gemacht?",
      promoter: "Was sollten wir auf keinen Fall ändern?",
    },
    thanks: {
      detractor: "Danke, dass du es uns gesagt hast. Wir lesen jede Antwort.",
      passive: "Danke dir. Wir lesen jede Antwort.",
      promoter: "Danke dir. Wir lesen jede Antwort.",
    },
    thanksLink: "Mehr dazu",
    consent: "Ihr dürft mir dazu zurückschreiben",
    email: {
      subject: "Eine Frage, eine Zahl",
      reminderSubject: "Eine Frage, eine Zahl",
      greeting: "{% if customer.firstName %}Hallo {{ customer.firstName }}.{% else %}Hallo.{% endif %}",
      intro:
        "Ein Klick beantwortet sie. Wenn du noch eine Minute hast: Die nächste Seite fragt nach dem Warum.",
      reason: "Du bekommst diese Nachricht, weil du {{ company }} nutzt.",
    },
  },
  words: {
    yourAnswer: "Deine Antwort",
    saved: "Deine Antwort, gespeichert",
    placeholder: "Ein Satz reicht.",
    pick: "Oder wähl aus, was passt",
    send: "Senden",
    counted: "Deine {score} ist schon gezählt. Du kannst diese Seite schließen.",
    change: "Ändern",
    changed: "Deine Antwort wurde geändert.",
    close: "Schließen",
    later: "Später",
    skip: "Überspringen",
    keys: "Drück 0 bis 9 oder X für 10",
    optional: "freiwillig",
    yourEmail: "Deine E-Mail-Adresse",
    askedWith: "Gefragt mit Nines",
    language: "Sprache",
    whoReads: "Wer das liest",
    whoReadsText:
      "{company} liest deine Antwort und bewahrt sie mit dem auf, was dort über dich als Kundin oder Kunde bekannt ist.",
    whoReadsAnonymous: "{company} liest deine Antwort. Sie wird ohne Namen, Adresse und Uhrzeit aufbewahrt.",
    dontAsk: "Nicht mehr fragen",
    dontAskTitle: "Diese Fragen abbestellen?",
    dontAskText: "{company} wird dich nicht mehr per E-Mail fragen.",
    dontAskDone: "Erledigt. {company} wird dich nicht mehr per E-Mail fragen.",
    closedTitle: "Diese Frage ist geschlossen",
    closedText: "Hier werden keine Antworten mehr angenommen. Danke, dass du eine geben wolltest.",
    noSuchTitle: "Dieser Link funktioniert nicht",
    noSuchText:
      "Vielleicht wurde er abgeschnitten oder ersetzt. Öffne die neueste Nachricht und versuch den Link darin.",
    offlineTitle: "Noch nicht gesendet",
    offlineText:
      "Deine {score} ist in diesem Browser gespeichert und wird gesendet, sobald du wieder online bist.",
    failed: "Das hat nicht geklappt.",
    tryAgain: "Noch einmal versuchen",
    oneClick: "Ein Klick reicht.",
    rarely: "Wir fragen höchstens einmal in {days} Tagen.",
    rarelyReminded: "Wir fragen höchstens einmal in {days} Tagen und erinnern nur, wenn keine Antwort kam.",
    plainScale: "Öffne die Adresse hinter deiner Zahl:",
    scaleName: "Deine Antwort von 0 bis 10",
  },
};
