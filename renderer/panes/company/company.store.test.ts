import { expect, it } from 'vitest';
import type { SavedCompany } from '../../../shared/contract/company.contract.ts';
import { defaultCompanySettings, type CompanySettings } from '../../../shared/contract/companySettings.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { createCompanyStore, isChanged, problemsOf } from './company.store.ts';

/** A server with Company Settings that other administrators save too. */
function createServer() {
  let stored: SavedCompany = { settings: defaultCompanySettings, revision: 0, savedAt: null, savedBy: '' };
  const listeners = new Set<(event: { revision: number }) => void>();
  const put = (settings: CompanySettings, savedBy: string) => {
    stored = { settings, revision: stored.revision + 1, savedAt: 1_000, savedBy };
  };
  const tell = () => listeners.forEach((listener) => listener({ revision: stored.revision }));
  return {
    stored: () => stored,
    saveElsewhere(change: Partial<CompanySettings>, isTold = true) {
      put({ ...stored.settings, ...change }, 'bob');
      if (isTold) tell();
    },
    client: {
      company: {
        get: async () => stored,
        async save({ settings, revision }: { settings: CompanySettings; revision: number }) {
          if (revision !== stored.revision) throw new AppError('changed-meanwhile', 'Saved by bob.');
          put(settings, 'anna');
          tell();
          return stored;
        },
        onChanged(listener: (event: { revision: number }) => void) {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
      },
    },
  };
}

async function opened() {
  const server = createServer();
  const store = createCompanyStore(server.client as never);
  store.getState().follow();
  await settled();
  return { server, store, state: () => store.getState() };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

it('applies what was changed and then has nothing unsaved', async () => {
  const { server, state } = await opened();
  state().change('whenDisabled', 'succeed');
  state().typeDays('90');
  expect(isChanged(state())).toBe(true);

  expect(await state().apply()).toBe(true);

  expect(server.stored()).toMatchObject({ revision: 1, settings: { whenDisabled: 'succeed', pinRules: { expirationDays: 90 } } });
  expect(state()).toMatchObject({ notice: 'saved', theirs: null });
  expect(isChanged(state())).toBe(false);
});

it('gives back what holds when changes are discarded', async () => {
  const { state } = await opened();
  state().change('pinRules.minLength', 8);
  state().discard();
  expect(state().form?.settings).toEqual(defaultCompanySettings);
});

it('sends nothing while a field has a problem', async () => {
  const { server, state } = await opened();
  state().typeDays('soon');
  state().change('texts.textMessage.en.one-way-otp', 'Hello <$name$>');

  expect([...problemsOf(state().form!)]).toEqual([
    ['pinRules.expirationDays', 'Enter a number of days from 0 to 999.'],
    ['texts.textMessage.en.one-way-otp', 'Position 7: there is no variable <$name$>. The text must contain <$otp$>.'],
  ]);
  expect(await state().apply()).toBe(false);
  expect(server.stored().revision).toBe(0);
});

it('shows at once what somebody else saved where nothing was changed here', async () => {
  const { server, state } = await opened();
  server.saveElsewhere({ whenInternetDown: 'succeed' });
  await settled();
  expect(state()).toMatchObject({ theirs: null, form: { settings: { whenInternetDown: 'succeed' } } });
});

it.each([true, false])('keeps what was typed when somebody else saves meanwhile (told before: %s)', async (isTold) => {
  const { server, state } = await opened();
  state().change('pinRules.minLength', 8);
  server.saveElsewhere({ whenInternetDown: 'succeed' }, isTold);
  await settled();

  expect(await state().apply()).toBe(false);

  expect(server.stored()).toMatchObject({ savedBy: 'bob', settings: { pinRules: { minLength: 4 } } });
  expect(state()).toMatchObject({ theirs: { savedBy: 'bob' }, saveError: null, form: { settings: { pinRules: { minLength: 8 } } } });
});

it('puts own changes on top of the other’s, and saves both', async () => {
  const { server, state } = await opened();
  state().change('pinRules.minLength', 8);
  server.saveElsewhere({ whenInternetDown: 'succeed', pinRules: { ...defaultCompanySettings.pinRules, expirationDays: 30 } });
  await settled();

  state().keepMine();
  expect(server.stored().savedBy).toBe('bob');
  expect(await state().apply()).toBe(true);

  expect(server.stored().settings).toMatchObject({ whenInternetDown: 'succeed', pinRules: { minLength: 8, expirationDays: 30 } });
});

it('gives up what was typed for what the other saved, when asked to', async () => {
  const { server, state } = await opened();
  state().change('pinRules.minLength', 8);
  server.saveElsewhere({ whenInternetDown: 'succeed' });
  await settled();
  state().loadTheirs();
  expect(state().form?.settings).toEqual(server.stored().settings);
  expect(isChanged(state())).toBe(false);
});

it('keeps what is typed while the server saves', async () => {
  const { state } = await opened();
  state().change('pinRules.minLength', 8);
  const saving = state().apply();
  state().change('pinRules.history', 3);
  await saving;
  expect(state().form?.settings.pinRules).toMatchObject({ minLength: 8, history: 3 });
  expect(isChanged(state())).toBe(true);
});
