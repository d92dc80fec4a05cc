import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

// A mail server that says yes to everything and keeps nothing.
let received = 0;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  disableReverseLookup: true,
  onData(stream, _session, done) {
    stream.on("end", () => {
      received++;
      done();
    });
    stream.resume();
  },
});
const listening = server.listen(0, "127.0.0.1");
await once(listening, "listening");
process.on("message", () => process.send?.(received));
process.send?.({ url: `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}` });
