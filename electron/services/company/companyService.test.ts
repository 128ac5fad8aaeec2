import { describe, expect, it } from 'vitest';
import { defaultCompanySettings, type CompanySettings } from '../../../shared/contract/companySettings.ts';
import type { Call } from '../../runtime/call.ts';
import { createCompanyService } from './companyService.ts';
import { readCompany } from './readCompany.ts';

function createCompany(stored?: unknown) {
  const notes: object[] = [];
  const events: number[] = [];
  const state = { stored };
  const service = createCompanyService({
    read: () => state.stored,
    change: (next) => void (state.stored = JSON.parse(JSON.stringify(next(state.stored))) as unknown),
    isCountry: (code) => ['US', 'DE'].includes(code),
    now: () => 1_000,
    changed: (revision) => void events.push(revision),
  });
  const call = (account = 'anna'): Call => ({
    caller: { id: 'w1', account, access: new Set(['read', 'manage']) },
    signal: new AbortController().signal,
    ref: 'r',
    note: (details) => void notes.push(details),
  });
  return { service, state, notes, events, call };
}

const withTexts = (texts: Partial<CompanySettings['texts']>): CompanySettings => ({
  ...defaultCompanySettings,
  texts: { ...defaultCompanySettings.texts, ...texts },
});

describe('company settings', () => {
  it('are the safe defaults until somebody saves', async () => {
    const { service, call } = createCompany();

    expect(await service.get(null, call())).toEqual({ settings: defaultCompanySettings, revision: 0, savedAt: null, savedBy: '' });
    expect(defaultCompanySettings).toMatchObject({ whenDisabled: 'fail', whenInternetDown: 'fail' });
  });

  it('are saved with who and when, told to everybody, and noted before and after', async () => {
    const { service, call, notes, events } = createCompany();
    const settings = { ...defaultCompanySettings, whenDisabled: 'succeed' as const };

    const saved = await service.save({ settings, revision: 0 }, call());

    expect(saved).toEqual({ settings, revision: 1, savedAt: 1_000, savedBy: 'anna' });
    expect(await service.get(null, call())).toEqual(saved);
    expect(notes).toEqual([{ before: defaultCompanySettings, after: settings }]);
    expect(events).toEqual([1]);
  });

  it('of another administrator are not overwritten', async () => {
    const { service, call, state, events } = createCompany();
    await service.save({ settings: { ...defaultCompanySettings, defaultCountry: 'DE' }, revision: 0 }, call('bert'));

    const late = service.save({ settings: defaultCompanySettings, revision: 0 }, call('anna'));

    await expect(late).rejects.toMatchObject({ code: 'changed-meanwhile', details: { savedBy: 'bert', revision: 1 } });
    expect(state.stored).toMatchObject({ revision: 1, settings: { defaultCountry: 'DE' } });
    expect(events).toEqual([1]);
  });

  it.each([
    [{ ...defaultCompanySettings, defaultCountry: 'XX' }, 'defaultCountry'],
    [
      {
        ...defaultCompanySettings,
        userDefaults: { ...defaultCompanySettings.userDefaults, languages: { call: 'pl', text: 'pl', app: 'pl', oath: 'en' } },
      },
      'userDefaults.languages.text',
    ],
    [withTexts({ textMessage: { de: { 'one-way-otp': 'Kein Code' } } }), 'texts.textMessage.de.one-way-otp'],
    [withTexts({ oathToken: { de: { 'enter-code': 'Code <$otp$>' } } }), 'texts.oathToken.de.enter-code'],
    [
      withTexts({ textMessage: Object.fromEntries(Array.from({ length: 61 }, (_, i) => [`en-A${String(i).padStart(2, '0')}`, {}])) }),
      'texts.textMessage',
    ],
  ])('are refused with the field and words, %#', async (settings, field) => {
    const { service, call, state } = createCompany();

    const refused = service.save({ settings, revision: 0 }, call());

    await expect(refused).rejects.toMatchObject({
      code: 'invalid-input',
      details: { field, problem: expect.stringContaining(field) as string },
    });
    expect(state.stored).toBeUndefined();
  });

  it('of an older version have defaults for what it did not know', () => {
    const { texts: _unknown, ...older } = defaultCompanySettings;

    const read = readCompany({ settings: { ...older, pinRules: { minLength: 7 } }, revision: 3, savedAt: 5, savedBy: 'x' });

    expect(read.settings).toEqual({ ...defaultCompanySettings, pinRules: { ...defaultCompanySettings.pinRules, minLength: 7 } });
  });

  it.each(['text', { revision: 'x' }, { settings: { whenDisabled: 'perhaps' } }])('that are damaged are said to be: %j', async (stored) => {
    const { service, call } = createCompany(stored);

    await expect(service.get(null, call())).rejects.toMatchObject({ code: 'store-damaged' });
    await expect(service.save({ settings: defaultCompanySettings, revision: 0 }, call())).resolves.toMatchObject({ revision: 1 });
  });
});
