import { queryOptions } from "@tanstack/react-query";
import type {
  ArrivedEvent,
  EventErrorShown,
  EventName,
} from "../../../server/identify/events/events-page.ts";
import { api, read } from "../../api.ts";

export type { ArrivedEvent, EventErrorShown, EventName };
/** What an event says of a customer. */
export type CountsAs = EventName["countsAs"];

const { events, "event-names": names, "event-errors": errors } = api.api.v1;

/** The names of events, which the server counts every two seconds. */
export function namesQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "event-names"],
    queryFn: async (): Promise<EventName[]> => (await read(names.$get())).names,
    refetchInterval: 5_000,
  });
}

/** The events that arrived last, while somebody looks at them arriving. */
export function arrivedQuery(slug: string, isOn: boolean) {
  return queryOptions({
    queryKey: [slug, "events", "arrived"],
    queryFn: async (): Promise<ArrivedEvent[]> =>
      (await read(events.$get({ query: { limit: "30" } }))).events,
    refetchInterval: isOn ? 3_000 : false,
    refetchOnWindowFocus: isOn,
  });
}

/** What was wrong with messages of the last day. */
export function errorsQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "event-errors"],
    queryFn: async (): Promise<EventErrorShown[]> => (await read(errors.$get())).errors,
    refetchInterval: 15_000,
  });
}

/** Decides what an event says of a customer; null takes the decision back. */
export function decideName(name: string, countsAs: CountsAs | null) {
  return read(names[":name"].$patch({ param: { name }, json: { countsAs } }));
}
