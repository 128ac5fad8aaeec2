import { useEffect, useState } from 'react';

interface Read<T> {
  /** Null until it was read. */
  readonly value: T | null;
  /** Why it could not be read; null: it could, or is being read. */
  readonly error: unknown;
  again(): void;
}

/** Reads when the component comes, and again when asked; what is under way is given up when the component goes. */
export function useRead<T>(read: (options: { readonly signal: AbortSignal }) => Promise<T>): Read<T> {
  // What is read does not change while the component is there.
  const [ask] = useState(() => read);
  const [time, setTime] = useState(0);
  const [{ value, error }, setState] = useState<Pick<Read<T>, 'value' | 'error'>>({ value: null, error: null });
  useEffect(() => {
    const controller = new AbortController();
    ask({ signal: controller.signal }).then(
      (answer) => setState({ value: answer, error: null }),
      (failure: unknown) => controller.signal.aborted || setState({ value: null, error: failure }),
    );
    return () => controller.abort();
  }, [ask, time]);

  function again() {
    setState({ value, error: null });
    setTime(time + 1);
  }
  return { value, error, again };
}
