import { expect, it } from 'vitest';
import { changedPart } from './changedPart.ts';

it('marks what differs between common beginning and end', () => {
  expect(changedPart('+49 30 123', '+49 30 923')).toEqual({
    before: { start: '+49 30 ', changed: '1', end: '23' },
    after: { start: '+49 30 ', changed: '9', end: '23' },
  });
});

it('marks everything where one of the texts is empty', () => {
  expect(changedPart('', 'anna@contoso.com').after).toEqual({ start: '', changed: 'anna@contoso.com', end: '' });
});

it('does not count one letter twice when the text became shorter', () => {
  expect(changedPart('aaa', 'aa')).toEqual({
    before: { start: 'aa', changed: 'a', end: '' },
    after: { start: 'aa', changed: '', end: '' },
  });
});

it('never cuts a character in two', () => {
  expect(changedPart('Zoe\u0308', 'Zoe').before).toEqual({ start: 'Zo', changed: 'e\u0308', end: '' });
});
