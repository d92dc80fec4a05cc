import type { Access } from "../../server/platform/http/router.ts";
import { type Row, v1 } from "./row.ts";

const readsContent: Access = { role: "viewer", scope: "content:read" };
const writesContent: Access = { role: "editor", scope: "content:write" };
const readsCodes: Access = { role: "viewer", scope: "codes:read" };
const writesCodes: Access = { role: "editor", scope: "codes:write" };

const item = {
  kind: "article",
  name: "a",
  languages: { en: { title: "a", text: "a", link: null } },
};

/** The library, pools of codes and the ledger. */
export const giftRows: Record<string, Row> = {
  "GET /api/v1/content": { access: readsContent, ok: 200, ask: () => ({ path: `${v1}/content` }) },
  "POST /api/v1/content": {
    access: writesContent,
    ok: 201,
    ask: () => ({ path: `${v1}/content`, body: item }),
  },
  "GET /api/v1/content/:id": {
    access: readsContent,
    ok: 200,
    ask: (own) => ({ path: `${v1}/content/${own.ids.content}` }),
    foreign: (other) => [{ path: `${v1}/content/${other.ids.content}` }],
  },
  "PUT /api/v1/content/:id": {
    access: writesContent,
    ok: 200,
    ask: (own) => ({ path: `${v1}/content/${own.ids.content}`, body: item }),
    foreign: (other) => [{ path: `${v1}/content/${other.ids.content}`, body: item }],
  },
  "DELETE /api/v1/content/:id": {
    access: writesContent,
    ok: 200,
    ask: async (own) => ({ path: `${v1}/content/${await own.newContentId()}` }),
    foreign: (other) => [{ path: `${v1}/content/${other.ids.content}` }],
  },
  "GET /api/v1/code-pools": { access: readsCodes, ok: 200, ask: () => ({ path: `${v1}/code-pools` }) },
  "POST /api/v1/code-pools": {
    access: writesCodes,
    ok: 201,
    ask: () => ({ path: `${v1}/code-pools`, body: { name: crypto.randomUUID() } }),
  },
  "PATCH /api/v1/code-pools/:id": {
    access: writesCodes,
    ok: 200,
    ask: (own) => ({ path: `${v1}/code-pools/${own.ids.pool}`, body: { worth: "10 %" } }),
    foreign: (other) => [{ path: `${v1}/code-pools/${other.ids.pool}`, body: { worth: "10 %" } }],
  },
  "DELETE /api/v1/code-pools/:id": {
    access: writesCodes,
    ok: 204,
    ask: async (own) => ({ path: `${v1}/code-pools/${await own.newPoolId()}` }),
    foreign: (other) => [{ path: `${v1}/code-pools/${other.ids.pool}` }],
  },
  "POST /api/v1/code-pools/:id/codes": {
    access: writesCodes,
    ok: 201,
    ask: (own) => ({ path: `${v1}/code-pools/${own.ids.pool}/codes`, body: { codes: ["A"] } }),
    foreign: (other) => [{ path: `${v1}/code-pools/${other.ids.pool}/codes`, body: { codes: ["A"] } }],
  },
  "POST /api/v1/code-pools/:id/withdraw": {
    access: writesCodes,
    ok: 200,
    ask: (own) => ({ path: `${v1}/code-pools/${own.ids.pool}/withdraw`, body: { codes: [] } }),
    foreign: (other) => [{ path: `${v1}/code-pools/${other.ids.pool}/withdraw`, body: {} }],
  },
  "GET /api/v1/code-pools/:id/incentives": {
    access: readsCodes,
    ok: 200,
    ask: (own) => ({ path: `${v1}/code-pools/${own.ids.pool}/incentives` }),
    foreign: (other) => [{ path: `${v1}/code-pools/${other.ids.pool}/incentives` }],
  },
  "GET /api/v1/code-pools/:id/incentives.csv": {
    access: readsCodes,
    ok: 200,
    ask: (own) => ({ path: `${v1}/code-pools/${own.ids.pool}/incentives.csv` }),
    foreign: (other) => [{ path: `${v1}/code-pools/${other.ids.pool}/incentives.csv` }],
  },
  "POST /api/v1/incentives/redeem": {
    access: writesCodes,
    ok: 200,
    ask: (own) => ({ path: `${v1}/incentives/redeem`, body: { code: own.ids.givenCode } }),
    foreign: (other) => [{ path: `${v1}/incentives/redeem`, body: { code: other.ids.givenCode } }],
  },
  "POST /api/v1/incentives/:id/redeem": {
    access: writesCodes,
    ok: 200,
    ask: (own) => ({ path: `${v1}/incentives/${own.ids.incentive}/redeem` }),
    foreign: (other) => [{ path: `${v1}/incentives/${other.ids.incentive}/redeem` }],
  },
};
