import { expect, it } from 'vitest';
import { createSeenNames } from './seenNames.ts';

it('knows every name again, and no other', () => {
  const names = createSeenNames();
  const dn = (i: number) => `CN=Person ${i},OU=People,DC=contoso,DC=example`;

  for (let i = 0; i < 50_000; i += 1) if (!names.add(dn(i))) throw new Error(`${dn(i)} was taken for another name`);
  for (let i = 0; i < 50_000; i += 1) if (names.add(dn(i))) throw new Error(`${dn(i)} was not known again`);

  expect(names.size).toBe(50_000);
});
