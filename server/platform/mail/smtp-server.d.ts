// The part of smtp-server that the tests use; it ships no types.
declare module "smtp-server" {
  import type { EventEmitter } from "node:events";
  import type { Server } from "node:net";
  import type { Readable } from "node:stream";

  interface Session {
    envelope: { rcptTo: { address: string }[] };
    remotePort: number;
  }

  interface Options {
    authOptional?: boolean;
    disabledCommands?: string[];
    closeTimeout?: number;
    disableReverseLookup?: boolean;
    maxClients?: number;
    onRcptTo?(address: { address: string }, session: Session, done: (error?: Error | null) => void): void;
    onData?(stream: Readable, session: Session, done: (error?: Error | null) => void): void;
  }

  export class SMTPServer extends EventEmitter {
    constructor(options: Options);
    listen(port: number, host: string): Server;
    close(done: () => void): void;
  }
}
