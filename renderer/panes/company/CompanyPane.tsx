import { Button, Tab, TabList, Text, makeStyles, shorthands, tokens } from '@fluentui/react-components';
import { useEffect, useId, useMemo, useState, type ComponentType, type KeyboardEvent } from 'react';
import { useStore } from 'zustand';
import { useClient } from '../../app/client.tsx';
import { usePaneCommands, useUnsavedInput } from '../../app/useShell.ts';
import { companyText as text } from '../../i18n/en/company.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { ValidationProvider } from '../../ui/FormField.tsx';
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
    <ErrorNotice error={readError} context={text.readFailed} actions={<Button onClick={() => void load()}>{text.tryAgain}</Button>} />
  );
  if (!form) return readNotice ?? <p role="status">{text.loading}</p>;

  const wrong = [...problems.keys()].map(tabOf);
  const { Component } = pages.find((page) => page.id === tab)!;
  const mayApply = isDirty && !isSaving && !theirs && problems.size === 0;

  function onKeyDown(event: KeyboardEvent) {
    if (!event.ctrlKey) return;
    if (event.key.toLowerCase() === 's') {
      event.preventDefault();
      void apply();
      return;
    }
    if (event.key !== 'PageDown' && event.key !== 'PageUp') return;
    event.preventDefault();
    const at = pages.findIndex((page) => page.id === tab) + (event.key === 'PageDown' ? 1 : -1);
    setTab(pages.at(at % pages.length)!.id);
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Keys for what the tabs inside do.
    <div className={styles.root} onKeyDown={onKeyDown}>
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
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${tab}`} className={styles.panel}>
        <CompanyFormProvider value={{ form, store, change }}>
          <ValidationProvider value={{ problems, leave: () => {} }}>
            <Component />
          </ValidationProvider>
        </CompanyFormProvider>
      </div>
      <div role="group" aria-label={text.commands} className={styles.commands}>
        <Button
          appearance="primary"
          title={text.applyKeys}
          aria-keyshortcuts="Control+S"
          disabledFocusable={!mayApply}
          onClick={() => void apply()}
        >
          {isSaving ? text.applying : text.apply}
        </Button>
        <Button disabledFocusable={!isDirty || isSaving} onClick={discard}>
          {text.discard}
        </Button>
        <Text role="status" className={styles.state}>
          {stateText()}
        </Text>
      </div>
    </div>
  );

  function stateText(): string {
    if (problems.size > 0) return text.problems(problems.size);
    if (notice === 'kept-mine') return text.keptMine;
    if (notice === 'saved' && !isDirty) return text.saved;
    return isDirty ? text.unsaved : '';
  }
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flex: '1 1 0', minHeight: '0', rowGap: tokens.spacingVerticalS },
  tabs: { flexWrap: 'wrap', marginLeft: `calc(0px - ${tokens.spacingHorizontalS})` },
  panel: {
    flex: '1 1 0',
    minHeight: '224px',
    overflowY: 'auto',
    padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    ...shorthands.border(tokens.strokeWidthThin, 'solid', tokens.colorNeutralStroke2),
  },
  commands: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  state: { color: tokens.colorNeutralForeground2 },
});
