import { Input, NumberField } from "react-aria-components";

/** A whole number with its unit: "90 days". Arrow keys count; what is typed is taken when the field is left. */
export function Stepper({
  label,
  unit,
  value,
  min,
  max,
  step = 1,
  onChange,
  isOptional = false,
}: {
  label: string;
  unit: string;
  value: number | null;
  min: number;
  max: number;
  step?: number;
  onChange: (value: number | null) => void;
  /** Empty stands for no limit. */
  isOptional?: boolean;
}) {
  return (
    <NumberField
      className="stepper"
      aria-label={label}
      value={value ?? Number.NaN}
      minValue={min}
      maxValue={max}
      step={step}
      onChange={(next) => {
        if (Number.isNaN(next)) return isOptional ? onChange(null) : undefined;
        return onChange(next);
      }}
    >
      <Input {...(isOptional && { placeholder: "–" })} />
      <span>{unit}</span>
    </NumberField>
  );
}
