import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { fetchText } from "./fetch-text.ts";

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

test("a text is fetched whole, but not what is too long, too slow, elsewhere or an error", async () => {
  const address = await serve((request, response) => {
    if (request.url === "/short") response.end("a certificate");
    else if (request.url === "/error") response.writeHead(404).end("no");
    else if (request.url === "/elsewhere") response.writeHead(302, { location: "/short" }).end();
    else if (request.url === "/slow") response.write("…");
    else {
      const more = () => void response.write("x".repeat(1_000), () => setImmediate(more));
      response.on("close", () => response.destroy());
      more();
    }
  });
  const limits = { most: 10_000, milliseconds: 300 };
  expect(await fetchText(`${address}short`, limits)).toBe("a certificate");
  await expect(fetchText(`${address}error`, limits)).rejects.toThrow("answered 404");
  await expect(fetchText(`${address}endless`, { ...limits, milliseconds: 10_000 })).rejects.toThrow(
    "more than 10000 bytes",
  );
  await expect(fetchText(`${address}slow`, limits)).rejects.toThrow(/timeout/);
  await expect(fetchText(`${address}elsewhere`, limits)).rejects.toThrow();
});
