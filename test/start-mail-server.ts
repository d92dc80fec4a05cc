import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import { SMTPServer } from "smtp-server";
import { onTestFinished } from "vitest";

/** A message that the server said yes to. */
export interface ReceivedMail {
  to: string;
  raw: Buffer;
}

/** What the mail server does with the next messages. */
export interface Behaviour {
  /** The reply to a recipient, as `550 5.1.1 no such user`; undefined for yes. */
  refuse?: (address: string) => string | undefined;
  /** Milliseconds before the answer to a message. */
  slow?: number;
  /** Ends the connection in the middle of a message. */
  hangUp?: (address: string) => boolean;
}

/** A real mail server on a free port, which can be told to misbehave, stopped and started again. */
export async function startMailServer(behaviour: Behaviour = {}) {
  const received: ReceivedMail[] = [];
  let port = 0;
  let server: SMTPServer | undefined;
  const sockets = new Map<number, Socket>();

  const start = async () => {
    server = newServer(behaviour, received, (port) => sockets.get(port)?.destroy());
    // Ends with an error when a test cuts its connections.
    server.on("error", () => {});
    const listening = server.listen(port, "127.0.0.1");
    listening.on("connection", (socket: Socket) => {
      const { remotePort = 0 } = socket;
      sockets.set(remotePort, socket);
      socket.on("close", () => sockets.delete(remotePort));
    });
    await once(listening, "listening");
    ({ port } = listening.address() as AddressInfo);
  };
  /** Stops at once, as a machine that loses its power. */
  const stop = async () => {
    const stopping = server;
    server = undefined;
    if (!stopping) return;
    const closed = new Promise<void>((done) => stopping.close(() => done()));
    for (const socket of sockets.values()) socket.destroy();
    await closed;
  };
  await start();
  onTestFinished(stop);
  return { received, behaviour, start, stop, url: `smtp://127.0.0.1:${port}` };
}

function newServer(
  behaviour: Behaviour,
  received: ReceivedMail[],
  hangUp: (port: number) => void,
): SMTPServer {
  return new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    closeTimeout: 50,
    disableReverseLookup: true,
    onRcptTo({ address }, _session, done) {
      const reply = behaviour.refuse?.(address);
      if (reply === undefined) return done();
      const [, code, text] = /^(\d+) (.*)$/.exec(reply) ?? [];
      done(Object.assign(new Error(text), { responseCode: Number(code) }));
    },
    onData(stream, session, done) {
      const to = session.envelope.rcptTo[0]?.address ?? "";
      if (behaviour.hangUp?.(to)) {
        stream.once("data", () => hangUp(session.remotePort));
        return;
      }
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const accept = () => {
          received.push({ to, raw: Buffer.concat(chunks) });
          done();
        };
        if (behaviour.slow) setTimeout(accept, behaviour.slow);
        else accept();
      });
    },
  });
}
