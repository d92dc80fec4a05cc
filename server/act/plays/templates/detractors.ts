import {
  answeredAs,
  askAgain,
  everybodyWho,
  inOrder,
  mail,
  type PlayTemplate,
  task,
} from "./play-template.ts";

/** What is done for customers who answered 0 to 6. */
export const forDetractors: readonly PlayTemplate[] = [
  {
    id: "detractor_first_touch",
    group: "detractors",
    name: { en: "Detractors: the first answer", de: "Kritiker: die erste Antwort" },
    text: {
      en: "Thanks at once, says that it is taken seriously, and has a member write in person.",
      de: "Dankt sofort, nimmt die Antwort ernst und sorgt dafür, dass sich jemand persönlich meldet.",
    },
    play: (filling) => ({
      goal: { kind: "retained" },
      days: 90,
      audience: { ...everybodyWho(...answeredAs("detractor", 7)), again: { afterDays: 90 } },
      priority: 9,
      // It answers what they have just said, so no rest is due between the two.
      restDays: 0,
      hours: { from: "08:00", to: "20:00", weekends: true },
      start: "thanks",
      steps: inOrder(
        mail("thanks", filling, {
          en: {
            subject: "Thank you for telling us",
            body: "Hello {{ customer.firstName }},\n\nthank you for your answer. You are not satisfied with {{ company }}, and we take that seriously: a person reads what you wrote, not a program.\n\nSomeone from our team will write to you within two working days. If there is something we should know before that, simply reply to this mail.\n\nYou matter to us as a customer, and we want to put this right.\n\n{{ company }}",
          },
          de: {
            subject: "Danke, dass Sie es uns sagen",
            body: "Guten Tag {{ customer.name }},\n\nvielen Dank für Ihre Antwort. Sie sind mit {{ company }} nicht zufrieden, und das nehmen wir ernst: Was Sie geschrieben haben, liest ein Mensch und kein Programm.\n\nJemand aus unserem Team meldet sich innerhalb von zwei Arbeitstagen bei Ihnen. Wenn wir vorher etwas wissen sollten, antworten Sie einfach auf diese Nachricht.\n\nSie sind uns als Kundin oder Kunde wichtig, und wir möchten das in Ordnung bringen.\n\nIhr Team von {{ company }}",
          },
        }),
        task("talk", filling, {
          title: {
            en: "Write to {{ customer.name }} in person",
            de: "Persönlich an {{ customer.name }} schreiben",
          },
          note: {
            en: "Ask what happened, in one open question. Say what you will do and by when, and do it. Promise nothing that you cannot keep.",
            de: "Fragen Sie mit einer offenen Frage, was passiert ist. Sagen Sie, was Sie bis wann tun, und tun Sie es. Versprechen Sie nichts, was Sie nicht halten können.",
          },
          hours: 16,
          owner: { kind: "account_owner" },
        }),
      ),
    }),
  },
  {
    id: "detractor_ask_again",
    group: "detractors",
    name: { en: "Detractors: ask again", de: "Kritiker: noch einmal fragen" },
    text: {
      en: "Some weeks after the bad answer: asks what is still missing, and then the question again.",
      de: "Einige Wochen nach der schlechten Antwort: fragt, was noch fehlt, und stellt dann die Frage noch einmal.",
    },
    play: (filling) => ({
      days: 60,
      audience: everybodyWho(...answeredAs("detractor", 180), {
        kind: "answer_at",
        is: "before_last",
        days: 45,
      }),
      priority: 7,
      start: "since",
      steps: inOrder(
        mail("since", filling, {
          en: {
            subject: "Is it better now?",
            body: "Hello {{ customer.firstName }},\n\nsome weeks ago you told us that you would not recommend {{ company }}. Since then we have worked on what you and others wrote.\n\nIs anything still in your way? Reply to this mail, and a person will read it. In a few days we will ask our one question again, to know whether we are getting better for you.\n\n{{ company }}",
          },
          de: {
            subject: "Ist es besser geworden?",
            body: "Guten Tag {{ customer.name }},\n\nvor einigen Wochen haben Sie uns gesagt, dass Sie {{ company }} nicht weiterempfehlen würden. Seitdem arbeiten wir an dem, was Sie und andere uns geschrieben haben.\n\nStört Sie noch etwas? Antworten Sie auf diese Nachricht; ein Mensch liest sie. In einigen Tagen stellen wir unsere eine Frage noch einmal, um zu wissen, ob wir für Sie besser werden.\n\nIhr Team von {{ company }}",
          },
        }),
        { id: "some-days", kind: "wait", hours: 14 * 24 },
        askAgain(filling, 16),
      ),
    }),
  },
];
