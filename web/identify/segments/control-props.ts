import type { Control } from "./condition-forms.ts";
import type { DraftCondition } from "./filter-model.ts";

/** What a control of a condition is given. */
export interface ControlProps<One extends Control = Control> {
  condition: DraftCondition;
  control: One;
  /** Tells the condition from others, for those who hear the page. */
  number: string;
  onChange: (condition: DraftCondition) => void;
}

/** The same of one type of control. */
export type PropsOf<Type extends Control["type"]> = ControlProps<Extract<Control, { type: Type }>>;
