import { type CaseList, lists } from "./inbox-data.ts";

/** Which list is open, and which case of it. */
export interface InboxView {
  state: CaseList;
  case?: string | undefined;
}

export function viewOf(search: Partial<Record<string, string>>): InboxView {
  return {
    state: lists.find((list) => list === search.state) ?? "open",
    ...(search.case && /^[\da-f-]{36}$/.test(search.case) && { case: search.case }),
  };
}

export function inboxAddress(slug: string, view: Partial<InboxView> = {}): string {
  const query = new URLSearchParams({
    ...(view.state && view.state !== "open" && { state: view.state }),
    ...(view.case && { case: view.case }),
  }).toString();
  return `/${slug}/inbox${query && `?${query}`}`;
}
