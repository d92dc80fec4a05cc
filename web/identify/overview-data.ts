import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { call } from "../api.ts";

/** A low and a high end. */
export type Ends = [low: number, high: number];

/** The score of some answers: NPS in points, shares in percent. */
export interface Score {
  n: number;
  scores: number[];
  detractors: number;
  passives: number;
  promoters: number;
  sevens: number;
  eights: number;
  nps: number | null;
  npsInterval: Ends | null;
  detractorShare: number | null;
  passiveShare: number | null;
  passiveShareInterval: Ends | null;
  promoterShare: number | null;
  weighted?: {
    nps: number | null;
    npsInterval: Ends | null;
    passiveShare: number | null;
    passiveShareInterval: Ends | null;
    effectiveN: number;
  };
}

/** A period of asking. */
export interface Wave {
  id: string;
  name: string;
  from: string;
  to: string;
}

/** Everything on the overview. */
export interface OverviewData {
  survey: { id: string; name: string } | null;
  waves: (Wave & { n: number })[];
  wave: Wave | null;
  score: Score;
  previous: { wave: Wave; score: Score } | null;
  change: {
    points: number;
    interval: Ends;
    pValue: number;
    distinguishable: boolean;
    smallestDetectable: number | null;
  } | null;
  whatIf: { share: number; promotersGained: number; nps: number; gain: number } | null;
  trend: {
    week: string;
    n: number;
    nps: number | null;
    smooth: number | null;
    low: number | null;
    high: number | null;
  }[];
  pace: { perDay: number; enoughOn: string | null } | null;
  latest: number[];
  latestResponseAt: string | null;
  splits: { attribute: "channel" | "language"; value: string; score: Score }[];
}

/** Which survey and wave the overview shows; absent is the server's choice. */
export interface Choice {
  survey?: string | undefined;
  wave?: string | undefined;
}

/** The overview's numbers; read again every 30 seconds while somebody looks. */
export function overviewQuery(slug: string, { survey, wave }: Choice) {
  const query = new URLSearchParams({ ...(survey && { survey }), ...(wave && { wave }) });
  return queryOptions({
    queryKey: [slug, "overview", survey ?? "", wave ?? ""],
    queryFn: () => call<OverviewData>("GET", `/api/v1/overview?${query}`),
    refetchInterval: 30_000,
    refetchOnWindowFocus: true,
    placeholderData: keepPreviousData,
  });
}
