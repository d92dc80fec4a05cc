import { DigestCard } from "./digest-card.tsx";
import { InboxCard } from "./inbox-card.tsx";
import { ReceiversCard } from "./receivers-card.tsx";

/** How the inbox works, who is told at once, and the mail in the morning. */
export function AlertsPage() {
  return (
    <>
      <InboxCard />
      <ReceiversCard />
      <DigestCard />
    </>
  );
}
