import { FluentProvider } from '@fluentui/react-components';
import { useEffect, useLayoutEffect, useState } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { PreferencesProvider, usePreference, type Preferences } from '../ui/preferences.tsx';
import { ClientProvider, type ConsoleClient } from './client.tsx';
import { DialogsProvider, type DialogsStore } from './dialogs.store.ts';
import type { JobsStore } from './jobs.store.ts';
import { Shell } from './Shell.tsx';
import type { ShellStore } from './shell.store.ts';
import { ShellProvider } from './useShell.ts';
import { lastTheme, rememberTheme, themeChoice, useTheme } from './theme.ts';

export interface AppProps {
  readonly client: ConsoleClient;
  readonly preferences: Preferences;
  readonly shell: StoreApi<ShellStore>;
  readonly dialogs: StoreApi<DialogsStore>;
  readonly jobs: StoreApi<JobsStore>;
}

/** The whole page, given everything that it needs from outside. */
export function App({ client, preferences, shell, dialogs, jobs }: AppProps) {
  return (
    <ClientProvider value={client}>
      <PreferencesProvider value={preferences}>
        <ShellProvider value={shell}>
          <DialogsProvider store={dialogs}>
            <ThemedShell jobs={jobs} />
          </DialogsProvider>
        </ShellProvider>
      </PreferencesProvider>
    </ClientProvider>
  );
}

function ThemedShell({ jobs }: Pick<AppProps, 'jobs'>) {
  const [last] = useState(lastTheme);
  const choice = usePreference('theme', themeChoice, last);
  const { theme, isDark } = useTheme(choice.value);

  useLayoutEffect(() => {
    // For what the browser draws itself: scroll bars, the page before it is filled.
    document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
  }, [isDark]);

  useEffect(() => {
    if (choice.isLoaded) rememberTheme(choice.value);
  }, [choice.isLoaded, choice.value]);

  return (
    <FluentProvider theme={theme}>
      <Shell jobs={jobs} theme={choice.value} onTheme={choice.set} />
    </FluentProvider>
  );
}
