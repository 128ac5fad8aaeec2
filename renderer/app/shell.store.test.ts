import { expect, it, vi } from 'vitest';
import { createShellStore } from './shell.store.ts';

function opened() {
  const store = createShellStore({} as never, 'company');
  const discard = vi.fn<() => void>();
  store.getState().holdPane({ text: 'Not applied.', discard });
  return { state: () => store.getState(), discard };
}

it('asks before a pane with unsaved input is left, and stays when it is kept', () => {
  const { state, discard } = opened();
  state().showPane('users');
  expect(state()).toMatchObject({ paneId: 'company', leaving: { paneId: 'users' } });
  state().stay();
  expect(state()).toMatchObject({ paneId: 'company', leaving: null });
  expect(discard).not.toHaveBeenCalled();
});

it('goes where it was going once the input is given up', () => {
  const { state, discard } = opened();
  state().showImport('job-1');
  expect(state()).toMatchObject({ paneId: 'company', importJobId: null });
  state().leave();
  expect(state()).toMatchObject({ paneId: 'users', importJobId: 'job-1', leaving: null, unsaved: null });
  expect(discard).toHaveBeenCalledOnce();
});

it('asks nothing where nothing would be lost', () => {
  const { state } = opened();
  state().showPane('company');
  expect(state().leaving).toBeNull();
  state().holdPane(null);
  state().showPane('users');
  expect(state()).toMatchObject({ paneId: 'users', leaving: null });
});

it('shows the pane of each step of the wizard, asks before unsaved input is left for it, and ends where it is', () => {
  const { state } = opened();
  state().showSetup('company');
  expect(state()).toMatchObject({ setupStep: 'company', paneId: 'company' });
  state().showSetup('email');
  expect(state()).toMatchObject({ setupStep: 'company', paneId: 'company' });
  state().leave();
  expect(state()).toMatchObject({ setupStep: 'email', paneId: 'email' });
  state().showSetup(null);
  expect(state()).toMatchObject({ setupStep: null, paneId: 'email' });
});
