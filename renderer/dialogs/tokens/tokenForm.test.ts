import { expect, it } from 'vitest';
import type { TokenRow } from '../../../shared/contract/tokens.contract.ts';
import { countsAnew, emptyForm, formOf, nextForm, problemsOf, toChanges, toNewToken } from './tokenForm.ts';

const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const token: TokenRow = {
  ...{ id: 1, serial: 'A-1', manufacturer: '', model: '', kind: 'totp', algorithm: 'SHA1', digits: 6, interval: 60 },
  ...{
    startsAt: null,
    expiresAt: Date.UTC(2031, 0, 31, 22),
    state: 'free',
    user: null,
    driftSeconds: 0,
    secretMark: 'm1',
    addedAt: 0,
    updatedAt: 0,
  },
};

it('sends only what was changed, so that a moment within a day stays as it is', () => {
  const before = formOf(token);

  expect(toChanges(before, before)).toEqual({});
  expect(before.expiresOn).toBe('2031-01-31');
  expect(toChanges({ ...before, model: ' K1 ', startsOn: '2026-01-01' }, before)).toEqual({ model: 'K1', startsAt: Date.UTC(2026, 0, 1) });
  expect(toChanges({ ...before, expiresOn: '' }, before)).toEqual({ expiresAt: null });
});

it('says when a token would count anew', () => {
  const before = formOf(token);

  expect(countsAnew({ ...before, model: 'K1' }, before)).toBe(false);
  expect(countsAnew({ ...before, interval: '30' }, before)).toBe(true);
  expect(countsAnew({ ...before, kind: 'hotp' }, before)).toBe(true);
  expect(countsAnew({ ...before, secret }, before)).toBe(true);
});

it('needs a secret key for a new token, and a right one wherever it is given', () => {
  const form = { ...emptyForm, serial: 'A-1' };

  expect(problemsOf(form, { isNew: true }).get('secret')).toBe('The secret key is missing.');
  expect(problemsOf(form, { isNew: false }).size).toBe(0);
  expect(problemsOf({ ...form, secret: secret.replace('Y3', 'Y1') }, { isNew: false }).get('secret')).toContain('Character 11');
});

it('names each field that is wrong', () => {
  const form = {
    ...emptyForm,
    serial: ' ',
    secret,
    interval: '5',
    startsOn: '2027-01-01',
    expiresOn: '2026-01-01',
    model: 'x'.repeat(101),
  };

  expect([...problemsOf(form, { isNew: true }).keys()].toSorted()).toEqual(['expiresOn', 'interval', 'model', 'serial']);
  expect([...problemsOf({ ...form, kind: 'hotp', counter: '-1' }, { isNew: true }).keys()]).toContain('counter');
});

it('gives a new token what belongs to its kind, and keeps for the next one what a box has in common', () => {
  const form = { ...emptyForm, serial: ' A-1 ', secret, kind: 'hotp', counter: '7', model: 'K1' } as const;

  expect(toNewToken(form)).toMatchObject({ serial: 'A-1', kind: 'hotp', counter: 7 });
  expect(toNewToken(form)).not.toHaveProperty('interval');
  expect(nextForm(form)).toMatchObject({ serial: '', secret: '', counter: '0', kind: 'hotp', model: 'K1' });
});
