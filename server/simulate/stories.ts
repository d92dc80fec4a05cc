import type { SimulatedAccount } from "./make-accounts.ts";
import type { Theme } from "./write-comment.ts";

/** Somebody at Larkfield's customers who is invented by hand: worth a click, and the same in every sample. */
export interface Story {
  account: { name: string; yearsAgo: number } & Omit<SimulatedAccount["traits"], "since">;
  person: { name: string; role: string; language: "en" | "de" };
  /** What they would answer in each wave, the last one in the quarter that is not over; none where they never answer. */
  scores: number[] | undefined;
  /** What they say with the last answer before this quarter, and what it is about. */
  comment?: { text: string; theme: Theme };
  use: {
    /** Sign-ins in a usual week. */
    sessions: number;
    features: string[];
    shopping?: "browser" | "bargain" | "buyer";
    /** From so many weeks before this quarter on: how much they do, of what they used to. */
    turn?: { weeksBefore: number; level: number };
  };
}

const basics = ["Invoice Sent", "Customer Added", "Quote Sent"];

export const stories: Story[] = [
  {
    account: {
      name: "Tischlerei Brandt & Söhne",
      industry: "Joinery",
      city: "Hamburg",
      country: "DE",
      plan: "Team",
      seats: 6,
      discount: false,
      revenue: 1490,
      yearsAgo: 1.6,
    },
    person: { name: "Katrin Brandt", role: "owner", language: "de" },
    scores: [7, 8, 8, 8, 8],
    comment: {
      text: "Läuft zuverlässig. Ich nutze wohl nur ein Drittel davon. Eine kurze Einweisung wäre schön gewesen.",
      theme: "onboarding",
    },
    use: {
      sessions: 15,
      features: [...basics, "Appointment Booked", "Recurring Invoice Created"],
      turn: { weeksBefore: 7, level: 0.58 },
    },
  },
  {
    account: {
      name: "Hollis & Pryce",
      industry: "Upholstery",
      city: "Bristol",
      country: "UK",
      plan: "Team",
      seats: 8,
      discount: false,
      revenue: 2240,
      yearsAgo: 3.2,
    },
    person: { name: "Hannah Pryce", role: "owner", language: "en" },
    scores: [8, 8, 7, 7, 7],
    comment: {
      text: "Good for quotes and bookings. My accountant still asks for an export that the program does not have.",
      theme: "missing-feature",
    },
    use: {
      sessions: 11,
      features: [...basics, "Appointment Booked", "Payment Recorded", "Report Viewed", "Books Exported"],
      turn: { weeksBefore: 6, level: 0.45 },
    },
  },
  {
    account: {
      name: "Fahrradwerk Köln",
      industry: "Bicycle shop",
      city: "Köln",
      country: "DE",
      plan: "Team",
      seats: 5,
      discount: false,
      revenue: 1180,
      yearsAgo: 2.1,
    },
    person: { name: "Jonas Reuter", role: "manager", language: "de" },
    scores: [8, 7, 8, 8, 8],
    comment: {
      text: "Für Rechnungen und Termine reicht es mir. Was es sonst noch kann, weiß ich ehrlich gesagt nicht.",
      theme: "onboarding",
    },
    use: {
      sessions: 10,
      features: ["Invoice Sent", "Appointment Booked", "Customer Added"],
      turn: { weeksBefore: 5, level: 0.4 },
    },
  },
  {
    account: {
      name: "Studio Nordlicht",
      industry: "Photo studio",
      city: "Kiel",
      country: "DE",
      plan: "Team",
      seats: 4,
      discount: true,
      revenue: 960,
      yearsAgo: 1.1,
    },
    person: { name: "Merle Petersen", role: "owner", language: "de" },
    scores: [7, 7, 8, 7, 7],
    comment: {
      text: "Alles in Ordnung, aber ich kaufe nur, wenn es Rabatt gibt. Den vollen Preis ist es mir so nicht wert.",
      theme: "price",
    },
    use: {
      sessions: 8,
      features: [...basics, "Booking Page Shared", "Payment Recorded"],
      shopping: "bargain",
      turn: { weeksBefore: 6, level: 0.3 },
    },
  },
  {
    account: {
      name: "Marlow Lettings",
      industry: "Property",
      city: "Reading",
      country: "UK",
      plan: "Business",
      seats: 14,
      discount: false,
      revenue: 3120,
      yearsAgo: 4.4,
    },
    person: { name: "Oliver Marlow", role: "owner", language: "en" },
    scores: [8, 8, 8, 8, 8],
    comment: {
      text: "Does the job. I am sure it does more than I use it for, but nobody has ever shown me.",
      theme: "onboarding",
    },
    use: { sessions: 12, features: basics },
  },
  {
    account: {
      name: "Bäckerei Holm",
      industry: "Bakery",
      city: "Flensburg",
      country: "DE",
      plan: "Team",
      seats: 4,
      discount: false,
      revenue: 840,
      yearsAgo: 2.7,
    },
    person: { name: "Birte Holm", role: "owner", language: "de" },
    scores: [8, 9, 8, 8, 8],
    comment: {
      text: "Auf meine letzte Frage habe ich fünf Tage gewartet. Sonst läuft es, wie es soll.",
      theme: "support",
    },
    use: {
      sessions: 9,
      features: [
        ...basics,
        "Recurring Invoice Created",
        "Payment Recorded",
        "Receipt Scanned",
        "Report Viewed",
      ],
    },
  },
  {
    account: {
      name: "Kessler Werkzeugbau",
      industry: "Toolmaking",
      city: "Esslingen",
      country: "DE",
      plan: "Business",
      seats: 20,
      discount: false,
      revenue: 4380,
      yearsAgo: 5.3,
    },
    person: { name: "Anja Kessler", role: "bookkeeper", language: "de" },
    scores: [6, 7, 7, 7, 8],
    comment: {
      text: "Wir schreiben inzwischen alles damit. Nur sieht die Rechnung nicht so aus, wie unsere Kunden sie kennen.",
      theme: "missing-feature",
    },
    use: {
      sessions: 12,
      features: [
        ...basics,
        "Payment Recorded",
        "Bank Transaction Matched",
        "Reminder Sent",
        "Books Exported",
      ],
      shopping: "buyer",
      turn: { weeksBefore: 6, level: 1.5 },
    },
  },
  {
    account: {
      name: "Rowan Garden Design",
      industry: "Landscaping",
      city: "Leeds",
      country: "UK",
      plan: "Team",
      seats: 7,
      discount: false,
      revenue: 1640,
      yearsAgo: 0.9,
    },
    person: { name: "Imogen Rowan", role: "owner", language: "en" },
    scores: [7, 8, 8, 8, 9],
    comment: {
      text: "We use it more every month. I would like someone to show us the rest of it.",
      theme: "onboarding",
    },
    use: {
      sessions: 9,
      features: [...basics, "Appointment Booked", "Time Tracked", "Booking Page Shared", "Report Viewed"],
      turn: { weeksBefore: 7, level: 1.7 },
    },
  },
  // Says nine, and does less and less.
  {
    account: {
      name: "Salon Amsel",
      industry: "Hairdresser",
      city: "Leipzig",
      country: "DE",
      plan: "Team",
      seats: 5,
      discount: false,
      revenue: 1320,
      yearsAgo: 3.8,
    },
    person: { name: "Nele Amsel", role: "owner", language: "de" },
    scores: [9, 10, 9, 9, 9],
    comment: {
      text: "Seit es die Buchungsseite gibt, klingelt das Telefon viel seltener.",
      theme: "usability",
    },
    use: {
      sessions: 13,
      features: [
        "Appointment Booked",
        "Booking Page Shared",
        "Customer Added",
        "Invoice Sent",
        "Payment Recorded",
      ],
      turn: { weeksBefore: 5, level: 0.35 },
    },
  },
  // Has never answered, and comes no more.
  {
    account: {
      name: "Physiotherapie am Stadtpark",
      industry: "Physiotherapy",
      city: "Wien",
      country: "AT",
      plan: "Team",
      seats: 9,
      discount: false,
      revenue: 2050,
      yearsAgo: 2.4,
    },
    person: { name: "Leonie Gruber", role: "manager", language: "de" },
    scores: undefined,
    use: {
      sessions: 11,
      features: ["Appointment Booked", "Customer Added", "Invoice Sent", "Reminder Sent", "Shift Planned"],
      turn: { weeksBefore: 5, level: 0 },
    },
  },
  // Looks at the shop every week, and buys nothing.
  {
    account: {
      name: "Harbour Bikes & Repair",
      industry: "Bicycle shop",
      city: "Brighton",
      country: "UK",
      plan: "Team",
      seats: 3,
      discount: false,
      revenue: 690,
      yearsAgo: 1.4,
    },
    person: { name: "Callum Hart", role: "owner", language: "en" },
    scores: [8, 8, 8, 8, 8],
    comment: {
      text: "Fine as it is. I keep looking at the card reader, but I cannot tell whether it works with my till.",
      theme: "integrations",
    },
    use: {
      sessions: 7,
      features: [...basics, "Appointment Booked", "Payment Recorded", "Receipt Scanned"],
      shopping: "browser",
    },
  },
  // Was lukewarm, found more of it, and says nine now.
  {
    account: {
      name: "Atelier Rheinknie",
      industry: "Design studio",
      city: "Basel",
      country: "CH",
      plan: "Team",
      seats: 6,
      discount: false,
      revenue: 1560,
      yearsAgo: 2,
    },
    person: { name: "Noemi Frei", role: "manager", language: "de" },
    scores: [7, 7, 8, 9, 9],
    comment: {
      text: "Seit wir die Zeiterfassung benutzen, stimmt jede Rechnung auf die Viertelstunde.",
      theme: "usability",
    },
    use: {
      sessions: 9,
      features: [
        ...basics,
        "Time Tracked",
        "Recurring Invoice Created",
        "Report Viewed",
        "Bank Transaction Matched",
      ],
      shopping: "buyer",
      turn: { weeksBefore: 9, level: 1.45 },
    },
  },
];
