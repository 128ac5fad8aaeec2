/** What a lease needs from the store and the clock. */
export interface LeasePorts {
  /** Takes or renews a lease; false while somebody else holds it. */
  take(name: string, holder: string, times: { now: number; expiresAt: number }): boolean;
  release(name: string, holder: string): void;
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls back again and again until the returned function is called. */
  every(intervalMs: number, callback: () => void): () => void;
  /** A heartbeat that failed; the lease counts as lost until one works again. */
  log(error: unknown): void;
}

export interface Lease {
  isHeld(): boolean;
  stop(): void;
}

const heartbeatMs = 4_000;
/** Three heartbeats may be missed before another process takes over. */
const lifetimeMs = 15_000;

/**
 * Competes for one named lease among all processes that share the data folder. `onChange(true)` says that this process
 * may do the background work from now on, `onChange(false)` that it may no longer.
 */
export function holdLease(name: string, holder: string, ports: LeasePorts, onChange: (held: boolean) => void): Lease {
  let held = false;

  function beat(): void {
    let now = false;
    try {
      const at = ports.now();
      now = ports.take(name, holder, { now: at, expiresAt: at + lifetimeMs });
    } catch (error) {
      ports.log(error);
    }
    if (now === held) return;
    held = now;
    try {
      onChange(held);
    } catch (error) {
      ports.log(error);
    }
  }

  const stop = ports.every(heartbeatMs, beat);
  beat();

  return {
    isHeld: () => held,
    stop() {
      stop();
      if (!held) return;
      held = false;
      onChange(false);
      ports.release(name, holder);
    },
  };
}
