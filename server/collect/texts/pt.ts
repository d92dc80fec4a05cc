import type { SurveyTexts } from "./survey-texts.ts";

/** Portuguese in words that both Brazil and Portugal use; it says neither tu nor você. */
export const pt: SurveyTexts = {
  wording: {
    question: "Qual é a probabilidade de recomendar a {{ company }} a um amigo ou colega?",
    low: "nada provável",
    high: "muito provável",
    followUp: {
      detractor: "O que falhou? Lemos todas as respostas.",
      passive: "O que faltou para ser um 9?",
      promoter: "O que não devemos mudar nunca?",
    },
    thanks: {
      detractor: "Obrigado por nos dizer. Lemos todas as respostas.",
      passive: "Obrigado. Lemos todas as respostas.",
      promoter: "Obrigado. Lemos todas as respostas.",
    },
    thanksLink: "Saber mais",
    consent: "Podem escrever-me sobre isto",
    email: {
      subject: "Uma pergunta, um número",
      reminderSubject: "Uma pergunta, um número",
      greeting: "{% if customer.name %}Olá, {{ customer.name }}.{% else %}Olá.{% endif %}",
      intro: "Um clique basta para responder. Se tiver mais um minuto, a página seguinte pergunta o motivo.",
      reason: "Recebe esta mensagem porque usa a {{ company }}.",
    },
  },
  words: {
    yourAnswer: "A sua resposta",
    saved: "A sua resposta, guardada",
    placeholder: "Basta uma frase.",
    pick: "Ou escolha o que se aplica",
    send: "Enviar",
    counted: "O seu {score} já foi contado. Pode fechar esta página.",
    change: "Alterar",
    changed: "A sua resposta foi alterada.",
    close: "Fechar",
    later: "Mais tarde",
    skip: "Ignorar",
    keys: "Pressione de 0 a 9, ou X para 10",
    optional: "opcional",
    yourEmail: "O seu e-mail",
    askedWith: "Pergunta feita com Nines",
    language: "Idioma",
    whoReads: "Quem lê isto",
    whoReadsText:
      "A {company} lê a sua resposta e conserva-a junto com os seus dados de cliente. Não é transmitida a terceiros.",
    whoReadsAnonymous:
      "{company} lê a sua resposta. É guardada sem nome, sem endereço e sem hora: nada indica que é sua, exceto o que escrever.",
    dontAsk: "Não perguntar mais",
    dontAskTitle: "Deixar de receber estas perguntas?",
    dontAskText: "A {company} não voltará a perguntar por e-mail.",
    dontAskDone: "Feito. A {company} não voltará a perguntar.",
    closedTitle: "Esta pergunta está encerrada",
    closedText: "Aqui já não se aceitam respostas. Obrigado por querer dar uma.",
    noSuchTitle: "Este link não funciona",
    noSuchText:
      "Pode ter sido cortado ou substituído. Abra o e-mail mais recente e tente o link que lá está.",
    offlineTitle: "Ainda não enviado",
    offlineText: "O seu {score} está guardado neste navegador e será enviado quando voltar a estar online.",
    failed: "Não funcionou.",
    tryAgain: "Tentar de novo",
    oneClick: "Basta um clique.",
    rarely: "Perguntamos no máximo uma vez a cada {days} dias.",
    plainScale: "Abra o endereço ao lado do seu número:",
    scaleName: "A sua resposta de 0 a 10",
  },
};
