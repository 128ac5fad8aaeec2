import { describe, expect, it } from 'vitest';
import { readText } from './readText.ts';

const read = { entries: 1_234, complete: true, referrals: 0, milliseconds: 1_260 };

describe('what is said of a read', () => {
  it('is how many came, that it was all, and how long it took', () => {
    expect(readText(read)).toBe('Read 1,234 entries, complete (1.3 s).');
  });

  it('is what cut it, and what was left to other servers', () => {
    expect(readText({ ...read, entries: 1, complete: false, cutBy: 'server-size-limit', referrals: 1 })).toBe(
      'Read 1 entry, cut by the size limit of the server, 1 reference to other servers ignored (1.3 s).',
    );
  });

  it('is how the members of nested groups were found, why another way was taken, and how deep they are nested', () => {
    const walked = readText({ ...read, strategy: 'walk, because in-chain was too slow', groupDepth: 3, referrals: 2 });

    expect(walked).toBe(
      'Read 1,234 entries, complete, 2 references to other servers ignored (1.3 s, nested groups followed level by level, because in-chain was too slow, 3 levels of nested groups).',
    );
  });
});
