import { Button, makeStyles, MessageBar, MessageBarBody, Tab, TabList, tokens } from '@fluentui/react-components';
import { useEffect, useId, useRef, useState } from 'react';
import { useStore, type StoreApi } from 'zustand';
import { useClient } from '../../app/client.tsx';
import { checksText } from '../../i18n/en/checks.ts';
import { directoryText as text, kindText, problemText } from '../../i18n/en/directory.ts';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { AttributesTab } from './AttributesTab.tsx';
import { createConfigurationStore, isChanged, shownProblems, type ConfigurationStore } from './configuration.store.ts';
import { FiltersTab } from './FiltersTab.tsx';
import { fieldLabel, tabOf, type ConfigurationTab } from './fieldLabel.ts';
import { ValidationProvider } from '../../ui/FormField.tsx';
import { problemsOf, withDefaults, type FieldPath, type Problem, type SettingsForm } from './settingsForm.ts';
import { SettingsTab } from './SettingsTab.tsx';
import { createTestStore, type TestKind, type TestStore } from './test.store.ts';
import { TestSteps } from './TestSteps.tsx';

export interface DirectoryConfigurationDialogProps {
  onClose(): void;
  /** Settings were saved; the dialog stays open. */
  onSaved?(): void;
}

/** Edit LDAP Configuration: Settings, Filters and Attributes of the directory. */
export function DirectoryConfigurationDialog({ onClose, onSaved }: DirectoryConfigurationDialogProps) {
  const styles = useStyles();
  const client = useClient();
  const [{ store, test }] = useState(() => ({ store: createConfigurationStore(client), test: createTestStore(client) }));
  const configuration = useStore(store);
  const { state, saved, saveError, left } = configuration;
  const { load, apply } = store.getState();

  useEffect(() => {
    void load();
    return () => test.getState().stop();
  }, [load, test]);

  const isDirty = isChanged(configuration);
  // Fields that nobody has been to yet do not count: Apply is how one learns of them.
  const isValid = shownProblems(configuration).size === 0;
  return (
    <AppDialog
      title={text.title}
      sizeKey="directoryConfiguration"
      initialSize={{ width: 860, height: 720 }}
      isDirty={isDirty}
      onClose={onClose}
      note={
        <div className={styles.note}>
          <RestoreDefaults store={store} />
          <span role="status">{saved && !isDirty && left !== 'all' && configuration.wasSaved ? text.saved : ''}</span>
        </div>
      }
      actions={
        <>
          <Button
            appearance="primary"
            disabled={!isDirty || !isValid || state.phase !== 'editing'}
            onClick={() => void apply().then((isSaved) => isSaved && onSaved?.())}
          >
            {state.phase === 'saving' ? text.saving : text.apply}
          </Button>
          <DialogCloseButton>{text.close}</DialogCloseButton>
        </>
      }
    >
      {state.phase === 'loading' && <p role="status">{text.loading}</p>}
      {state.phase === 'failed' && (
        <ErrorNotice error={state.error} actions={<Button onClick={() => void load()}>{text.tryAgain}</Button>} />
      )}
      {configuration.replacesSample && (
        <MessageBar intent="info" className={styles.info}>
          <MessageBarBody>{text.replacesSample}</MessageBarBody>
        </MessageBar>
      )}
      {'form' in state && <Tabs store={store} test={test} form={state.form} />}
      <div className={styles.notices}>
        {saveError && <ErrorNotice error={saveError} context={text.saveFailed} />}
        {left === 'all' && 'form' in state && <ProblemSummary problems={problemsOf(state.form)} />}
      </div>
    </AppDialog>
  );
}

interface TabsProps {
  readonly store: StoreApi<ConfigurationStore>;
  readonly test: StoreApi<TestStore>;
  readonly form: SettingsForm;
}

function Tabs({ store, test, form }: TabsProps) {
  const styles = useStyles();
  const id = useId();
  const [tab, setTab] = useState<ConfigurationTab>('settings');
  const configuration = useStore(store);
  const { change, leave, state } = configuration;
  const problems = shownProblems(configuration);
  const sentences = new Map([...problems].map(([field, problem]) => [field, problemText(problem)]));
  const defaults = 'defaults' in state ? state.defaults[form.kind] : null;
  const count = (of: ConfigurationTab) => [...problems.keys()].filter((field) => tabOf(field) === of).length;
  const name = (of: ConfigurationTab) => (count(of) > 0 ? `${text[of]} (${count(of)})` : text[of]);

  return (
    <>
      <TabList selectedValue={tab} onTabSelect={(_event, data) => setTab(data.value as ConfigurationTab)}>
        {(['settings', 'filters', 'attributes'] as const).map((value) => (
          <Tab key={value} id={`${id}-${value}`} value={value} aria-controls={`${id}-panel`}>
            {name(value)}
          </Tab>
        ))}
      </TabList>
      <ValidationProvider value={{ problems: sentences, leave }}>
        <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${tab}`} className={styles.panel}>
          {tab === 'settings' && <SettingsTab store={store} form={form} test={<TestPanel store={store} test={test} />} />}
          {tab === 'filters' && defaults && (
            <FiltersTab filters={form.filters} defaults={defaults.filters} onChange={(filters) => change({ filters })} />
          )}
          {tab === 'attributes' && <AttributesTab store={store} attributes={form.attributes} />}
        </div>
      </ValidationProvider>
    </>
  );
}

function TestPanel({ store, test }: { readonly store: StoreApi<ConfigurationStore>; readonly test: StoreApi<TestStore> }) {
  const styles = useStyles();
  const state = useStore(test, (s) => s.state);
  const { run, stop } = test.getState();
  const panel = useRef<HTMLDivElement>(null);
  const isRunning = state.phase === 'running';

  // What happened, and the button that trusts a certificate, may lie below what is seen.
  useEffect(() => {
    if (state.phase !== 'idle') panel.current?.scrollIntoView?.({ block: 'nearest' });
  }, [state.phase]);

  function start(kind: TestKind) {
    const draft = store.getState().requestDraft();
    if (!draft) return;
    void run(kind, draft);
  }

  return (
    <div ref={panel} className={styles.test}>
      <div className={styles.buttons}>
        <Button disabled={isRunning} onClick={() => start('connection')}>
          {text.testConnection}
        </Button>
        <Button disabled={isRunning} onClick={() => start('login')}>
          {text.testLogin}
        </Button>
        {isRunning && <Button onClick={stop}>{checksText.stop}</Button>}
      </div>
      <TestSteps
        state={state}
        onTrust={(server, certificate) => {
          store.getState().trust(server, certificate);
          if ('kind' in state) start(state.kind);
        }}
      />
    </div>
  );
}

function RestoreDefaults({ store }: { readonly store: StoreApi<ConfigurationStore> }) {
  const state = useStore(store, (s) => s.state);
  const { replace } = store.getState();
  if (state.phase !== 'editing') return null;
  const { kind } = state.form;
  return (
    <Button title={text.restoreHint(kindText[kind])} onClick={() => replace((form, defaults) => withDefaults(form, defaults[form.kind]))}>
      {text.restoreDefaults}
    </Button>
  );
}

function ProblemSummary({ problems }: { readonly problems: ReadonlyMap<FieldPath, Problem> }) {
  if (problems.size === 0) return null;
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        {text.problems(problems.size)}
        {[...problems].map(([field, problem]) => `${fieldLabel(field)} – ${problemText(problem)}`).join(' ')}
      </MessageBarBody>
    </MessageBar>
  );
}

const useStyles = makeStyles({
  note: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalM },
  info: { flexShrink: 0 },
  // In sight however far the form is scrolled: what keeps Apply or a test from happening.
  notices: { position: 'sticky', bottom: '0', zIndex: 1, flexShrink: 0 },
  panel: { paddingTop: tokens.spacingVerticalM, paddingBottom: tokens.spacingVerticalM, flex: '1 0 auto' },
  test: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS },
  buttons: { display: 'flex', columnGap: tokens.spacingHorizontalS, marginLeft: '176px' },
});
