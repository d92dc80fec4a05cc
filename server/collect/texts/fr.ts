import type { SurveyTexts } from "./survey-texts.ts";

/** French that says vous. */
export const fr: SurveyTexts = {
  wording: {
    question: "Quelle est la probabilité que vous recommandiez {{ company }} à un proche ou à un collègue ?",
    low: "peu probable",
    high: "très probable",
    followUp: {
      detractor: "Qu’est-ce qui n’a pas fonctionné ? Nous lisons chaque réponse.",
      passive: "Qu’est-ce qui en aurait fait un 9 ?",
      promoter: "Que ne devrions-nous surtout jamais changer ?",
    },
    thanks: {
      detractor: "Merci de nous l’avoir dit. Nous lisons chaque réponse.",
      passive: "Merci. Nous lisons chaque réponse.",
      promoter: "Merci. Nous lisons chaque réponse.",
    },
    thanksLink: "En savoir plus",
    consent: "Vous pouvez m’écrire à ce sujet",
    email: {
      subject: "Une question, un chiffre",
      reminderSubject: "Une question, un chiffre",
      greeting: "{% if customer.name %}Bonjour {{ customer.name }},{% else %}Bonjour,{% endif %}",
      intro:
        "Un clic suffit pour répondre. Si vous avez encore une minute, la page suivante demande pourquoi.",
      reason: "Vous recevez ce message parce que vous utilisez {{ company }}.",
    },
  },
  words: {
    yourAnswer: "Votre réponse",
    saved: "Votre réponse, enregistrée",
    placeholder: "Une phrase suffit.",
    pick: "Ou choisissez ce qui correspond",
    send: "Envoyer",
    counted: "Votre {score} est déjà pris en compte. Vous pouvez fermer cette page.",
    change: "Modifier",
    changed: "Votre réponse a été modifiée.",
    close: "Fermer",
    later: "Plus tard",
    skip: "Passer",
    keys: "Appuyez sur une touche de 0 à 9, ou sur X pour 10",
    optional: "facultatif",
    yourEmail: "Votre adresse e-mail",
    askedWith: "Question posée avec Nines",
    language: "Langue",
    whoReads: "Qui lit ceci",
    whoReadsText:
      "{company} lit votre réponse et la conserve avec ce qui est connu de vous en tant que client.",
    whoReadsAnonymous:
      "{company} lit votre réponse. Elle est conservée sans nom, sans adresse et sans heure.",
    dontAsk: "Ne plus me poser de questions",
    dontAskTitle: "Ne plus recevoir ces questions ?",
    dontAskText: "{company} ne vous posera plus de questions par e-mail.",
    dontAskDone: "C’est fait. {company} ne vous posera plus de questions par e-mail.",
    closedTitle: "Cette question est close",
    closedText: "Les réponses ne sont plus acceptées ici. Merci d’avoir voulu en donner une.",
    noSuchTitle: "Ce lien ne fonctionne pas",
    noSuchText:
      "Il a peut-être été coupé ou remplacé. Ouvrez le message le plus récent et essayez le lien qu’il contient.",
    offlineTitle: "Pas encore envoyé",
    offlineText:
      "Votre {score} est conservé dans ce navigateur et partira dès que vous serez de nouveau en ligne.",
    failed: "Cela n’a pas fonctionné.",
    tryAgain: "Réessayer",
    oneClick: "Un clic suffit.",
    rarely: "Nous posons la question au plus une fois tous les {days} jours.",
    rarelyReminded:
      "Nous posons la question au plus une fois tous les {days} jours, avec un rappel seulement si elle reste sans réponse.",
    plainScale: "Ouvrez l’adresse qui suit votre chiffre :",
    scaleName: "Votre réponse de 0 à 10",
  },
};
