import type { SurveyTexts } from "./survey-texts.ts";

/** Italian that says Lei. */
export const it: SurveyTexts = {
  wording: {
    question: "Con quale probabilità consiglierebbe {{ company }} a un amico o a un collega?",
    low: "per niente probabile",
    high: "molto probabile",
    followUp: {
      detractor: "Che cosa non ha funzionato? Leggiamo ogni risposta.",
      passive: "Che cosa sarebbe servito per arrivare a un 9?",
      promoter: "Che cosa non dovremmo cambiare mai?",
    },
    thanks: {
      detractor: "Grazie per avercelo detto. Leggiamo ogni risposta.",
      passive: "Grazie. Leggiamo ogni risposta.",
      promoter: "Grazie. Leggiamo ogni risposta.",
    },
    thanksLink: "Per saperne di più",
    consent: "Potete scrivermi a questo proposito",
    email: {
      subject: "Una domanda, un numero",
      reminderSubject: "Una domanda, un numero",
      greeting: "{% if customer.name %}Buongiorno, {{ customer.name }}.{% else %}Buongiorno.{% endif %}",
      intro: "Basta un clic per rispondere. Se ha ancora un minuto, la pagina successiva chiede il perché.",
      reason: "Riceve questo messaggio perché usa {{ company }}.",
    },
  },
  words: {
    yourAnswer: "La Sua risposta",
    saved: "La Sua risposta, salvata",
    placeholder: "Basta una frase.",
    pick: "Oppure scelga ciò che corrisponde",
    send: "Invia",
    counted: "Il Suo {score} è già stato contato. Può chiudere questa pagina.",
    change: "Modifica",
    changed: "La Sua risposta è stata modificata.",
    close: "Chiudi",
    later: "Più tardi",
    skip: "Salta",
    keys: "Prema da 0 a 9, oppure X per 10",
    optional: "facoltativo",
    yourEmail: "Il Suo indirizzo e-mail",
    askedWith: "Domanda posta con Nines",
    language: "Lingua",
    whoReads: "Chi legge",
    whoReadsText:
      "{company} legge la Sua risposta e la conserva insieme a ciò che sa di Lei come cliente. Non viene ceduta a nessuno.",
    whoReadsAnonymous:
      "{company} legge la sua risposta. Viene conservata senza nome, senza indirizzo e senza orario: nulla dice che è sua, tranne ciò che scrive.",
    dontAsk: "Non chiedermelo più",
    dontAskTitle: "Non ricevere più queste domande?",
    dontAskText: "{company} non Le farà più domande per e-mail.",
    dontAskDone: "Fatto. {company} non Le farà più domande.",
    closedTitle: "Questa domanda è chiusa",
    closedText: "Qui non si accettano più risposte. Grazie per averne voluta dare una.",
    noSuchTitle: "Questo link non funziona",
    noSuchText:
      "Forse è stato troncato o sostituito. Apra il messaggio più recente e provi il link che contiene.",
    offlineTitle: "Non ancora inviato",
    offlineText: "Il Suo {score} è conservato in questo browser e partirà non appena sarà di nuovo online.",
    failed: "Non ha funzionato.",
    tryAgain: "Riprova",
    oneClick: "Basta un clic.",
    rarely: "Lo chiediamo al massimo una volta ogni {days} giorni.",
    plainScale: "Apra l’indirizzo accanto al Suo numero:",
    scaleName: "La Sua risposta da 0 a 10",
  },
};
