import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  mergeClasses,
  shorthands,
  tokens,
} from '@fluentui/react-components';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { DirectorySettings, ServerState } from '../../../shared/contract/directory.contract.ts';
import { useClient } from '../../app/client.tsx';
import { useDialogs } from '../../app/dialogs.store.ts';
import { usePaneCommands, useShell } from '../../app/useShell.ts';
import { createTestStore } from '../../dialogs/directoryConfiguration/test.store.ts';
import { TestSteps } from '../../dialogs/directoryConfiguration/TestSteps.tsx';
import { checksText } from '../../i18n/en/checks.ts';
import { directoryText, kindText, securityText } from '../../i18n/en/directory.ts';
import { StateLabel } from '../../ui/checks/StateLabel.tsx';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { instantText } from '../../ui/instants.ts';
import { Mono } from '../../ui/Mono.tsx';
import { createDirectoryStore } from './directory.store.ts';

const text = directoryText.pane;

/** Directory Integration: which directory is configured, whether it answers, and the way to change it. */
export function DirectoryPane() {
  const styles = useStyles();
  const client = useClient();
  const [{ store, test }] = useState(() => ({ store: createDirectoryStore(client), test: createTestStore(client) }));
  const state = useStore(store, (s) => s.state);
  const isSwitching = useStore(store, (s) => s.isSwitching);
  const testState = useStore(test, (s) => s.state);
  const dialog = useDialogs((s) => s.current);
  const open = useDialogs((s) => s.open);
  const readDirectory = useShell((s) => s.readDirectory);
  const [isAsking, setAsking] = useState(false);
  const { load } = store.getState();

  // A dialog that has just closed may have changed the configuration.
  useEffect(() => {
    if (dialog === null) void load();
  }, [dialog, load]);
  useEffect(() => () => test.getState().stop(), [test]);
  usePaneCommands(useMemo(() => ({ refresh: () => void load() }), [load]));

  const edit = () => open({ kind: 'directory-configuration' });
  async function switchToSample() {
    setAsking(false);
    await store.getState().useSample();
    await readDirectory();
  }

  if (state.phase === 'loading') return <p role="status">{directoryText.loading}</p>;
  if (state.phase === 'failed') {
    return (
      <ErrorNotice
        error={state.error}
        context={text.readFailed}
        actions={<Button onClick={() => void load()}>{directoryText.tryAgain}</Button>}
      />
    );
  }
  if (state.phase === 'not-configured') {
    return (
      <div className={styles.empty}>
        <h2 className={styles.emptyTitle}>{text.empty}</h2>
        <p>{text.emptyAdvice}</p>
        <div className={styles.buttons}>
          <Button appearance="primary" onClick={edit}>
            {text.configure}
          </Button>
          <Button disabled={isSwitching} onClick={() => void switchToSample()}>
            {text.useSample}
          </Button>
        </div>
      </div>
    );
  }

  const { settings } = state;
  const isTesting = testState.phase === 'running';
  return (
    <div className={styles.root}>
      <div className={styles.content}>
        <p className={styles.intro}>{settings.sample ? text.sampleIntro : text.intro}</p>
        <Summary {...state} />
        <div className={styles.test}>
          <TestSteps state={testState} />
        </div>
      </div>
      <div className={styles.buttons}>
        <Button onClick={edit}>{text.edit}</Button>
        <Button disabled={isTesting} onClick={() => void test.getState().run('login', { settings }).then(load)}>
          {directoryText.testLogin}
        </Button>
        {isTesting && <Button onClick={() => test.getState().stop()}>{checksText.stop}</Button>}
        <CommandButton calls="imports.start" onClick={() => open({ kind: 'import' })}>
          {text.import}
        </CommandButton>
        {!settings.sample && (
          <Button disabled={isSwitching} onClick={() => setAsking(true)}>
            {text.useSample}
          </Button>
        )}
      </div>
      {isAsking && <SampleQuestion onYes={() => void switchToSample()} onNo={() => setAsking(false)} />}
    </div>
  );
}

interface SummaryProps {
  readonly settings: DirectorySettings;
  readonly passwordStored: boolean;
  readonly servers: readonly ServerState[];
}

function Summary({ settings, passwordStored, servers: states }: SummaryProps) {
  const styles = useStyles();
  const { kind, servers, baseDn, bindDn, pins } = settings;
  return (
    <dl className={styles.summary}>
      <dt>{text.kind}</dt>
      <dd>{kindText[kind]}</dd>
      <dt>{text.servers}</dt>
      <dd>
        {settings.sample ? (
          text.sampleServer
        ) : (
          <ol className={mergeClasses(styles.list, servers.length === 1 && styles.only)}>
            {servers.map(({ host, port, security }) => (
              <li key={`${host}:${port}`}>
                {host}:{port} – {securityText[security]}
                <Answer state={states.find((state) => state.host === host && state.port === port)} />
              </li>
            ))}
          </ol>
        )}
      </dd>
      <dt>{text.baseDn}</dt>
      <dd>
        <Mono text={baseDn} label={text.baseDn} maxLength={80} />
      </dd>
      <dt>{text.user}</dt>
      <dd>{bindDn ? <Mono text={bindDn} label={text.user} maxLength={80} /> : text.anonymous}</dd>
      <dt>{text.password}</dt>
      <dd>{bindDn === '' && !settings.sample ? text.notNeeded : passwordStored ? text.stored : text.notStored}</dd>
      <dt>{text.pins}</dt>
      <dd>
        {pins.length === 0 && text.noPins}
        {pins.map(({ host, port, sha256 }) => (
          <div key={`${host}:${port}`}>
            {host}:{port} <Mono text={sha256} label={checksText.sha256} maxLength={32} />
          </div>
        ))}
      </dd>
    </dl>
  );
}

/** How a server answered last. */
function Answer({ state }: { readonly state: ServerState | undefined }) {
  const styles = useStyles();
  if (!state) return null;
  const { answers, at, text: why } = state;
  return (
    <div className={styles.answer}>
      <StateLabel state={answers ? 'pass' : 'warn'} word={answers ? text.answered(instantText(at)) : text.silent(instantText(at))} />
      {!answers && <span> {why}</span>}
    </div>
  );
}

function SampleQuestion({ onYes, onNo }: { onYes(): void; onNo(): void }) {
  return (
    <Dialog open modalType="alert" surfaceMotion={null} onOpenChange={onNo}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{text.replaceTitle}</DialogTitle>
          <DialogContent>{text.replaceText}</DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onYes}>
              {text.useSample}
            </Button>
            <Button onClick={onNo}>{text.cancel}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flex: '1 1 0', minHeight: '0', rowGap: tokens.spacingVerticalS },
  content: {
    flex: '1 1 0',
    minHeight: '0',
    overflow: 'auto',
    padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    ...shorthands.border(tokens.strokeWidthThin, 'solid', tokens.colorNeutralStroke2),
  },
  intro: { marginTop: '0' },
  summary: {
    display: 'grid',
    gridTemplateColumns: 'max-content minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalXL,
    rowGap: tokens.spacingVerticalS,
    margin: '0',
    alignItems: 'baseline',
    '& dt': { color: tokens.colorNeutralForeground3 },
    '& dd': { margin: '0', overflowWrap: 'anywhere' },
  },
  test: { marginTop: tokens.spacingVerticalXL },
  list: { margin: '0', paddingLeft: tokens.spacingHorizontalXL },
  answer: { display: 'flex', flexWrap: 'wrap', columnGap: tokens.spacingHorizontalXS },
  only: { paddingLeft: '0', listStyleType: 'none' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
  empty: { flex: '1 1 0', display: 'flex', flexDirection: 'column', alignItems: 'center', justifyContent: 'center', textAlign: 'center' },
  emptyTitle: { margin: '0', fontSize: tokens.fontSizeBase500 },
});
