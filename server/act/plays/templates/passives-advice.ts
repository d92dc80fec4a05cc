import { askAgain, everybodyWho, inOrder, mail, type PlayTemplate, task } from "./play-template.ts";

const passives = everybodyWho({
  kind: "passive_status",
  is: "one_of",
  value: ["stated", "behavioural", "both"],
});
const button = { en: "Show me how", de: "So geht es" };
const toContent = (label: string) => ({ label, link: "{{ content.link }}" });

/** What helps passive customers to get more out of what they have. */
export const adviceForPassives: readonly PlayTemplate[] = [
  {
    id: "passive_most_used",
    group: "passives",
    name: {
      en: "Passives: more from what they use most",
      de: "Passive: mehr aus dem, was sie am meisten nutzen",
    },
    text: {
      en: "Advice from your library around the feature that each of them uses most, then the question again.",
      de: "Ein Rat aus Ihrer Bibliothek zu der Funktion, die jeder von ihnen am meisten nutzt; dann noch einmal die Frage.",
    },
    play: (filling) => ({
      audience: passives,
      start: "advice",
      steps: inOrder(
        mail(
          "advice",
          filling,
          {
            en: {
              subject:
                "{% if content.title %}{{ content.title }}{% else %}What could work better for you?{% endif %}",
              body: "Hello {{ customer.firstName }},\n\n{% if content.title %}you use {{ company }} for what it is made for, so here is something that saves time there:\n\n{{ content.title }}\n{{ content.text }}{% else %}there is one thing you do more often with {{ company }} than anything else: “{{ feature }}”. We would like to know what could work better there.{% endif %}\n\nIf you want to do something that does not work yet, reply to this mail. We read every answer.\n\n{{ company }}",
              button: toContent(button.en),
            },
            de: {
              subject:
                "{% if content.title %}{{ content.title }}{% else %}Was könnte für Sie besser gehen?{% endif %}",
              body: "Guten Tag {{ customer.name }},\n\n{% if content.title %}hier ist etwas, das Ihnen bei dem Zeit spart, was Sie mit {{ company }} am häufigsten tun:\n\n{{ content.title }}\n{{ content.text }}{% else %}eines tun Sie mit {{ company }} öfter als alles andere: „{{ feature }}“. Wir möchten wissen, was dabei besser gehen könnte.{% endif %}\n\nWenn Sie etwas tun möchten, das noch nicht geht, antworten Sie auf diese Nachricht. Wir lesen jede Antwort.\n\nIhr Team von {{ company }}",
              button: toContent(button.de),
            },
          },
          { choose: { by: "most_used", kinds: ["article", "training", "webinar"] } },
        ),
        { id: "time-to-try", kind: "wait", hours: 30 * 24 },
        askAgain(filling, 45),
      ),
    }),
  },
  {
    id: "passive_unused_feature",
    group: "passives",
    name: {
      en: "Passives: a feature they do not use yet",
      de: "Passive: eine Funktion, die sie noch nicht nutzen",
    },
    text: {
      en: "Shows each of them a feature that promoters of the same plan use and they do not, then asks again.",
      de: "Zeigt jedem eine Funktion, die Promotoren im selben Tarif nutzen und er noch nicht; dann noch einmal die Frage.",
    },
    play: (filling) => ({
      audience: passives,
      start: "feature",
      steps: inOrder(
        mail(
          "feature",
          filling,
          {
            en: {
              subject:
                "{% if content.title %}{{ content.title }}{% else %}What others do with {{ company }}{% endif %}",
              body: "Hello {{ customer.firstName }},\n\nmany who work with {{ company }} as you do have come to rely on something you have not tried yet{% if content.title %}:\n\n{{ content.title }}\n{{ content.text }}{% else %}: “{{ feature }}”.{% endif %}\n\nIt is part of what you have already; a few minutes are enough to see whether it helps you. If you have a question, reply to this mail.\n\n{{ company }}",
              button: toContent(button.en),
            },
            de: {
              subject:
                "{% if content.title %}{{ content.title }}{% else %}Was andere mit {{ company }} tun{% endif %}",
              body: "Guten Tag {{ customer.name }},\n\nviele, die mit {{ company }} so arbeiten wie Sie, möchten auf etwas nicht mehr verzichten, das Sie noch nicht ausprobiert haben{% if content.title %}:\n\n{{ content.title }}\n{{ content.text }}{% else %}: „{{ feature }}“.{% endif %}\n\nEs gehört zu dem, was Sie schon haben; in wenigen Minuten sehen Sie, ob es Ihnen hilft. Wenn Sie Fragen haben, antworten Sie auf diese Nachricht.\n\nIhr Team von {{ company }}",
              button: toContent(button.de),
            },
          },
          { choose: { by: "usage_gap", kinds: ["article", "training", "webinar"] } },
        ),
        { id: "time-to-try", kind: "wait", hours: 30 * 24 },
        askAgain(filling, 45),
      ),
    }),
  },
  {
    id: "passive_webinar",
    group: "passives",
    name: {
      en: "Passives: invite to a webinar or a training",
      de: "Passive: zu Webinar oder Schulung einladen",
    },
    text: {
      en: "Invites those who use basic functions only to what shows them the next step.",
      de: "Lädt alle, die nur Grundfunktionen nutzen, zu dem ein, was ihnen den nächsten Schritt zeigt.",
    },
    play: (filling) => ({
      audience: everybodyWho({
        kind: "passive_reason",
        is: "one_of",
        value: ["basic_features", "minimal_use"],
      }),
      start: "invitation",
      steps: inOrder(
        mail(
          "invitation",
          filling,
          {
            en: {
              subject: "An invitation: {{ content.title }}",
              body: "Hello {{ customer.firstName }},\n\nwe would like to invite you:\n\n{{ content.title }}\n{{ content.text }}\n\nIt costs nothing, and there is time for your own questions. If you cannot come, reply to this mail with what you would like to know.\n\n{{ company }}",
              button: toContent("Take part"),
            },
            de: {
              subject: "Einladung: {{ content.title }}",
              body: "Guten Tag {{ customer.name }},\n\nwir möchten Sie einladen:\n\n{{ content.title }}\n{{ content.text }}\n\nDie Teilnahme kostet nichts, und für Ihre eigenen Fragen ist Zeit. Wenn Sie nicht dabei sein können, antworten Sie auf diese Nachricht und schreiben Sie, was Sie wissen möchten.\n\nIhr Team von {{ company }}",
              button: toContent("Teilnehmen"),
            },
          },
          { choose: { by: "usage_gap", kinds: ["webinar", "training"] } },
        ),
        { id: "time-to-learn", kind: "wait", hours: 30 * 24 },
        askAgain(filling, 45),
      ),
    }),
  },
  {
    id: "passive_less_use",
    group: "passives",
    name: { en: "Passives: when they use less", de: "Passive: wenn sie weniger nutzen" },
    text: {
      en: "Reaches out when use declines; whoever does not come back within ten days is called by a member.",
      de: "Meldet sich, wenn die Nutzung nachlässt; wer nach zehn Tagen nicht zurück ist, wird persönlich angesprochen.",
    },
    play: (filling) => ({
      goal: { kind: "retained" },
      audience: {
        ...everybodyWho({ kind: "passive_reason", is: "one_of", value: ["declining_use"] }),
        again: { afterDays: 180 },
      },
      priority: 6,
      start: "we-noticed",
      steps: inOrder(
        mail(
          "we-noticed",
          filling,
          {
            en: {
              subject: "Is something missing?",
              body: "Hello {{ customer.firstName }},\n\nyou used {{ company }} more often some time ago. That can have good reasons. If it is because something got in your way, we would like to know: reply to this mail with one sentence.\n\n{% if content.title %}Perhaps this helps:\n\n{{ content.title }}\n{{ content.text }}\n\n{% endif %}{{ company }}",
              button: toContent(button.en),
            },
            de: {
              subject: "Fehlt Ihnen etwas?",
              body: "Guten Tag {{ customer.name }},\n\nvor einiger Zeit haben Sie {{ company }} öfter genutzt. Das kann gute Gründe haben. Wenn Ihnen aber etwas im Weg stand, möchten wir es wissen: Antworten Sie auf diese Nachricht mit einem Satz.\n\n{% if content.title %}Vielleicht hilft Ihnen das:\n\n{{ content.title }}\n{{ content.text }}\n\n{% endif %}Ihr Team von {{ company }}",
              button: toContent(button.de),
            },
          },
          { choose: { by: "most_used", kinds: ["article", "training", "webinar"], without: "send" } },
        ),
        { id: "ten-days", kind: "wait", hours: 240 },
        {
          id: "is-back",
          kind: "branch",
          when: { kind: "customer", filter: { kind: "last_seen", is: "in_last", days: 7 } },
          next: null,
          otherwise: "call",
        },
        task("call", filling, {
          title: {
            en: "Ask {{ customer.name }} what is missing",
            de: "{{ customer.name }} fragen, was fehlt",
          },
          note: {
            en: "They use less than they used to and did not come back after our mail. Ask what they wanted to reach and what kept them from it.",
            de: "Die Nutzung hat nachgelassen, auch nach unserer Nachricht. Fragen Sie, was erreicht werden sollte und was im Weg stand.",
          },
          hours: 40,
          owner: { kind: "account_owner" },
        }),
      ),
    }),
  },
  {
    id: "passive_shipped",
    group: "passives",
    name: { en: "You asked, it shipped", de: "Sie wollten es, jetzt ist es da" },
    text: {
      en: "Tells those who asked for something that it is there, and asks again three weeks later.",
      de: "Sagt denen, die sich etwas gewünscht haben, dass es da ist, und fragt drei Wochen später noch einmal.",
    },
    play: (filling) => ({
      days: 45,
      start: "shipped",
      steps: inOrder(
        mail(
          "shipped",
          filling,
          {
            en: {
              subject: "You asked for it: {{ content.title }}",
              body: "Hello {{ customer.firstName }},\n\nyou told us what would make {{ company }} better for you. It is there now:\n\n{{ content.title }}\n{{ content.text }}\n\nThank you for saying so. Tell us whether it is what you meant: reply to this mail.\n\n{{ company }}",
              button: toContent("Have a look"),
            },
            de: {
              subject: "Ihr Wunsch ist umgesetzt: {{ content.title }}",
              body: "Guten Tag {{ customer.name }},\n\nSie haben uns gesagt, was {{ company }} für Sie besser machen würde. Jetzt ist es da:\n\n{{ content.title }}\n{{ content.text }}\n\nDanke, dass Sie es gesagt haben. Schreiben Sie uns, ob es so ist, wie Sie es meinten: Antworten Sie einfach auf diese Nachricht.\n\nIhr Team von {{ company }}",
              button: toContent("Ansehen"),
            },
          },
          { choose: { by: "item" } },
        ),
        { id: "time-to-try", kind: "wait", hours: 20 * 24 },
        askAgain(filling, 21),
      ),
    }),
  },
];
