import type { PlayDefinition } from "./play-definition.ts";
import type { PlayProblem, PlaySurroundings } from "./play-problem.ts";
import type { PlayStep, StepOf } from "./play-step.ts";
import { stepNet, type StepNet, waysOf } from "./walk-steps.ts";

/** What is wrong with how the steps hang together, and with what they name. */
export function stepProblems(definition: PlayDefinition, around: PlaySurroundings): PlayProblem[] {
  const net = stepNet(definition);
  return [
    ...inNames(definition),
    ...inWays(definition, net),
    ...definition.steps.flatMap((step, index) =>
      inStep(step, definition, around).map((problem) =>
        Object.assign(problem, { path: [`steps.${index}`, problem.path].filter(Boolean).join(".") }),
      ),
    ),
  ];
}

function inNames({ steps }: PlayDefinition): PlayProblem[] {
  const seen = new Set<string>();
  return steps.flatMap(({ id }, index) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [
      {
        path: `steps.${index}.id`,
        reason: "step_twice",
        message: `Two steps are called ${id}. Give one another name.`,
        values: { step: id },
        blocking: true,
      },
    ];
  });
}

const acts = new Set<PlayStep["kind"]>(["email", "slack", "webhook", "task", "code", "ask"]);

function inWays({ start, steps }: PlayDefinition, net: StepNet): PlayProblem[] {
  if (steps.length === 0 || start === null) {
    return [
      {
        path: "steps",
        reason: "no_steps",
        message: "Nothing happens in this play yet. Add a step to begin with.",
        blocking: true,
      },
    ];
  }
  const missing = [
    { path: "start", way: start },
    ...steps.flatMap((step, index) =>
      waysOf(step).map((way, side) => ({ path: `steps.${index}.${side === 0 ? "next" : "otherwise"}`, way })),
    ),
  ].filter(({ way }) => way !== null && !net.steps.has(way));
  const problems = missing.map(({ path, way }): PlayProblem => ({
    path,
    reason: "no_such_step",
    message: `There is no step ${way}. Let it go on elsewhere, or let customers leave here.`,
    values: { step: String(way) },
    blocking: true,
  }));

  const reached = net.from(start);
  const indexOf = (id: string) => steps.findIndex((step) => step.id === id);
  const loop = net.loopWithoutWait();
  if (loop !== undefined) {
    problems.push({
      path: `steps.${indexOf(loop)}`,
      reason: "loop_without_wait",
      message: `From ${loop} the play comes back to ${loop} without ever waiting, so it would do the same again and again at once. Put a wait in between, or let it go on elsewhere.`,
      values: { step: loop },
      blocking: true,
    });
  }
  const endless = steps.find(({ id }) => reached.has(id) && !net.ends(id));
  if (endless && problems.length === 0) {
    problems.push({
      path: `steps.${indexOf(endless.id)}`,
      reason: "loop_without_end",
      message: `From ${endless.id} there is no way out of the play. Let customers leave somewhere.`,
      values: { step: endless.id },
      blocking: true,
    });
  }
  if (!steps.some(({ id, kind }) => reached.has(id) && acts.has(kind))) {
    problems.push({
      path: "steps",
      reason: "nothing_done",
      message:
        "The steps only wait and branch, so nobody would notice anything. Add a step that does something.",
      blocking: true,
    });
  }
  return [
    ...problems,
    ...steps.flatMap(({ id }, index): PlayProblem[] =>
      reached.has(id)
        ? []
        : [
            {
              path: `steps.${index}`,
              reason: "step_never_reached",
              message: `No way leads to ${id}. Let a step go on to it, or take it out.`,
              values: { step: id },
              blocking: false,
            },
          ],
    ),
  ];
}

/** What a step names that is not there, or does not do. Paths are within the step. */
function inStep(step: PlayStep, definition: PlayDefinition, around: PlaySurroundings): PlayProblem[] {
  switch (step.kind) {
    case "email":
      return inContent(step, around);
    case "slack":
    case "webhook":
      return inReceiver(step, around);
    case "task":
      return step.owner.kind === "person" && !around.members.has(step.owner.person)
        ? [
            gone(
              "owner",
              "no_such_member",
              "Whoever was to do this is no member any more. Choose somebody else.",
            ),
          ]
        : [];
    case "code":
      return inPool(step, definition, around);
    case "ask":
      return inSurvey(step, around);
    case "branch":
      return step.when.kind === "customer" ? inFilter(step.when.filter, around) : [];
    default:
      return [];
  }
}

function inContent({ choose }: StepOf<"email">, { content }: PlaySurroundings): PlayProblem[] {
  if (choose === null) return [];
  if (choose.by === "item") {
    return choose.item !== null && content.has(choose.item)
      ? []
      : [
          gone(
            "choose.item",
            "no_such_content",
            "What this mail puts in is not in the library any more. Choose something else.",
          ),
        ];
  }
  const needsContent = choose.by === "browsed";
  const fits = [...content.values()].some(({ kind }) => choose.kinds.includes(kind));
  if (fits || !needsContent) return [];
  return [
    gone(
      "choose.kinds",
      "nothing_to_choose",
      "The library holds nothing of these kinds, so nobody would get this mail. Add something, or choose other kinds.",
    ),
  ];
}

function inReceiver(step: StepOf<"slack" | "webhook">, { receivers }: PlaySurroundings): PlayProblem[] {
  if (step.receiver === "") return [];
  const receiver = receivers.get(step.receiver);
  if (!receiver) {
    return [
      gone(
        "receiver",
        "no_such_receiver",
        "Where this is sent to is not there any more. Choose another place.",
      ),
    ];
  }
  if (receiver.kind === step.kind) return [];
  return [
    {
      ...gone(
        "receiver",
        "receiver_of_other_kind",
        `${receiver.name} takes no message of this kind. Choose another place.`,
      ),
      values: { name: receiver.name },
    },
  ];
}

function inPool(
  step: StepOf<"code">,
  { holdout }: PlayDefinition,
  { pools, eligible }: PlaySurroundings,
): PlayProblem[] {
  if (step.pool === "") return [];
  const pool = pools.get(step.pool);
  if (!pool)
    return [gone("pool", "no_such_pool", "The pool of codes is not there any more. Choose another.")];
  const { name, free } = pool;
  if (free === 0) {
    return [
      {
        ...gone("pool", "pool_empty", `${name} has no codes left. Add some before the play begins.`),
        values: { name },
      },
    ];
  }
  const customers = Math.ceil((eligible ?? 0) * (1 - holdout.share));
  if (free >= customers) return [];
  return [
    {
      path: "pool",
      reason: "pool_short",
      message: `${name} has ${free.toLocaleString("en")} codes left, and ${customers.toLocaleString("en")} customers would get the play now. Add some, or not all will get one.`,
      values: { name, free, customers },
      blocking: false,
    },
  ];
}

function inSurvey(step: StepOf<"ask">, { surveys }: PlaySurroundings): PlayProblem[] {
  if (step.survey === "") return [];
  const survey = surveys.get(step.survey);
  if (!survey) return [gone("survey", "no_such_survey", "The survey is not there any more. Choose another.")];
  if (survey.state === "live") return [];
  return [
    {
      ...gone(
        "survey",
        "survey_not_live",
        `${survey.name} is not live, so it asks nobody. Publish it first, or choose another.`,
      ),
      values: { name: survey.name },
    },
  ];
}

function inFilter(
  filter: Extract<StepOf<"branch">["when"], { kind: "customer" }>["filter"],
  { segments }: PlaySurroundings,
): PlayProblem[] {
  const missing = segmentsIn(filter).some((id) => !segments.has(id));
  return missing
    ? [
        gone(
          "when.filter",
          "no_such_segment",
          "A segment that this branch looks at is not there any more. Choose another.",
        ),
      ]
    : [];
}

function segmentsIn(filter: unknown): string[] {
  if (typeof filter !== "object" || filter === null || !("kind" in filter)) return [];
  if (filter.kind === "segment" && "segment" in filter) return [String(filter.segment)];
  if (!("of" in filter)) return [];
  return (Array.isArray(filter.of) ? filter.of : [filter.of]).flatMap(segmentsIn);
}

function gone(path: string, reason: string, message: string): PlayProblem {
  return { path, reason, message, blocking: true };
}
