/** What a failed handing over of a mail means. */
export type Failure =
  /** The mail server as a whole: nothing can be sent now, and no mail is to blame. */
  | { kind: "unreachable"; detail: string }
  /** This mail, for now. */
  | { kind: "later"; detail: string }
  /** This mail, for good. */
  | { kind: "refused"; reason: "no_such_address" | "recipient_refused" | "message_refused"; detail: string };

interface SmtpError {
  code?: string;
  originalCode?: string;
  timeoutType?: string;
  responseCode?: number;
  response?: string;
  command?: string;
  message?: string;
}

// RFC 3463: bad destination mailbox, system or syntax, moved without address, and null MX. 5.1.7 and 5.1.8 are about us.
const noSuchAddress = /^5\.1\.(?:0|1|2|3|6|10)$/;
// Not a part of a network address.
const enhancedCode = /(?<![\d.])5\.\d{1,3}\.\d{1,3}(?!\d|\.\d)/;
const unknownUser =
  /user (?:is )?unknown|unknown (?:user|recipient|address)|no such (?:user|recipient|mailbox)|(?:user|mailbox|recipient|address)[\w <>@.'-]{0,80}(?:not found|does ?n[o']t exist|unknown)/i;

/** Does a mail server's reply say for good that there is no such mailbox? */
export function saysNoSuchAddress(reply: string): boolean {
  const code = enhancedCode.exec(reply)?.[0];
  if (code !== undefined) return noSuchAddress.test(code);
  // Without an enhanced code 550 may as well be a matter of policy, so the words have to say it.
  return /\b55[013]\b/.test(reply) && unknownUser.test(reply);
}

/** Sorts what nodemailer throws. */
export function sortFailure(error: unknown): Failure {
  const { code, command, responseCode, response, message } = error as SmtpError;
  const detail = (response ?? message ?? String(error)).slice(0, 500);
  if (code === "EENVELOPE" || code === "EMESSAGE") {
    if (responseCode === undefined) return { kind: "refused", reason: "message_refused", detail };
    if (responseCode < 500) return { kind: "later", detail };
    // Who refuses our sender refuses every mail: somebody has to put the settings right.
    if (command === "MAIL FROM" || command === "MAIL") return { kind: "unreachable", detail };
    if (code === "EMESSAGE" || command === "DATA")
      return { kind: "refused", reason: "message_refused", detail };
    const reason = saysNoSuchAddress(detail) ? "no_such_address" : "recipient_refused";
    return { kind: "refused", reason, detail };
  }
  const isServers = code !== undefined && ofTheServer.has(code) && !wasConnected(error as SmtpError);
  return { kind: isServers ? "unreachable" : "later", detail };
}

// Everything else that can go wrong goes wrong with one mail, and must not hold up the others.
const ofTheServer = new Set(
  "ECONNECTION ESOCKET ETIMEDOUT EDNS ETLS EREQUIRETLS EAUTH ENOAUTH EOAUTH2 EPROTOCOL EPROXY".split(" "),
);

/** Did the connection break in the middle of this mail? Then it may be the mail that breaks it. */
function wasConnected({ code, originalCode, timeoutType, message }: SmtpError): boolean {
  if (code === "ETIMEDOUT") return timeoutType === "SOCKET_TIMEOUT";
  if (code === "ESOCKET") return originalCode === "ECONNRESET" || originalCode === "EPIPE";
  return (
    code === "ECONNECTION" &&
    message !== undefined &&
    /closed unexpectedly|closed the connection/i.test(message)
  );
}

const minute = 60_000;
const longestPause = 60;
/** One minute, two, four … an hour, and then every hour: about three days. */
export const mostTries = 78;

/** How long to wait after so many tries; undefined when it is given up. */
export function pauseAfter(tries: number): number | undefined {
  return tries >= mostTries ? undefined : Math.min(2 ** (tries - 1), longestPause) * minute;
}
