import type { SurveyTexts } from "./survey-texts.ts";

/** Polish that says Pani/Pan where it cannot do without. */
export const pl: SurveyTexts = {
  wording: {
    question:
      "Jak bardzo prawdopodobne jest, że poleci Pani/Pan firmę {{ company }} znajomym lub współpracownikom?",
    low: "mało prawdopodobne",
    high: "bardzo prawdopodobne",
    followUp: {
      detractor: "Co poszło nie tak? Czytamy każdą odpowiedź.",
      passive: "Czego zabrakło do dziewiątki?",
      promoter: "Czego nigdy nie powinniśmy zmieniać?",
    },
    thanks: {
      detractor: "Dziękujemy za szczerość. Czytamy każdą odpowiedź.",
      passive: "Dziękujemy. Czytamy każdą odpowiedź.",
      promoter: "Dziękujemy. Czytamy każdą odpowiedź.",
    },
    thanksLink: "Więcej na ten temat",
    consent: "Można do mnie napisać w tej sprawie",
    email: {
      subject: "Jedno pytanie, jedna liczba",
      reminderSubject: "Jedno pytanie, jedna liczba",
      greeting: "{% if customer.name %}Dzień dobry, {{ customer.name }}.{% else %}Dzień dobry.{% endif %}",
      intro: "Wystarczy jedno kliknięcie. Na następnej stronie pytamy jeszcze, dlaczego; zajmuje to minutę.",
      reason: "Ta wiadomość dotarła do Pani/Pana, bo korzysta Pani/Pan z usług firmy {{ company }}.",
    },
  },
  words: {
    yourAnswer: "Pani/Pana odpowiedź",
    saved: "Odpowiedź zapisana",
    placeholder: "Wystarczy jedno zdanie.",
    pick: "Albo proszę wybrać to, co pasuje",
    send: "Wyślij",
    counted: "Ocena {score} została już policzona. Można zamknąć tę stronę.",
    change: "Zmień",
    changed: "Odpowiedź została zmieniona.",
    close: "Zamknij",
    later: "Później",
    skip: "Pomiń",
    keys: "Klawisze od 0 do 9 albo X zamiast 10",
    optional: "nieobowiązkowe",
    yourEmail: "Adres e-mail",
    askedWith: "Pytanie zadano przez Nines",
    language: "Język",
    whoReads: "Kto to czyta",
    whoReadsText:
      "{company} czyta tę odpowiedź i przechowuje ją razem z tym, co wie o Pani/Panu jako kliencie.",
    whoReadsAnonymous: "{company} czyta tę odpowiedź. Jest przechowywana bez nazwiska, adresu i godziny.",
    dontAsk: "Nie pytaj mnie więcej",
    dontAskTitle: "Zrezygnować z tych pytań?",
    dontAskText: "{company} nie będzie już wysyłać pytań e-mailem.",
    dontAskDone: "Gotowe. {company} nie będzie już wysyłać pytań e-mailem.",
    closedTitle: "To pytanie jest zamknięte",
    closedText: "Odpowiedzi nie są tu już przyjmowane. Dziękujemy za chęć udzielenia odpowiedzi.",
    noSuchTitle: "Ten link nie działa",
    noSuchText:
      "Mógł zostać ucięty albo zastąpiony innym. Proszę otworzyć najnowszą wiadomość i spróbować linku, który w niej jest.",
    offlineTitle: "Jeszcze nie wysłano",
    offlineText:
      "Ocena {score} jest zachowana w tej przeglądarce i zostanie wysłana po odzyskaniu połączenia.",
    failed: "Nie udało się.",
    tryAgain: "Spróbuj ponownie",
    oneClick: "Wystarczy jedno kliknięcie.",
    rarely: "Pytamy najwyżej raz na {days} dni.",
    rarelyReminded: "Pytamy najwyżej raz na {days} dni i przypominamy tylko wtedy, gdy nie ma odpowiedzi.",
    plainScale: "Proszę otworzyć adres obok wybranej liczby:",
    scaleName: "Odpowiedź od 0 do 10",
  },
};
