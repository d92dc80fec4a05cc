import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer as createSocketServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { insideNames, insideV4, insideV6, spellings } from "../../../test/inside-addresses.ts";
import { type OutgoingPolicy, readOutsideUrl } from "./outside-url.ts";
import { isPublicAddress } from "./public-address.ts";
import { type OutsideError, requestOutside, type Resolve } from "./request-outside.ts";

const strict: OutgoingPolicy = { allowPrivate: false, ports: undefined };
const open: OutgoingPolicy = { allowPrivate: true, ports: undefined };

const publicV4 = [
  "1.1.1.1",
  "8.8.8.8",
  "100.63.255.255",
  "100.128.0.0",
  "172.15.0.1",
  "172.32.0.1",
  "223.255.255.1",
];

test("addresses of private networks are refused in every spelling, public ones are not", () => {
  const refused = [...Object.values(insideV4).flat().flatMap(spellings), ...insideV6, ...insideNames];
  expect(refused.length).toBeGreaterThan(400);
  for (const host of refused)
    for (const scheme of ["http", "https"])
      expect(readOutsideUrl(`${scheme}://${host}/`, strict).problem?.reason, host).toMatch(
        /^not_(public|a_url)$/,
      );
  for (const host of [
    ...publicV4,
    "[2606:4700::1111]",
    "example.com",
    "[::ffff:8.8.8.8]",
    "[64:ff9b::8.8.8.8]",
  ])
    expect(readOutsideUrl(`https://${host}/`, strict).problem, host).toBeUndefined();
  for (const address of ["", "x", "127.1", "fe80::1%eth0"]) expect(isPublicAddress(address)).toBe(false);
});

test("other schemes, credentials, ports and nonsense are refused with their sentence", () => {
  const reason = (url: string, policy: OutgoingPolicy = { ...strict, ports: [80, 443] }) =>
    readOutsideUrl(url, policy).problem?.reason;
  for (const url of [
    "file:///etc/passwd",
    "gopher://example.com",
    "ftp://example.com",
    "data:,x",
    "javascript:1",
  ])
    expect(reason(url)).toBe("not_http");
  for (const url of [
    "",
    "example.com",
    "http://",
    "http://[::1",
    "http://1.2.3.4.5/",
    "http://a b/",
    "//x",
    "\u0000",
  ])
    expect(reason(url), url).toBe("not_a_url");
  expect(reason(`https://example.com/${"x".repeat(2000)}`)).toBe("not_a_url");
  expect(reason("https://ada:secret@example.com")).toBe("has_password");
  expect(reason("https://example.com@127.0.0.1/")).toBe("has_password");
  expect(reason("https://example.com:22/")).toBe("wrong_port");
  expect(reason("http://127.0.0.1#@example.com/")).toBe("not_public");
  expect(reason("http://127.0.0.1\\@example.com/")).toBe("not_public");
  expect(reason("https://example.com:443/")).toBeUndefined();
  expect(reason("http://127.0.0.1:9/", open)).toBeUndefined();
});

async function served(listener: RequestListener) {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  let sockets = 0;
  server.on("connection", () => (sockets += 1));
  return { port: (server.address() as AddressInfo).port, sockets: () => sockets };
}

const ask = (policy: OutgoingPolicy, url: string, more: object = {}) =>
  requestOutside(policy, { url, body: "{}", headers: {}, ...more }).then(
    ({ status, text }) => ({ status, text }),
    (error: OutsideError) => error.failure.reason,
  );

test("a name that leads inside, at once or at the second question, is never connected to", async () => {
  const { port, sockets } = await served((_, response) => response.end());
  const url = `http://hooks.example.com:${port}/`;
  let asked = 0;
  const flipping: Resolve = (_, done) => {
    asked += 1;
    done(null, [{ address: asked === 1 ? "192.0.2.1" : "127.0.0.1", family: 4 }]);
  };
  for (const resolve of [
    flipping,
    flipping,
    ((_, done) => done(null, [{ address: "::ffff:127.0.0.1", family: 6 }])) as Resolve,
    ((_, done) =>
      done(null, [
        { address: "1.1.1.1", family: 4 },
        { address: "169.254.169.254", family: 4 },
      ])) as Resolve,
  ])
    expect(await ask(strict, url, { resolve })).toBe("not_public");
  for (const host of spellings("127.0.0.1")) {
    const reason = await ask(strict, `http://${host}:${port}/`);
    expect(reason, host).toMatch(/^not_(public|a_url)$/);
  }
  expect(sockets()).toBe(0);
  // Each request asks once, and connects to just what it was told.
  asked = 1;
  expect(await ask(open, url, { resolve: flipping })).toEqual({ status: 200, text: "" });
  expect([asked, sockets()]).toEqual([2, 1]);
});

test("redirects are not followed; slow, endless and broken answers end in time", async () => {
  const inside = await served((_, response) => response.end("secret"));
  const { port } = await served((request, response) => {
    if (request.url === "/redirect") {
      response.writeHead(307, { location: `http://127.0.0.1:${inside.port}/` }).end();
    } else if (request.url === "/endless") {
      response.writeHead(200);
      const more = setInterval(() => response.write("x".repeat(10_000)), 1);
      response.on("close", () => clearInterval(more));
    } else if (request.url === "/slow") {
      response.writeHead(200);
      const more = setInterval(() => response.write("x"), 20);
      response.on("close", () => clearInterval(more));
    } else if (request.url === "/headers") {
      response.setHeader("x", "y".repeat(20_000)).end();
    }
  });
  const to = (path: string, more: object = {}) => ask(open, `http://127.0.0.1:${port}${path}`, more);
  expect(await to("/redirect")).toMatchObject({ status: 307 });
  expect(inside.sockets()).toBe(0);
  expect(await to("/endless")).toEqual({ status: 200, text: "x".repeat(65_536) });
  expect(await to("/endless", { most: 0 })).toEqual({ status: 200, text: "" });
  expect(await to("/slow", { milliseconds: 200 })).toBe("too_slow");
  expect(await to("/silent", { milliseconds: 200 })).toBe("too_slow");
  expect(await to("/headers")).toBe("answer_too_long");
  expect(await ask(open, `https://127.0.0.1:${port}/`)).toBe("not_https");

  const sockets: Socket[] = [];
  const babbler = createSocketServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => {});
    socket.write("SSH-2.0-x\r\n");
  }).listen(0, "127.0.0.1");
  await new Promise((listening) => babbler.once("listening", listening));
  const address = babbler.address() as AddressInfo;
  expect(await ask(open, `http://127.0.0.1:${address.port}/`)).toBe("answer_not_http");
  for (const socket of sockets) socket.destroy();
  await new Promise((closed) => babbler.close(closed));
  expect(await ask(open, `http://127.0.0.1:${address.port}/`)).toBe("nothing_answers");
});
