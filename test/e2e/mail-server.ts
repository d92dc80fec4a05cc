import { once } from "node:events";
import type { AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer } from "smtp-server";

export interface MailServer {
  url: string;
  /** Every message it has said yes to, as it came. */
  received: Buffer[];
  /** Addresses of those whose address matches, one for each message. */
  to: (address: RegExp) => string[];
  /** The messages to one address, in the order they came. */
  messages: (address: string) => Promise<Email[]>;
  close: () => void;
}

/** Takes every message, as a mail server does. */
export async function startMailServer(): Promise<MailServer> {
  const received: Buffer[] = [];
  const recipients: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    disableReverseLookup: true,
    closeTimeout: 50,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        received.push(Buffer.concat(chunks));
        recipients.push(session.envelope.rcptTo[0]?.address ?? "");
        done();
      });
    },
  });
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  const { port } = listening.address() as AddressInfo;
  return {
    received,
    url: `smtp://127.0.0.1:${port}`,
    to: (address) => recipients.filter((each) => address.test(each)),
    messages: async (address) =>
      Promise.all(
        received.filter((_, i) => recipients[i] === address).map(async (raw) => PostalMime.parse(raw)),
      ),
    close: () => server.close(() => {}),
  };
}
