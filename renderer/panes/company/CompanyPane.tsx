import { Button, Tab, TabList, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useId, useMemo, useState, type ComponentType, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { useClient } from '../../app/client.tsx';
import { usePaneCommands, useUnsavedInput } from '../../app/useShell.ts';
import { companyText as text } from '../../i18n/en/company.ts';
import { settingsFormText } from '../../i18n/en/settingsForm.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ValidationProvider } from '../../ui/FormField.tsx';
import { turnPage } from '../../ui/turnPage.ts';
import { SettingsFrame } from '../../ui/SettingsFrame.tsx';
import { createCompanyStore, isChanged, problemsOf } from './company.store.ts';
import { CompanyFormProvider } from './companyForm.ts';
import { GeneralTab } from './GeneralTab.tsx';
import { OtherSaved } from './OtherSaved.tsx';
import { ResolutionTab } from './ResolutionTab.tsx';
import { tabOf, type CompanyTab } from './tabOf.ts';
import { OathTextTab, TextMessageTab } from './TextsTab.tsx';

/** The pages, in the order of the original product. */
const pages: readonly { readonly id: CompanyTab; readonly Component: ComponentType }[] = [
  { id: 'general', Component: GeneralTab },
  { id: 'resolution', Component: ResolutionTab },
  { id: 'textMessage', Component: TextMessageTab },
  { id: 'oathToken', Component: OathTextTab },
];

/** Company Settings: one form over all tabs, applied at once. */
export function CompanyPane() {
  const styles = useStyles();
  const id = useId();
  const client = useClient();
  const [store] = useState(() => createCompanyStore(client));
  const { saved, form, theirs, isSaving, notice, readError, saveError } = useStore(store);
  const { follow, load, change, discard, apply, loadTheirs, keepMine } = store.getState();
  const [tab, setTab] = useState<CompanyTab>('general');
  useEffect(() => follow(), [follow]);
  usePaneCommands(useMemo(() => ({ refresh: () => void load() }), [load]));
  const isDirty = isChanged({ saved, form });
  useUnsavedInput(useMemo(() => (isDirty ? { text: text.leaveText, discard } : null), [isDirty, discard]));
  const problems = useMemo(() => (form ? problemsOf(form) : new Map<string, string>()), [form]);

  const readNotice = readError && (
    <ErrorNotice
      error={readError}
      context={text.readFailed}
      actions={<Button onClick={() => void load()}>{settingsFormText.tryAgain}</Button>}
    />
  );
  if (!form) return readNotice ?? <p role="status">{text.loading}</p>;

  const wrong = [...problems.keys()].map(tabOf);
  const { Component } = pages.find((page) => page.id === tab)!;

  function onKeyDown(event: KeyboardEvent) {
    const ids = pages.map((page) => page.id);
    const next = turnPage(event, ids, tab, (page) => `${id}-${page}`);
    if (next) setTab(next);
  }

  return (
    <SettingsFrame
      above={
        <>
          {readNotice}
          {saveError && <ErrorNotice error={saveError} context={text.saveFailed} />}
          {theirs && <OtherSaved form={form} theirs={theirs} onLoadTheirs={loadTheirs} onKeepMine={keepMine} />}
          <TabList
            size="small"
            className={styles.tabs}
            aria-label={text.tabsLabel}
            selectedValue={tab}
            onTabSelect={(_event, data) => setTab(data.value as CompanyTab)}
          >
            {pages.map((page) => {
              const count = wrong.filter((one) => one === page.id).length;
              return (
                <Tab key={page.id} id={`${id}-${page.id}`} value={page.id} aria-controls={`${id}-panel`}>
                  {count > 0 ? `${text.tabs[page.id]} (${count})` : text.tabs[page.id]}
                </Tab>
              );
            })}
          </TabList>
        </>
      }
      panel={{ id: `${id}-panel`, role: 'tabpanel', 'aria-labelledby': `${id}-${tab}` }}
      isDirty={isDirty}
      isSaving={isSaving}
      isBlocked={theirs !== null || problems.size > 0}
      notice={notice}
      state={problems.size > 0 ? text.problems(problems.size) : undefined}
      onApply={() => void apply()}
      onDiscard={discard}
      onKeyDown={onKeyDown}
    >
      <CompanyFormProvider value={{ form, store, change }}>
        <ValidationProvider value={{ problems, leave: () => {} }}>
          <Component />
        </ValidationProvider>
      </CompanyFormProvider>
    </SettingsFrame>
  );
}

const useStyles = makeStyles({
  tabs: { flexWrap: 'wrap', marginLeft: `calc(0px - ${tokens.spacingHorizontalS})` },
});
