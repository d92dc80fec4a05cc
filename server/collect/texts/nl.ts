import type { SurveyTexts } from "./survey-texts.ts";

/** Dutch that says u. */
export const nl: SurveyTexts = {
  wording: {
    question: "Hoe waarschijnlijk is het dat u {{ company }} aanbeveelt aan een vriend of collega?",
    low: "onwaarschijnlijk",
    high: "zeer waarschijnlijk",
    followUp: {
      detractor: "Wat ging er mis? Wij lezen elk antwoord.",
      passive: "Wat had er een 9 van gemaakt?",
      promoter: "Wat moeten wij vooral nooit veranderen?",
    },
    thanks: {
      detractor: "Dank u dat u het ons hebt verteld. Wij lezen elk antwoord.",
      passive: "Dank u wel. Wij lezen elk antwoord.",
      promoter: "Dank u wel. Wij lezen elk antwoord.",
    },
    thanksLink: "Meer hierover",
    consent: "U mag mij hierover terugschrijven",
    email: {
      subject: "Eén vraag, één cijfer",
      reminderSubject: "Eén vraag, één cijfer",
      greeting: "{% if customer.name %}Beste {{ customer.name }},{% else %}Goedendag,{% endif %}",
      intro: "Eén klik is uw antwoord. Hebt u nog een minuut, dan vraagt de volgende pagina waarom.",
      reason: "U ontvangt dit bericht omdat u {{ company }} gebruikt.",
    },
  },
  words: {
    yourAnswer: "Uw antwoord",
    saved: "Uw antwoord, opgeslagen",
    placeholder: "Eén zin is genoeg.",
    pick: "Of kies wat past",
    send: "Versturen",
    counted: "Uw {score} is al geteld. U kunt deze pagina sluiten.",
    change: "Wijzigen",
    changed: "Uw antwoord is gewijzigd.",
    close: "Sluiten",
    later: "Later",
    skip: "Overslaan",
    keys: "Druk op 0 tot en met 9, of op X voor 10",
    optional: "niet verplicht",
    yourEmail: "Uw e-mailadres",
    askedWith: "Gevraagd met Nines",
    language: "Taal",
    whoReads: "Wie dit leest",
    whoReadsText:
      "{company} leest uw antwoord en bewaart het bij wat er over u als klant bekend is. Het wordt niet doorgegeven.",
    whoReadsAnonymous:
      "{company} leest uw antwoord. Het wordt bewaard zonder naam, adres of tijdstip: niets zegt dat het van u is, behalve wat u schrijft.",
    dontAsk: "Niet meer vragen",
    dontAskTitle: "Deze vragen niet meer ontvangen?",
    dontAskText: "{company} stuurt u geen vragen meer per e-mail.",
    dontAskDone: "Klaar. {company} stelt u geen vragen meer.",
    closedTitle: "Deze vraag is gesloten",
    closedText: "Hier worden geen antwoorden meer aangenomen. Dank u dat u er een wilde geven.",
    noSuchTitle: "Deze link werkt niet",
    noSuchText:
      "Misschien is hij afgebroken of vervangen. Open de nieuwste e-mail en probeer de link daarin.",
    offlineTitle: "Nog niet verstuurd",
    offlineText: "Uw {score} wordt in deze browser bewaard en verstuurd zodra u weer online bent.",
    failed: "Dat is niet gelukt.",
    tryAgain: "Opnieuw proberen",
    oneClick: "Eén klik is genoeg.",
    rarely: "Wij vragen het hoogstens eens in de {days} dagen.",
    plainScale: "Open het adres achter uw cijfer:",
    scaleName: "Uw antwoord van 0 tot en met 10",
  },
};
