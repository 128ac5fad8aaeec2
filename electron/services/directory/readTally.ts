import type { ReadSummary } from '../../../shared/contract/common.ts';

/** Adds up the searches that one read consists of. */
export interface ReadTally {
  /** Takes over references and the first cut. Entries are counted when they are delivered. */
  add(summary: ReadSummary): void;
  /** The same for one of several searches of one tree, which meet the same references. Null: ended by our own limit. */
  addAgain(summary: ReadSummary | null): void;
  /** People that were delivered. */
  count(entries: number): void;
  cut(reason: NonNullable<ReadSummary['cutBy']>): void;
  summary(more?: Pick<ReadSummary, 'strategy' | 'groupDepth'>): ReadSummary;
}

export function createReadTally(): ReadTally {
  const startedAt = performance.now();
  let entries = 0;
  let referrals = 0;
  let cutBy: ReadSummary['cutBy'];
  return {
    add(summary) {
      referrals += summary.referrals;
      cutBy ??= summary.cutBy;
    },
    addAgain(summary) {
      referrals = Math.max(referrals, summary?.referrals ?? 0);
      cutBy ??= summary?.cutBy;
    },
    count: (more) => (entries += more),
    cut: (reason) => (cutBy ??= reason),
    summary(more = {}) {
      const milliseconds = performance.now() - startedAt;
      return { entries, referrals, milliseconds, ...more, ...(cutBy === undefined ? { complete: true } : { complete: false, cutBy }) };
    },
  };
}
