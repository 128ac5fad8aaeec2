import { expect, it } from 'vitest';
import type { UsernameResolution } from '../../../shared/contract/usernames.contract.ts';
import { resolutionText } from '../../i18n/en/company.ts';
import { createTryNameStore } from './tryName.store.ts';

const notInList: UsernameResolution = {
  ...{ outcome: 'not-in-list', user: null, kind: 'directory-id', tried: ['CONTOSO\\anna', 'anna'] },
  ...{ account: null, directoryError: null },
};
const account = { dn: 'CN=Anna,DC=contoso', matched: 'sAMAccountName', identifier: 'guid-1' };

it('does not show the answer for a name that was changed meanwhile', async () => {
  let answer = (_result: UsernameResolution) => {};
  const resolve = () => new Promise<UsernameResolution>((done) => (answer = done));
  const store = createTryNameStore({ usernames: { resolve } as never });
  store.getState().type('anna');
  const asked = store.getState().find();
  store.getState().type('bob');
  answer(notInList);
  await asked;
  expect(store.getState()).toMatchObject({ result: null, isAsking: false });
});

it.each<[Partial<UsernameResolution>, string]>([
  [{ outcome: 'found', user: { id: 1, username: 'anna' }, account }, 'This is the user anna.'],
  [{}, 'No user has this name.'],
  [{ account }, 'The directory knows this name, but none of the users in the list is that person.'],
  [{ outcome: 'not-in-directory' }, 'The directory has no account with this name.'],
  [
    { outcome: 'no-identifier', account },
    'The directory knows this name, but the account has no unique identifier that could be compared.',
  ],
  [{ outcome: 'ambiguous', account }, 'More than one account of the directory has this name, so nobody is meant.'],
])('says what became of a name: %o', (result, sentence) => {
  const [first, second] = resolutionText({ ...notInList, ...result });
  expect(first).toBe(sentence);
  expect(second).toBe('Looked for: “CONTOSO\\anna”, then “anna”.');
});

it('says why the directory was not asked', () => {
  const sentences = resolutionText({ ...notInList, directoryError: { code: 'internal', message: 'No server answered.' } });
  expect(sentences.at(-1)).toBe('The directory could not be asked, so the list of users was searched. No server answered.');
});
