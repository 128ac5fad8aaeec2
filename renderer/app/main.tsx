import './withoutEval.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createClient } from '../../shared/contract/client.ts';
import type { Contract } from '../../shared/contract/define.ts';
import { contract } from '../../shared/contract/index.ts';
import { App } from './App.tsx';
import { createOpener } from './channel.ts';
import { createClientPreferences } from './clientPreferences.ts';
import { createDialogsStore } from './dialogs.store.ts';
import { createDurableChannel } from './durableChannel.ts';
import { createJobsStore } from './jobs.store.ts';
import { firstPane } from './panes.ts';
import { createShellStore } from './shell.store.ts';
import { reloadPage } from '../ui/usePageGuard.ts';

const procedures: Contract = contract;

const channel = createDurableChannel({
  open: createOpener(),
  mayRepeat: (service, method) => procedures[service]?.[method]?.kind === 'query',
  onState(state) {
    const isBack = state === 'connected' && shell.getState().connection === 'reconnecting';
    shell.getState().setConnection(state);
    if (!isBack) return;
    // Events were missed meanwhile, and it may be another process that answers now.
    void readServerAgain();
    void shell.getState().readDirectory();
    void jobs.getState().read();
    shell.getState().paneCommands.refresh?.();
  },
});
const client = createClient(contract, channel);
const shell = createShellStore(client, firstPane);
const jobs = createJobsStore(client);

void shell.getState().readServer();
void shell.getState().readDirectory();
void jobs.getState().read();
client.app.onVaultChanged(() => void shell.getState().readServer());

/** Where a backup was restored meanwhile, or was to be, nothing of what the page shows is worth keeping. */
async function readServerAgain(): Promise<void> {
  const before = shell.getState().server?.lastRestore?.at;
  await shell.getState().readServer();
  if (shell.getState().server?.lastRestore?.at !== before) reloadPage();
}

/** What the server finds out later, such as damage of the store, is said no later than this. */
const statusMs = 60_000;
setInterval(() => {
  if (shell.getState().connection === 'connected') void shell.getState().readServer();
}, statusMs);

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App client={client} preferences={createClientPreferences(client)} shell={shell} dialogs={createDialogsStore()} jobs={jobs} />
  </StrictMode>,
);
