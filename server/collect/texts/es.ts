import type { SurveyTexts } from "./survey-texts.ts";

/** Spanish that says usted. */
export const es: SurveyTexts = {
  wording: {
    question: "¿Qué probabilidad hay de que recomiende {{ company }} a un amigo o a un colega?",
    low: "nada probable",
    high: "muy probable",
    followUp: {
      detractor: "¿Qué falló? Leemos todas las respuestas.",
      passive: "¿Qué habría hecho falta para que fuera un 9?",
      promoter: "¿Qué no deberíamos cambiar nunca?",
    },
    thanks: {
      detractor: "Gracias por decírnoslo. Leemos todas las respuestas.",
      passive: "Gracias. Leemos todas las respuestas.",
      promoter: "Gracias. Leemos todas las respuestas.",
    },
    thanksLink: "Más información",
    consent: "Pueden escribirme sobre esto",
    email: {
      subject: "Una pregunta, un número",
      reminderSubject: "Una pregunta, un número",
      greeting: "{% if customer.name %}Hola, {{ customer.name }}:{% else %}Hola:{% endif %}",
      intro: "Se responde con un clic. Si tiene un minuto más, la página siguiente pregunta por qué.",
      reason: "Recibe este mensaje porque usa {{ company }}.",
    },
  },
  words: {
    yourAnswer: "Su respuesta",
    saved: "Su respuesta, guardada",
    placeholder: "Basta con una frase.",
    pick: "O elija lo que corresponda",
    send: "Enviar",
    counted: "Su {score} ya está contado. Puede cerrar esta página.",
    change: "Cambiar",
    changed: "Su respuesta se ha cambiado.",
    close: "Cerrar",
    later: "Más tarde",
    skip: "Omitir",
    keys: "Pulse de 0 a 9, o X para 10",
    optional: "opcional",
    yourEmail: "Su correo electrónico",
    askedWith: "Pregunta hecha con Nines",
    language: "Idioma",
    whoReads: "Quién lee esto",
    whoReadsText:
      "{company} lee su respuesta y la guarda junto con lo que sabe de usted como cliente. No se cede a nadie.",
    whoReadsAnonymous:
      "{company} lee su respuesta. Se guarda sin nombre, sin dirección y sin hora: nada indica que es suya, salvo lo que usted escriba.",
    dontAsk: "No preguntarme más",
    dontAskTitle: "¿Dejar de recibir estas preguntas?",
    dontAskText: "{company} no volverá a preguntarle por correo electrónico.",
    dontAskDone: "Hecho. {company} no volverá a preguntarle.",
    closedTitle: "Esta pregunta está cerrada",
    closedText: "Aquí ya no se admiten respuestas. Gracias por querer dar una.",
    noSuchTitle: "Este enlace no funciona",
    noSuchText:
      "Puede que esté cortado o que haya sido sustituido. Abra el correo más reciente y pruebe el enlace que contiene.",
    offlineTitle: "Todavía no se ha enviado",
    offlineText: "Su {score} está guardado en este navegador y se enviará cuando vuelva a tener conexión.",
    failed: "No ha funcionado.",
    tryAgain: "Intentar de nuevo",
    oneClick: "Basta con un clic.",
    rarely: "Preguntamos como mucho una vez cada {days} días.",
    plainScale: "Abra la dirección que sigue a su número:",
    scaleName: "Su respuesta de 0 a 10",
  },
};
