import { useEffect, useState } from "react";

/** A value once it has not changed for `delay` milliseconds: what is asked of the server waits for a pause in typing. */
export function useSettled<T>(value: T, delay: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return settled;
}
