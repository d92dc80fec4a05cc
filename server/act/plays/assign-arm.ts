import { isHeldOut, placeOf } from "../../statistics/assignment.ts";

/** What an arm is drawn by. */
export interface Assignment {
  play: { id: string; salt: string; holdoutShare: number };
  workspace: { id: string; salt: string; permanentHoldout: number };
  /** What is assigned as a whole: the customer, or their account with all its people. */
  unit: string;
  customer: string;
}

/**
 * Whether a customer may enter a play, and in which arm. The same for ever, on every server, in any order.
 *
 * The workspace's permanent holdout comes first, customer by customer and by a salt of its own: no play contacts those, and they
 * are in no arm, so that they stay comparable with everybody else.
 * @returns the arm with the place by which it was drawn; undefined for customers of the permanent holdout
 */
export function assignArm({
  play,
  workspace,
  unit,
  customer,
}: Assignment): { readonly arm: "treated" | "holdout"; readonly place: number } | undefined {
  if (isPermanentlyHeldOut(workspace, customer)) return undefined;
  const place = placeOf(play.id, play.salt, unit);
  return { arm: isHeldOut(place, play.holdoutShare) ? "holdout" : "treated", place };
}

/** Whether no play of a workspace contacts this customer. */
export function isPermanentlyHeldOut(
  { id, salt, permanentHoldout }: Assignment["workspace"],
  customer: string,
): boolean {
  return isHeldOut(placeOf(id, salt, customer), permanentHoldout);
}
