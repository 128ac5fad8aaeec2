import { Tab, TabList, makeStyles, tokens } from '@fluentui/react-components';
import { Suspense, useId, useMemo, useState, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { useClient } from '../../app/client.tsx';
import { useShell, useUnsavedInput } from '../../app/useShell.ts';
import { emailSettingsText, emailText as text } from '../../i18n/en/email.ts';
import { turnPage } from '../../ui/turnPage.ts';
import { EmailSettingsProvider } from './emailSettingsContext.ts';
import { emailTabs } from './emailTabs.ts';
import { createEmailSettingsStore, isChanged } from './settings/emailSettings.store.ts';

/** Email: how mails leave, what they say, and those that wait, go and went. */
export function EmailPane() {
  const styles = useStyles();
  const id = useId();
  const aim = useShell((s) => s.aim);
  const [tab, setTab] = useState(aim === 'outbox' ? aim : emailTabs[0]!.id);
  const client = useClient();
  const [settings] = useState(() => createEmailSettingsStore(client));
  const isDirty = useStore(settings, isChanged);
  const { discard } = settings.getState();
  useUnsavedInput(useMemo(() => (isDirty ? { text: emailSettingsText.leaveText, discard } : null), [isDirty, discard]));
  const { Component } = emailTabs.find((one) => one.id === tab)!;

  function onKeyDown(event: KeyboardEvent) {
    const ids = emailTabs.map((page) => page.id);
    const next = turnPage(event, ids, tab, (page) => `${id}-${page}`);
    if (next) setTab(next);
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Keys for what the tabs inside do.
    <div className={styles.root} onKeyDown={onKeyDown}>
      <TabList
        size="small"
        className={styles.tabs}
        aria-label={text.tabsLabel}
        selectedValue={tab}
        onTabSelect={(_event, data) => setTab(String(data.value))}
      >
        {emailTabs.map((one) => (
          <Tab key={one.id} id={`${id}-${one.id}`} value={one.id} aria-controls={`${id}-panel`}>
            {one.title}
          </Tab>
        ))}
      </TabList>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${tab}`} className={styles.panel}>
        <EmailSettingsProvider value={settings}>
          <Suspense>
            <Component onTab={setTab} />
          </Suspense>
        </EmailSettingsProvider>
      </div>
    </div>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flex: '1 0 auto', rowGap: tokens.spacingVerticalS },
  tabs: { flexWrap: 'wrap', marginLeft: `calc(0px - ${tokens.spacingHorizontalS})` },
  panel: { display: 'flex', flexDirection: 'column', flex: '1 1 0', minHeight: '0' },
});
