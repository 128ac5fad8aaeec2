import { useEffect, useState } from 'react';
import type { ActivationState } from '../../shared/contract/activation.contract.ts';
import { useClient } from './client.tsx';

/** Another process of this data folder may have changed it, which is told to nobody here. */
const everyMs = 60_000;

/** Whether this server is activated, kept up to date; null until it is known. */
export function useActivation(): ActivationState | null {
  const client = useClient();
  const [state, setState] = useState<ActivationState | null>(null);
  useEffect(() => {
    let isOver = false;
    async function read(): Promise<void> {
      try {
        const next = await client.activation.state(null);
        if (!isOver) setState(next);
      } catch {
        // What keeps it from being read is said by the banner about the connection.
      }
    }
    void read();
    const timer = setInterval(() => void read(), everyMs);
    const stop = client.activation.onChanged(() => void read());
    return () => {
      isOver = true;
      clearInterval(timer);
      stop();
    };
  }, [client]);
  return state;
}
