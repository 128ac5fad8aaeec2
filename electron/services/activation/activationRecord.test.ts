import { expect, it } from 'vitest';
import { authorityToReach } from './activationRecord.ts';

it('has an authority to reach only where it is another computer that can be asked', () => {
  const elsewhere = { host: 'mfa1.corp.example', port: 8463, isOffline: false };
  expect(authorityToReach(elsewhere)).toEqual({ host: 'mfa1.corp.example', port: 8463 });
  expect(authorityToReach({ ...elsewhere, isOffline: true })).toBeNull();
  expect(authorityToReach({ ...elsewhere, host: 'localhost' })).toBeNull();
  expect(authorityToReach(null)).toBeNull();
});
