import type { SurveyTexts } from "./survey-texts.ts";

/** German that says Sie. */
export const de: SurveyTexts = {
  wording: {
    question:
      "Wie wahrscheinlich ist es, dass Sie {{ company }} einer Freundin oder einem Kollegen empfehlen?",
    low: "unwahrscheinlich",
    high: "sehr wahrscheinlich",
    followUp: {
      detractor: "Was lief schief? Wir lesen jede Antwort.",
      passive: "Was hätte es zu einer 9 gemacht?",
      promoter: "Was sollten wir auf keinen Fall ändern?",
    },
    thanks: {
      detractor: "Danke, dass Sie es uns gesagt haben. Wir lesen jede Antwort.",
      passive: "Vielen Dank. Wir lesen jede Antwort.",
      promoter: "Vielen Dank. Wir lesen jede Antwort.",
    },
    thanksLink: "Mehr dazu",
    consent: "Sie dürfen mir dazu zurückschreiben",
    email: {
      subject: "Eine Frage, eine Zahl",
      reminderSubject: "Eine Frage, eine Zahl",
      greeting: "{% if customer.name %}Guten Tag, {{ customer.name }}.{% else %}Guten Tag.{% endif %}",
      intro:
        "Ein Klick beantwortet sie. Wenn Sie noch eine Minute haben: Die nächste Seite fragt nach dem Warum.",
      reason: "Sie erhalten diese Nachricht, weil Sie {{ company }} nutzen.",
    },
  },
  words: {
    yourAnswer: "Ihre Antwort",
    saved: "Ihre Antwort, gespeichert",
    placeholder: "Ein Satz genügt.",
    pick: "Oder wählen Sie, was passt",
    send: "Senden",
    counted: "Ihre {score} ist schon gezählt. Sie können diese Seite schließen.",
    change: "Ändern",
    changed: "Ihre Antwort wurde geändert.",
    close: "Schließen",
    later: "Später",
    skip: "Überspringen",
    keys: "Drücken Sie 0 bis 9 oder X für 10",
    optional: "freiwillig",
    yourEmail: "Ihre E-Mail-Adresse",
    askedWith: "Gefragt mit Nines",
    language: "Sprache",
    whoReads: "Wer das liest",
    whoReadsText:
      "{company} liest Ihre Antwort und bewahrt sie mit dem auf, was dort über Sie als Kundin oder Kunde bekannt ist.",
    whoReadsAnonymous: "{company} liest Ihre Antwort. Sie wird ohne Namen, Adresse und Uhrzeit aufbewahrt.",
    dontAsk: "Nicht mehr fragen",
    dontAskTitle: "Diese Fragen abbestellen?",
    dontAskText: "{company} wird Sie nicht mehr per E-Mail fragen.",
    dontAskDone: "Erledigt. {company} wird Sie nicht mehr per E-Mail fragen.",
    closedTitle: "Diese Frage ist geschlossen",
    closedText: "Hier werden keine Antworten mehr angenommen. Danke, dass Sie eine geben wollten.",
    noSuchTitle: "Dieser Link funktioniert nicht",
    noSuchText:
      "Vielleicht wurde er abgeschnitten oder ersetzt. Öffnen Sie die neueste Nachricht und versuchen Sie den Link darin.",
    offlineTitle: "Noch nicht gesendet",
    offlineText:
      "Ihre {score} ist in diesem Browser gespeichert und wird gesendet, sobald Sie wieder online sind.",
    failed: "Das hat nicht geklappt.",
    tryAgain: "Noch einmal versuchen",
    oneClick: "Ein Klick genügt.",
    rarely: "Wir fragen höchstens einmal in {days} Tagen.",
    rarelyReminded: "Wir fragen höchstens einmal in {days} Tagen und erinnern nur, wenn keine Antwort kam.",
    plainScale: "Öffnen Sie die Adresse hinter Ihrer Zahl:",
    scaleName: "Ihre Antwort von 0 bis 10",
  },
};
