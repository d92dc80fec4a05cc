import { answeredAs, everybodyWho, inOrder, mail, type PlayTemplate, task } from "./play-template.ts";

/** What is done for customers who answered 9 or 10. */
export const forPromoters: readonly PlayTemplate[] = [
  {
    id: "promoter_thanks",
    group: "promoters",
    name: { en: "Promoters: thanks, and a parcel", de: "Promotoren: Danke, und ein Päckchen" },
    text: {
      en: "Thanks in one's own words, and reminds a member to send something small.",
      de: "Dankt mit eigenen Worten und erinnert daran, eine Kleinigkeit zu schicken.",
    },
    play: (filling) => ({
      goal: { kind: "retained" },
      audience: { ...everybodyWho(...answeredAs("promoter", 30)), again: { afterDays: 365 } },
      priority: 3,
      // It answers what they have just said.
      restDays: 0,
      start: "thanks",
      steps: inOrder(
        mail("thanks", filling, {
          en: {
            subject: "Thank you, from all of us",
            body: "Hello {{ customer.firstName }},\n\nyou would recommend {{ company }}. We read that out in our team, and it made our day.\n\nWe would like to send you something small. If you like that, reply to this mail with the address it should go to. We use it for this parcel only.\n\nThank you for working with us.\n\n{{ company }}",
          },
          de: {
            subject: "Danke, von uns allen",
            body: "Guten Tag {{ customer.name }},\n\nSie würden {{ company }} weiterempfehlen. Das haben wir im Team vorgelesen und uns sehr darüber gefreut.\n\nWir möchten Ihnen eine Kleinigkeit schicken. Wenn Ihnen das recht ist, antworten Sie auf diese Nachricht mit der Adresse, an die sie gehen soll. Wir verwenden sie nur dafür.\n\nDanke, dass Sie mit uns arbeiten.\n\nIhr Team von {{ company }}",
          },
        }),
        task("parcel", filling, {
          title: {
            en: "Send {{ customer.name }} a parcel",
            de: "{{ customer.name }} ein Päckchen schicken",
          },
          note: {
            en: "A shirt, a mug, and a card written by hand. The address comes as a reply to our mail.",
            de: "Ein Shirt, eine Tasse und eine von Hand geschriebene Karte. Die Adresse kommt als Antwort auf unsere Nachricht.",
          },
          hours: 80,
        }),
      ),
      // The reply brings the address: the parcel still has to be sent.
      stop: { goal: false, complaint: true, reply: false, higherPriority: true },
    }),
  },
  {
    id: "promoter_story",
    group: "promoters",
    name: { en: "Promoters: ask for their story", de: "Promotoren: nach ihrer Geschichte fragen" },
    text: {
      en: "Asks how they work with you and whether others may read about it.",
      de: "Fragt, wie sie mit Ihnen arbeiten und ob andere davon lesen dürfen.",
    },
    play: (filling) => ({
      goal: { kind: "retained" },
      audience: everybodyWho(...answeredAs("promoter", 90)),
      priority: 3,
      start: "story",
      steps: inOrder(
        mail(
          "story",
          filling,
          {
            en: {
              subject: "Would you tell us your story?",
              body: "Hello {{ customer.firstName }},\n\nyou would recommend {{ company }}, and we would like to understand why. What do you do differently now, and what did it change for you{% if account.name %} at {{ account.name }}{% endif %}?\n\nThree sentences as a reply to this mail are plenty. If we want to show others anything of it, we ask you first, and nothing appears without your yes.\n\n{{ company }}",
            },
            de: {
              subject: "Erzählen Sie uns Ihre Geschichte?",
              body: "Guten Tag {{ customer.name }},\n\nSie würden {{ company }} weiterempfehlen, und wir möchten verstehen, warum. Was machen Sie heute anders, und was hat sich dadurch für Sie{% if account.name %} bei {{ account.name }}{% endif %} geändert?\n\nDrei Sätze als Antwort auf diese Nachricht genügen. Wenn wir anderen etwas davon zeigen möchten, fragen wir Sie vorher; ohne Ihr Ja erscheint nichts.\n\nIhr Team von {{ company }}",
            },
          },
          { asks: "story" },
        ),
        { id: "two-weeks", kind: "wait", hours: 14 * 24 },
        task("thank", filling, {
          title: {
            en: "Has {{ customer.name }} told their story?",
            de: "Hat {{ customer.name }} die Geschichte erzählt?",
          },
          note: {
            en: "If so: thank them, and ask before you show anything of it to others. If not: let it be.",
            de: "Wenn ja: Bedanken Sie sich und fragen Sie, bevor Sie anderen etwas davon zeigen. Wenn nein: Lassen Sie es dabei.",
          },
          hours: 40,
        }),
      ),
      stop: { goal: false, complaint: true, reply: false, higherPriority: true },
    }),
  },
];

const sites = [
  ["g2", "G2"],
  ["capterra", "Capterra"],
  ["trustpilot", "Trustpilot"],
  ["google", "Google"],
] as const;

/** Requests for reviews: of everybody who answered, whatever they said, because the places where they are written want it so. */
export const reviewRequests: readonly PlayTemplate[] = sites.map(([site, place]) => ({
  id: `review_${site}`,
  group: "all",
  name: { en: `Reviews on ${place}`, de: `Bewertungen bei ${place}` },
  text: {
    en: `Asks everybody who answered for a review on ${place}, whatever they said. The link is an entry of your library.`,
    de: `Bittet alle, die geantwortet haben, um eine Bewertung bei ${place}, ganz gleich, was sie gesagt haben. Der Link ist ein Eintrag Ihrer Bibliothek.`,
  },
  play: (filling) => ({
    goal: { kind: "retained" },
    days: 30,
    audience: everybodyWho(
      { kind: "answered", is: "at_least", value: 1, days: 180 },
      { kind: "answer_at", is: "before_last", days: 7 },
    ),
    priority: 2,
    start: "review",
    steps: inOrder(
      mail(
        "review",
        filling,
        {
          en: {
            subject: `Would you write what you think of {{ company }} on ${place}?`,
            body: `Hello {{ customer.firstName }},\n\nwhoever looks for something like {{ company }} wants to know what others really think of it. Would you write a few sentences on ${place}? Good or bad: what counts is that it is your own experience.\n\nWe ask everybody who has answered our question, and nobody gets anything for it.\n\nThank you.\n\n{{ company }}`,
            button: { label: `Write on ${place}`, link: "{{ content.link }}" },
          },
          de: {
            subject: `Schreiben Sie bei ${place}, was Sie von {{ company }} halten?`,
            body: `Guten Tag {{ customer.name }},\n\nwer etwas wie {{ company }} sucht, möchte wissen, was andere wirklich davon halten. Würden Sie bei ${place} ein paar Sätze schreiben? Gutes oder Schlechtes: Es zählt, dass es Ihre eigene Erfahrung ist.\n\nWir bitten alle darum, die unsere Frage beantwortet haben, und niemand bekommt etwas dafür.\n\nVielen Dank.\n\nIhr Team von {{ company }}`,
            button: { label: `Bei ${place} schreiben`, link: "{{ content.link }}" },
          },
        },
        { asks: "review", site, choose: { by: "item" } },
      ),
    ),
  }),
}));
