import { Label, Slider as AriaSlider, SliderOutput, SliderThumb, SliderTrack } from "react-aria-components";
import "./slider.css";

/** A number between two ends, chosen by eye; arrow keys move it by a step. */
export function Slider({
  label,
  value,
  min,
  max,
  step,
  written,
  onChange,
}: {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  /** The value in words, beside the label. */
  written: string;
  onChange: (value: number) => void;
}) {
  return (
    <AriaSlider
      className="slider"
      value={value}
      minValue={min}
      maxValue={max}
      step={step}
      onChange={(next) => typeof next === "number" && onChange(next)}
    >
      <Label className="lab">{label}</Label>
      <SliderOutput className="slider-o">{written}</SliderOutput>
      <SliderTrack className="slider-t">
        {({ state }) => (
          <>
            <span className="slider-f" style={{ width: `${100 * state.getThumbPercent(0)}%` }} />
            <SliderThumb className="slider-b" aria-label={label} />
          </>
        )}
      </SliderTrack>
    </AriaSlider>
  );
}
