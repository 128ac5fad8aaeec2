import type { NetworkTarget, PastCheck } from '../../../shared/contract/network.contract.ts';

/** What Status tells of the network. */
export interface NetworkTrouble {
  readonly count: number;
  /** What was found, of the first. */
  readonly text: string;
  /** When it was found. */
  readonly at: number;
}

/** Targets that are on and failed when they were last checked; null: there are none. */
export function networkTrouble(
  targets: readonly Pick<NetworkTarget, 'id' | 'isEnabled'>[],
  latest: readonly (PastCheck & { readonly id: string })[],
): NetworkTrouble | null {
  const on = new Set(targets.flatMap(({ id, isEnabled }) => (isEnabled ? [id] : [])));
  const failed = latest.filter(({ id, state }) => state === 'fail' && on.has(id));
  const [first] = failed;
  return first ? { count: failed.length, text: first.reason, at: first.at } : null;
}
