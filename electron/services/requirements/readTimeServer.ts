import { defaultTimeServer, timeServer } from '../../../shared/contract/requirements.contract.ts';

/** The time server that was saved, as it was written; empty: the clock is not compared. */
export function readTimeServer(saved: unknown): string {
  return timeServer.safeParse((saved as { timeServer?: unknown } | undefined)?.timeServer).data ?? defaultTimeServer;
}
