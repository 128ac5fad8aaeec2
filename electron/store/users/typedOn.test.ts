import { expect, it } from 'vitest';
import { addBit, noBits } from './hits.ts';
import { createTypedOn } from './typedOn.ts';
import { parseSearch } from './userSearch.ts';

const users = 3_199;
const words = (search: string) => parseSearch({ search }).words;
const bits = (...ids: number[]) => {
  const all = noBits(users);
  for (const id of ids) addBit(all, id);
  return all;
};

it('knows whom to look at when a word becomes longer or another one is added', () => {
  const typedOn = createTypedOn();
  const [wide, narrow] = [bits(1, 2, 3), bits(2)];
  typedOn.keep(words('berg'), 7, wide);
  typedOn.keep(words('bergm'), 7, narrow);

  expect(typedOn.within(words('bergma'), 7)).toEqual(narrow);
  expect(typedOn.within(words('anna berge'), 7)).toEqual(wide);
  expect(typedOn.within(words('lindbergh'), 7)).toEqual(wide);
  expect(typedOn.within(words('ber'), 7)).toBeNull();
  expect(typedOn.within(words('anna'), 7)).toBeNull();
});

it('looks at every spelling of a phone', () => {
  const typedOn = createTypedOn();
  typedOn.keep(words('425-'), 7, bits(1));
  // "425-" also means its digits, and so does "425-5": either spelling contains one of the shorter word.
  expect(typedOn.within(words('425-5'), 7)).not.toBeNull();
  expect(typedOn.within(words('42x5'), 7)).toBeNull();

  typedOn.keep(words('25-5'), 8, bits(1));
  expect(typedOn.within(words('425-'), 8)).toBeNull();
});

it('forgets what another version of the list found, and what would not save anything', () => {
  const typedOn = createTypedOn();
  typedOn.keep(words('berg'), 7, bits(1));
  expect(typedOn.within(words('bergm'), 8)).toBeNull();

  typedOn.keep(words('b'), 8, bits(...Array.from({ length: 400 }, (_, id) => id)));
  expect(typedOn.within(words('be'), 8)).toBeNull();
});
