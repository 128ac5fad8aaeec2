import type { PastCheck } from '../../shared/contract/network.contract.ts';

/** What a check found of one subject: a target of the network, or a requirement. */
interface CheckFinding extends Pick<PastCheck, 'state' | 'reason' | 'connectMs'> {
  readonly id: string;
}

/** What checks found, of each subject the newest. */
export interface CheckHistory {
  add(findings: readonly CheckFinding[], at: number): void;
  /** The newest first. */
  of(id: string, limit: number): PastCheck[];
  /** The newest of each subject. */
  latest(): (PastCheck & { readonly id: string })[];
  forget(id: string): void;
}

/** The same history, which tells whoever wants to know what failed now and did not before, and what no longer fails. */
export function watchedHistory(history: CheckHistory, turned: (finding: CheckFinding) => void): CheckHistory {
  return {
    ...history,
    add(findings, at) {
      const failed = new Set(history.latest().flatMap(({ id, state }) => (state === 'fail' ? [id] : [])));
      history.add(findings, at);
      for (const finding of findings) if ((finding.state === 'fail') !== failed.has(finding.id)) turned(finding);
    },
  };
}

/** What Status tells of checks that failed. */
export interface CheckTrouble {
  readonly count: number;
  /** What was found, of the first. */
  readonly text: string;
  /** When it was found. */
  readonly at: number;
}

/** Of what was found last: what failed and still matters. Null: nothing did. */
export function checkTrouble(
  latest: readonly (PastCheck & { readonly id: string })[],
  matters: (found: PastCheck & { readonly id: string }) => boolean,
): CheckTrouble | null {
  const failed = latest.filter((found) => found.state === 'fail' && matters(found));
  const [first] = failed;
  return first ? { count: failed.length, text: first.reason, at: first.at } : null;
}
