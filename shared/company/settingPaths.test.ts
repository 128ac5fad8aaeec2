import { expect, it } from 'vitest';
import { defaultCompanySettings } from '../contract/companySettings.ts';
import { changedPaths, leavesOf, rebased, withLeaf } from './settingPaths.ts';

const text = 'texts.textMessage.pt-BR.one-way-otp';

it('reads and changes one setting by its path', () => {
  const changed = withLeaf(defaultCompanySettings, 'pinRules.minLength', 6);

  expect(leavesOf(changed).get('pinRules.minLength')).toBe(6);
  expect(changedPaths(defaultCompanySettings, changed)).toEqual(['pinRules.minLength']);
});

it('refuses what the setting cannot be', () => {
  expect(() => withLeaf(defaultCompanySettings, 'pinRules.minLength', 2)).toThrow();
  expect(() => withLeaf(defaultCompanySettings, 'pinRules.canChange', undefined)).toThrow();
});

it('adds a language with its first text and takes it away with its last', () => {
  const added = withLeaf(defaultCompanySettings, text, 'Code <$otp$>');

  expect(added.texts.textMessage).toEqual({ 'pt-BR': { 'one-way-otp': 'Code <$otp$>' } });
  expect(withLeaf(added, text, undefined)).toEqual(defaultCompanySettings);
});

it('puts own changes on top of those of somebody else', () => {
  const mine = withLeaf(withLeaf(defaultCompanySettings, text, 'Mine <$otp$>'), 'pinRules.minLength', 8);
  const theirs = withLeaf(withLeaf(defaultCompanySettings, 'whenDisabled', 'succeed'), 'pinRules.minLength', 5);

  const joined = rebased(defaultCompanySettings, mine, theirs);

  expect(leavesOf(joined).get(text)).toBe('Mine <$otp$>');
  expect(joined).toMatchObject({ whenDisabled: 'succeed', pinRules: { minLength: 8 } });
});

it('takes away in theirs what was taken away in mine', () => {
  const base = withLeaf(defaultCompanySettings, text, 'Old <$otp$>');
  const theirs = withLeaf(base, 'defaultCountry', 'DE');

  expect(rebased(base, defaultCompanySettings, theirs)).toEqual({ ...defaultCompanySettings, defaultCountry: 'DE' });
});
