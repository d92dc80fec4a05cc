import type { RawBuilder } from "kysely";
import type { Database } from "../../platform/database/open.ts";

/** A segment of customers, by its id. */
export interface SegmentPlace {
  workspaceId: string;
  id: string;
}

/** What asking must know of segments. The stage that has them gives it; here they are only names. */
export interface Segments {
  /**
   * The condition that the customer `c` is in a segment at a moment.
   * @param options `among`: the only customers it will be used on, where they are few
   * @throws Refusal when there is no such segment
   */
  condition(
    db: Database,
    segment: SegmentPlace,
    options: { now: Date; among?: readonly string[] | undefined },
  ): Promise<RawBuilder<boolean>>;
  /** Keeps a segment from being deleted until the transaction ends. @throws Refusal when there is no such segment */
  hold(db: Database, segment: SegmentPlace): Promise<void>;
}
