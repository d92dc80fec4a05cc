import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { api, read } from "../../api.ts";
import { surveysQuery } from "../../collect/surveys-data.ts";
import { namesQuery } from "../../identify/events/events-data.ts";
import { segmentsQuery } from "../../identify/segments/segments-data.ts";
import { useWorkspace } from "../../session.ts";

interface Named {
  id: string;
  name: string;
}

/** What steps and goals can name, with the names that stand in their sentences. */
export interface PlayChoices {
  segments: readonly Named[];
  surveys: readonly (Named & { state: "draft" | "live" | "paused" | "archived" })[];
  /** Names of events that count as features, and of all events. */
  features: readonly string[];
  events: readonly string[];
  members: readonly Named[];
  receivers: readonly (Named & { kind: string })[];
  pools: readonly (Named & { free: number })[];
  content: readonly (Named & { kind: string })[];
}

const none: readonly never[] = [];

/** Reads what there is to choose from. */
export function usePlayChoices(): PlayChoices {
  const { slug } = useWorkspace();
  const segments = useQuery(segmentsQuery(slug)).data ?? none;
  const surveys = useQuery(surveysQuery(slug)).data ?? none;
  const names = useQuery({ ...namesQuery(slug), refetchInterval: false }).data;
  const members = useQuery({
    queryKey: [slug, "members"],
    queryFn: () => read(api.api.v1.members.$get()),
  }).data;
  const receivers = useQuery({
    queryKey: [slug, "receivers"],
    queryFn: async () => (await read(api.api.v1.receivers.$get())).receivers,
  }).data;
  const pools = useQuery({
    queryKey: [slug, "code-pools"],
    queryFn: () => read(api.api.v1["code-pools"].$get()),
  }).data;
  const content = useQuery({
    queryKey: [slug, "content", "all"],
    queryFn: () => read(api.api.v1.content.$get({ query: {} })),
  }).data;
  return useMemo(
    () => ({
      segments,
      surveys,
      features: (names ?? []).filter(({ countsAs }) => countsAs === "feature").map(({ name }) => name),
      events: (names ?? []).map(({ name }) => name),
      members: (members?.members ?? []).map(({ id, name }) => ({ id, name })),
      receivers: receivers ?? none,
      pools: pools?.pools ?? none,
      content: content?.items ?? none,
    }),
    [segments, surveys, names, members, receivers, pools, content],
  );
}

/** The name of something that may be gone. */
export function nameIn(list: readonly Named[], id: string | null | undefined): string | undefined {
  return list.find((each) => each.id === id)?.name;
}
