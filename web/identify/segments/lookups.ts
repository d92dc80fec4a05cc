import { useQuery } from "@tanstack/react-query";
import { createContext, useContext, useMemo } from "react";
import { traitsQuery } from "../../collect/editor/editor-data.ts";
import { surveysQuery } from "../../collect/surveys-data.ts";
import { useWorkspace } from "../../session.ts";
import { namesQuery } from "../events/events-data.ts";
import { segmentsQuery } from "./segments-data.ts";

const mostNames = 200;

/** What the lines of the editor offer to choose from. */
export interface Lookups {
  traits: readonly { name: string; values: readonly (string | number | boolean)[] }[];
  /** Names of events, the most frequent first. */
  events: readonly string[];
  surveys: readonly { id: string; name: string }[];
  /** Without the one that is edited. */
  segments: readonly { id: string; name: string }[];
}

/** Given by the editor's page to its lines. */
export const LookupsContext = createContext<Lookups>({
  traits: [],
  events: [],
  surveys: [],
  segments: [],
});

/** What there is to choose from. */
export const useLookups = () => useContext(LookupsContext);

/** Reads what there is to choose from, for the editor of one segment. */
export function useReadLookups(self: string | undefined): Lookups {
  const { slug } = useWorkspace();
  const traits = useQuery(traitsQuery(slug)).data;
  const names = useQuery({ ...namesQuery(slug), refetchInterval: false }).data;
  const surveys = useQuery(surveysQuery(slug)).data;
  const segments = useQuery(segmentsQuery(slug)).data;
  return useMemo(
    () => ({
      traits: (traits ?? []).map(({ name, values }) => ({ name, values: values.map(({ value }) => value) })),
      events: (names ?? []).slice(0, mostNames).map(({ name }) => name),
      surveys: surveys ?? [],
      segments: (segments ?? []).filter(({ id }) => id !== self),
    }),
    [traits, names, surveys, segments, self],
  );
}
