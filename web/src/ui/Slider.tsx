import styles from "./Slider.module.css";
import { useSliderInput } from "./useSliderInput";

interface SliderProps {
  label: string;
  /** 0 to 1. */
  value: number;
  onChange: (value: number) => void;
}

/** A share between nothing and everything, in steps of five percent by keyboard. */
export function Slider({ label, value, onChange }: SliderProps) {
  const { handlers } = useSliderInput({
    max: 1,
    step: 0.05,
    read: () => value,
    onDrag: onChange,
    onCommit: onChange,
  });
  const percent = `${Math.round(value * 100)}%`;
  return (
    <div
      className={styles["slider"]}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(value * 100)}
      aria-valuetext={percent}
      {...handlers}
    >
      <span className={styles["track"]} />
      <span className={styles["filled"]} style={{ width: percent }} />
      <span className={styles["knob"]} style={{ left: percent }} />
    </div>
  );
}
