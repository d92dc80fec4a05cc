import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { Refusal } from "../errors.ts";

type Fetch = Parameters<typeof getRequestListener>[0];

export interface Listening {
  port: number;
  /** Stops accepting, lets requests in flight finish until the deadline, then cuts them. */
  close(deadlineMilliseconds: number): Promise<void>;
}

/**
 * Serves HTTP. `localhost` means both loopback addresses, because programs differ in which one they try first.
 * @throws Refusal when the address cannot be had
 */
export async function listen(fetch: Fetch, host: string, port: number): Promise<Listening> {
  const first = await open(fetch, host === "localhost" ? "127.0.0.1" : host, port);
  const servers = [first];
  const bound = (first.address() as AddressInfo).port;
  if (host === "localhost") {
    const second = await open(fetch, "::1", bound).catch(async (error: unknown) => {
      if (error instanceof NoSuchAddress) return undefined;
      await close(first, 0);
      throw error;
    });
    if (second) servers.push(second);
  }
  return {
    port: bound,
    close: async (deadline) => {
      await Promise.all(servers.map((server) => close(server, deadline)));
    },
  };
}

/** Fails with the same sentence as `listen`, before anything else is started; gives the port, also for port 0. */
export async function reservePort(host: string, port: number): Promise<number> {
  const reserved = await listen(() => new Response(null, { status: 503 }), host, port);
  await reserved.close(0);
  return reserved.port;
}

class NoSuchAddress extends Error {}

async function open(fetch: Fetch, address: string, port: number): Promise<Server> {
  const listener = getRequestListener(fetch);
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  // An upload of many gigabytes over a slow line is legitimate; its headers are not slow.
  server.requestTimeout = 6 * 3_600_000;
  server.headersTimeout = 30_000;
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((done, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(asRefusal(error, address, port)));
    server.listen({ host: address, port, backlog: 1024 }, done);
  });
  return server;
}

function asRefusal(error: NodeJS.ErrnoException, address: string, port: number): Error {
  if (error.code === "EADDRINUSE")
    return new Refusal(
      "conflict",
      `Port ${port} is already in use by another program. Stop that program, or set PORT to another port.`,
      { reason: "port_in_use", values: { port } },
    );
  if (error.code === "EACCES")
    return new Refusal(
      "conflict",
      `Port ${port} needs more rights than this user has. Set PORT to one above 1023.`,
    );
  if (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT" || error.code === "ENOTFOUND")
    return address === "::1"
      ? new NoSuchAddress()
      : new Refusal(
          "bad_input",
          `This machine has no address ${address}. Set HOST to one it has, or to 0.0.0.0.`,
        );
  return error;
}

async function close(server: Server, deadline: number): Promise<void> {
  const closed = new Promise((done) => server.close(done));
  // A connection that was busy when the server closed becomes idle later and would be kept alive.
  const idle = setInterval(() => server.closeIdleConnections(), 20);
  const cut = setTimeout(() => server.closeAllConnections(), deadline);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}
