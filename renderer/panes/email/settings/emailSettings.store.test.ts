import { expect, it } from 'vitest';
import { defaultEmailSettings, type EmailSettings } from '../../../../shared/contract/email.contract.ts';
import { AppError } from '../../../../shared/contract/errors.ts';
import { clientSecretState, createEmailSettingsStore, isChanged, passwordState, shownProblems } from './emailSettings.store.ts';

const relay = { ...defaultEmailSettings.relay, host: 'smtp.corp.example', user: 'anna', auth: 'password' as const };
const stored: EmailSettings = { ...defaultEmailSettings, relay, from: 'mfa@corp.example' };

async function opened() {
  const server = { settings: stored, revision: 1, calls: [] as object[], refusal: null as AppError | null, whileSaving: () => {} };
  const answer = () => ({
    ...{ settings: server.settings, revision: server.revision, savedAt: 1, savedBy: 'bob' },
    ...{ passwordStored: true, clientSecretStored: true },
  });
  const store = createEmailSettingsStore({
    email: {
      get: async () => answer(),
      async set({ revision, ...input }: { settings: EmailSettings; revision: number }) {
        server.calls.push(input);
        server.whileSaving();
        if (server.refusal) throw server.refusal;
        if (revision !== server.revision) throw new AppError('changed-meanwhile', 'Saved by bob.');
        server.settings = input.settings;
        server.revision += 1;
        return answer();
      },
    } as never,
  });
  await store.getState().load();
  return { server, state: () => store.getState() };
}

it('applies what was changed and then has nothing unsaved', async () => {
  const { server, state } = await opened();
  expect(isChanged(state())).toBe(false);
  state().change({ mode: 'relay' });
  expect(isChanged(state())).toBe(true);

  expect(await state().apply()).toBe(true);

  expect(server.settings.mode).toBe('relay');
  expect(server.calls).toEqual([{ settings: { ...stored, mode: 'relay' } }]);
  expect(isChanged(state())).toBe(false);
  expect(state().notice).toBe('saved');
});

it('sends nothing while a field has a problem, and says all problems then', async () => {
  const { server, state } = await opened();
  state().change({ portalUrl: 'portal' });
  expect(shownProblems(state()).size).toBe(0);
  state().leave('portalUrl');
  expect([...shownProblems(state()).keys()]).toEqual(['portalUrl']);
  state().change({ connections: '99' });

  expect(await state().apply()).toBe(false);

  expect([...shownProblems(state()).keys()]).toEqual(['portalUrl', 'connections']);
  expect(server.calls).toEqual([]);
});

it('sends a password that was typed and forgets it here', async () => {
  const { server, state } = await opened();
  expect(passwordState(state())).toBe('stored');
  state().changeRelay({ host: 'other.corp.example' });
  expect(passwordState(state())).toBe('forgotten');
  state().setPassword('Tops3cret');
  expect(passwordState(state())).toBe('typed');

  await state().apply();

  expect(server.calls).toMatchObject([{ password: 'Tops3cret', settings: { relay: { host: 'other.corp.example' } } }]);
  expect(state().password).toBe('');
  expect(passwordState(state())).toBe('stored');
});

it('sends no password for nobody', async () => {
  const { server, state } = await opened();
  state().setPassword('Tops3cret');
  state().changeRelay({ auth: 'none' });
  await state().apply();
  expect(server.calls).toEqual([{ settings: { ...stored, relay: { ...relay, user: '', auth: 'none' } } }]);
});

it('keeps what was typed when the server refuses, and while it saves', async () => {
  const { server, state } = await opened();
  server.refusal = new AppError('secret-missing', 'The vault is locked.');
  state().change({ companyName: 'Contoso' });
  expect(await state().apply()).toBe(false);
  expect(state()).toMatchObject({ form: { companyName: 'Contoso' }, saveError: { code: 'secret-missing' } });

  server.refusal = null;
  server.whileSaving = () => state().change({ replyTo: 'help@corp.example' });
  expect(await state().apply()).toBe(true);
  expect(server.settings.replyTo).toBe('');
  expect(state().form).toMatchObject({ companyName: 'Contoso', replyTo: 'help@corp.example' });
  expect(isChanged(state())).toBe(true);
});

it('reads again without losing what is typed', async () => {
  const { server, state } = await opened();
  state().change({ companyName: 'Contoso' });
  server.settings = { ...stored, companyName: 'Theirs' };
  server.revision = 2;
  await state().load();
  expect(state()).toMatchObject({ form: { companyName: 'Contoso' }, theirs: { savedBy: 'bob' } });
  state().loadTheirs();
  expect(state()).toMatchObject({ form: { companyName: 'Theirs' }, theirs: null });
});

it('tests what is typed, with the certificate that was trusted for it', async () => {
  const { state } = await opened();
  state().trust({ sha256: 'AB:'.repeat(31) + 'AB' } as never);
  expect(state().requestDraft()).toEqual({
    settings: { ...stored, relay: { ...relay, pins: [{ host: 'smtp.corp.example', port: 25, sha256: 'ab'.repeat(32) }] } },
  });
  state().change({ from: '' });
  expect(state().requestDraft()).toBeNull();
  expect([...shownProblems(state()).keys()]).toEqual(['from']);
});

it('overwrites nothing that somebody else saved: what was typed goes on top of it, once that was decided', async () => {
  const { server, state } = await opened();
  state().change({ companyName: 'Contoso' });
  state().setPassword('Tops3cret');
  server.settings = { ...stored, mode: 'relay' };
  server.revision = 2;

  expect(await state().apply()).toBe(false);
  expect(state()).toMatchObject({ saveError: null, theirs: { settings: { mode: 'relay' } }, form: { companyName: 'Contoso' } });
  expect(await state().apply()).toBe(false);
  expect(server.calls).toHaveLength(1);

  state().keepMine();
  expect(state()).toMatchObject({ theirs: null, notice: 'kept-mine', password: 'Tops3cret' });
  expect(await state().apply()).toBe(true);
  expect(server.settings).toEqual({ ...stored, mode: 'relay', companyName: 'Contoso' });
});

it('sends the secret of the way of signing in that is chosen, and no other', async () => {
  const { server, state } = await opened();
  const oauth = { tokenUrl: 'https://login.corp.example/token', clientId: 'app-1', scope: '' };
  expect(clientSecretState(state())).toBe('stored');
  state().setPassword('Tops3cret');
  state().changeRelay({ auth: 'oauth2', oauth });
  expect(clientSecretState(state())).toBe('forgotten');
  state().setClientSecret('S3cond');

  await state().apply();

  expect(server.calls).toEqual([{ settings: { ...stored, relay: { ...relay, auth: 'oauth2', oauth } }, clientSecret: 'S3cond' }]);
  expect(state()).toMatchObject({ password: '', clientSecret: '' });
});
