import { connect, type Socket } from "node:net";
import { eventBatch } from "./event-batch.ts";

/** What the process that makes the load is told, as one message. */
export interface Load {
  url: string;
  path: string;
  headers: Record<string, string>;
  connections: number;
  /** Either so long, one answer after another on each connection… */
  seconds?: number;
  /** …or one answer on each connection, all at once. */
  burst?: boolean;
  /** Begins the ids, so that no run repeats another's. */
  run: string;
  /** What is sent, where nothing is prepared: answers by default. */
  what?: "events";
  /** These in turn, each once and from a network address of its own, in place of answers made up here. */
  prepared?: PreparedRequest[];
}

/** What one respondent's page sends. */
export interface PreparedRequest {
  path: string;
  body: string;
}

/** What it tells in return. */
export interface LoadResult {
  acknowledged: number;
  refused: number;
  /** What was said to the first that was not acknowledged. */
  refusal?: string;
  seconds: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

// A process of its own, on raw sockets: an HTTP client would take more of the machine than the server it measures.
process.on("message", (load: Load) => {
  void measure(load).then((result) => process.send?.(result));
});

async function measure(load: Load): Promise<LoadResult> {
  const { hostname, port } = new URL(load.url);
  const sockets = await Promise.all(
    Array.from({ length: load.connections }, () =>
      open(hostname.replace("localhost", "127.0.0.1"), Number(port)),
    ),
  );
  const times: number[] = [];
  let refused = 0;
  let refusal: string | undefined;
  let next = 0;
  const start = performance.now();
  const until = start + (load.seconds ?? 0) * 1000;
  const one = async (socket: Socket) => {
    const sent = performance.now();
    const response = await exchange(socket, requestOf(load, next++));
    if (isAcknowledged(response)) times.push(performance.now() - sent);
    else if (refused++ === 0) refusal = response;
  };
  const isOver = () => performance.now() >= until || next >= (load.prepared?.length ?? Infinity);
  await Promise.all(
    sockets.map(async (socket) => {
      do await one(socket);
      while (!load.burst && !isOver());
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  for (const socket of sockets) socket.destroy();
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(share * times.length)] ?? 0;
  return {
    acknowledged: times.length,
    refused,
    ...(refusal !== undefined && { refusal }),
    seconds,
    p50: at(0.5),
    p99: at(0.99),
  };
}

/** The API says 201; elsewhere the body tells what became of it. */
function isAcknowledged(response: string): boolean {
  const told = ['{"outcome":"recorded"}', '{"success":true}'];
  return response.startsWith("HTTP/1.1 201 ") || told.some((body) => response.endsWith(body));
}

function open(host: string, port: number): Promise<Socket> {
  return new Promise((done, reject) => {
    const socket = connect({ host, port, noDelay: true }, () => done(socket));
    socket.once("error", reject);
  });
}

function requestOf({ url, path, headers, run, what, prepared }: Load, number: number): string {
  if (what === "events") return post({ url, path, headers }, eventBatch(run, number));
  if (!prepared) return post({ url, path, headers }, answerOf(run, number));
  const request = prepared[number]!;
  const address = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
  return post({ url, path: request.path, headers: { ...headers, "x-forwarded-for": address } }, request.body);
}

/** One answer: an id, a comment, a customer out of fifty thousand. */
function answerOf(run: string, number: number): string {
  return JSON.stringify({
    id: `${run}-${number}`,
    score: (number * 7) % 11,
    comment: "Everything worked, only the delivery took longer than promised.",
    customer: {
      email: `customer-${(number * 7_919) % 50_000}@example.com`,
      traits: { plan: "pro", seats: number % 40 },
    },
  });
}

function post({ url, path, headers }: Pick<Load, "url" | "path" | "headers">, body: string): string {
  const all = {
    ...headers,
    host: new URL(url).host,
    "content-type": "application/json",
    "content-length": body.length,
  };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  return `POST ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${body}`;
}

/** Sends a request and reads its response, head and body. */
function exchange(socket: Socket, request: string): Promise<string> {
  return new Promise((done, reject) => {
    let received = "";
    const finish = (result: string | Error) => {
      socket.removeAllListeners();
      if (typeof result === "string") done(result);
      else reject(result);
    };
    socket.on("error", finish);
    socket.on("close", () => finish(new Error("The server closed the connection.")));
    socket.on("data", (bytes) => {
      received += bytes.toString("latin1");
      const headEnd = received.indexOf("\r\n\r\n");
      if (headEnd < 0) return;
      const head = received.slice(0, headEnd).toLowerCase();
      const length = /content-length: (\d+)/.exec(head)?.[1];
      const whole = length ? received.length >= headEnd + 4 + Number(length) : received.endsWith("0\r\n\r\n");
      if (whole) finish(received);
    });
    socket.write(request);
  });
}
