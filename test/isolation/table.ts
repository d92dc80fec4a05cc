import { answeringRows } from "./answering.ts";
import { askingRows } from "./asking.ts";
import { customersRows } from "./customers.ts";
import { eventsRows } from "./events.ts";
import { giftRows } from "./gifts.ts";
import { identifyRows } from "./identify.ts";
import { importsRows } from "./imports.ts";
import { inboxRows } from "./inbox.ts";
import { platformRows } from "./platform.ts";
import { playRows } from "./plays.ts";
import { proveRows } from "./prove.ts";
import { surveysRows } from "./surveys.ts";
import { webhookRows } from "./webhooks.ts";
import type { Row } from "./row.ts";

/** Every route of the real app. A route without a row, or a row without a route, fails isolation.test.ts. */
export const table: Record<string, Row> = {
  ...platformRows,
  ...surveysRows,
  ...askingRows,
  ...answeringRows,
  ...importsRows,
  ...customersRows,
  ...eventsRows,
  ...identifyRows,
  ...playRows,
  ...webhookRows,
  ...giftRows,
  ...inboxRows,
  ...proveRows,
};
