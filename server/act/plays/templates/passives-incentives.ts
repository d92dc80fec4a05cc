import { askAgain, everybodyWho, inOrder, mail, type PlayTemplate } from "./play-template.ts";

/** What gives passive customers a reason to buy, or to say what they think. */
export const incentivesForPassives: readonly PlayTemplate[] = [
  {
    id: "passive_offer",
    group: "passives",
    name: {
      en: "Passives: an offer from what they looked at",
      de: "Passive: ein Angebot zu dem, was sie angesehen haben",
    },
    text: {
      en: "Who looks at products again and again without buying gets a code that works once.",
      de: "Wer immer wieder Produkte ansieht und nichts kauft, bekommt einen Code, der einmal gilt.",
    },
    play: (filling) => ({
      goal: { kind: "purchase" },
      days: 30,
      audience: {
        ...everybodyWho({ kind: "passive_reason", is: "one_of", value: ["browsing"] }),
        again: { afterDays: 180 },
      },
      start: "code",
      steps: inOrder(
        { id: "code", kind: "code", pool: filling.pool, purpose: "offer" },
        mail(
          "offer",
          filling,
          {
            en: {
              subject: "For you: {{ content.title }}",
              body: "Hello {{ customer.firstName }},\n\nyou had a look at this:\n\n{{ content.title }}\n{{ content.text }}\n\nIf it is right for you, take this code with you. It is yours alone and works once:\n\n{{ code }}\n\n{% if codeWorth %}It is worth {{ codeWorth }}. {% endif %}{% if codeExpires %}You can use it until {{ codeExpires }}. {% endif %}If something keeps you from buying, reply to this mail and tell us.\n\n{{ company }}",
              button: { label: "Have a look", link: "{{ content.link }}" },
            },
            de: {
              subject: "Für Sie: {{ content.title }}",
              body: "Guten Tag {{ customer.name }},\n\ndas haben Sie sich angesehen:\n\n{{ content.title }}\n{{ content.text }}\n\nWenn es das Richtige für Sie ist, nehmen Sie diesen Code mit. Er gehört nur Ihnen und gilt einmal:\n\n{{ code }}\n\n{% if codeWorth %}Er ist {{ codeWorth }} wert. {% endif %}{% if codeExpires %}Sie können ihn bis zum {{ codeExpires }} einlösen. {% endif %}Wenn Sie etwas vom Kauf abhält, antworten Sie auf diese Nachricht und sagen Sie es uns.\n\nIhr Team von {{ company }}",
              button: { label: "Ansehen", link: "{{ content.link }}" },
            },
          },
          { choose: { by: "browsed", kinds: ["product", "offer"] } },
        ),
      ),
    }),
  },
  {
    id: "passive_feedback",
    group: "passives",
    name: { en: "The silent: a thank-you for taking part", de: "Stille: ein Dankeschön fürs Mitmachen" },
    text: {
      en: "Asks those who seldom answer and thanks everybody who does with a code, whatever they say.",
      de: "Fragt alle, die selten antworten, und dankt jedem, der es tut, mit einem Code, egal was er sagt.",
    },
    play: (filling) => ({
      days: 60,
      // It says that the question comes, and thanks for the answer: with a rest in between neither would be in time.
      restDays: 0,
      audience: everybodyWho({ kind: "passive_reason", is: "one_of", value: ["scarce_answers"] }),
      start: "word-before",
      stop: { goal: false, complaint: true, reply: false, higherPriority: true },
      steps: inOrder(
        mail("word-before", filling, {
          en: {
            subject: "One question, and a thank-you",
            body: "Hello {{ customer.firstName }},\n\nin a few days we will ask you one question, with a number from 0 to 10 as the answer. We would like to know what you think, above all if it is not good.\n\nWhoever answers gets a small thank-you by mail, whatever the number is.\n\n{{ company }}",
          },
          de: {
            subject: "Eine Frage, ein Dankeschön",
            body: "Guten Tag {{ customer.name }},\n\nin einigen Tagen stellen wir Ihnen eine Frage, auf die Sie mit einer Zahl von 0 bis 10 antworten. Wir möchten wissen, was Sie denken, vor allem, wenn es nichts Gutes ist.\n\nWer antwortet, bekommt per E-Mail ein kleines Dankeschön, ganz gleich, welche Zahl es ist.\n\nIhr Team von {{ company }}",
          },
        }),
        askAgain(filling, 3),
        {
          id: "until-they-answer",
          kind: "wait",
          hours: 21 * 24,
          until: { kind: "answer" },
          otherwise: null,
        },
        { id: "code", kind: "code", pool: filling.pool, purpose: "answer" },
        mail("thank-you", filling, {
          en: {
            subject: "Thank you for your answer",
            body: "Hello {{ customer.firstName }},\n\nthank you for your answer. This is for you, whatever you said:\n\n{{ code }}\n\n{% if codeWorth %}It is worth {{ codeWorth }}. {% endif %}{% if codeExpires %}You can use it until {{ codeExpires }}.{% endif %}\n\n{{ company }}",
          },
          de: {
            subject: "Danke für Ihre Antwort",
            body: "Guten Tag {{ customer.name }},\n\nvielen Dank für Ihre Antwort. Das ist für Sie, ganz gleich, was Sie gesagt haben:\n\n{{ code }}\n\n{% if codeWorth %}Der Code ist {{ codeWorth }} wert. {% endif %}{% if codeExpires %}Sie können ihn bis zum {{ codeExpires }} einlösen.{% endif %}\n\nIhr Team von {{ company }}",
          },
        }),
      ),
    }),
  },
];
