import { useEffect, useState } from 'react';

/**
 * What `read` answers, read anew every `everyMs`, whenever `onChanged` tells of a change, and when either function is another one; `before` until
 * the first answer. A read that fails keeps what was known: what keeps it from being read is said by the banner about the connection.
 */
export function useUpToDate<T>(read: () => Promise<T>, onChanged: (listener: () => void) => () => void, everyMs: number, before: T): T {
  const [state, setState] = useState(before);
  useEffect(() => {
    let isOver = false;
    async function take(): Promise<void> {
      try {
        const next = await read();
        if (!isOver) setState(next);
      } catch {
        // See above.
      }
    }
    void take();
    const timer = setInterval(() => void take(), everyMs);
    const stop = onChanged(() => void take());
    return () => {
      isOver = true;
      clearInterval(timer);
      stop();
    };
  }, [read, onChanged, everyMs]);
  return state;
}
