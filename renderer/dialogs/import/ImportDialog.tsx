import { Button } from '@fluentui/react-components';
import { useCallback, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useClient } from '../../app/client.tsx';
import { importDialogText as text, missingText } from '../../i18n/en/importDialog.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { AppDialog } from '../../ui/AppDialog.tsx';
import { DirectoryConfigurationDialog } from '../directoryConfiguration/DirectoryConfigurationDialog.tsx';
import { useMailRules } from '../sendEmail/useMailsReady.ts';
import { createChooserStore } from './chooser.store.ts';
import { ChoosePage } from './ChoosePage.tsx';
import { buildRequest, chooseScope } from './importForm.ts';
import { createRunStore } from './run.store.ts';
import { RunActions, RunPage } from './RunPage.tsx';
import { createTreeStore } from './tree.store.ts';

export interface ImportDialogProps {
  /** Opens ready for the sample directory: everybody, with the mobile phone. */
  readonly sample?: boolean;
  onClose(): void;
  /** "Show imported users" was chosen. */
  onImported?(jobId: string): void;
}

/** Import from Active Directory: choose, preview, import, look at the result. It stays open until it is closed. */
export function ImportDialog({ sample = false, onClose, onImported }: ImportDialogProps) {
  const client = useClient();
  const [{ chooser, tree, run }] = useState(() => ({
    chooser: createChooserStore(client, { sample }),
    tree: createTreeStore(client),
    run: createRunStore(client),
  }));
  const [isConfiguring, setConfiguring] = useState(false);
  const state = useStore(run, (s) => s.state);
  const directory = useStore(chooser, (s) => s.directory);
  const { scopeKind, selection, filter, filterProblem, options } = useStore(chooser);

  const load = useCallback(async () => {
    await chooser.getState().load();
    if (chooser.getState().directory.phase !== 'ready') return;
    const base = await tree.getState().load();
    if (sample && base !== null) chooser.getState().selectContainer(base);
  }, [chooser, tree, sample]);

  useEffect(() => {
    void load();
    run.getState().follow();
    return () => {
      chooser.getState().dispose();
      tree.getState().dispose();
      run.getState().unfollow();
    };
  }, [load, chooser, tree, run]);

  // Who is imported from a real directory is told, where mails leave as they are made. Nobody is told who does not exist.
  const { isRule } = useMailRules();
  const isMailing = isRule && directory.phase === 'ready' && !directory.settings.sample;
  useEffect(() => {
    const { options: now, changeOptions } = chooser.getState();
    if (isMailing && now.sendEmail === 'none') changeOptions({ sendEmail: 'new' });
  }, [isMailing, chooser]);

  // What the directory says about the filter belongs beside the field.
  useEffect(() => {
    const error = state.phase === 'failed' ? state.error : state.phase === 'stopped' ? state.job.error : null;
    if (error && chooser.getState().reportFilterError(error)) run.getState().back();
  }, [state, chooser, run]);

  const choice = chooseScope(scopeKind, selection);
  const isReady = directory.phase === 'ready' && 'scope' in choice && !filterProblem && (options.addNew || options.updateExisting);

  function start(task: 'preview' | 'importNow') {
    if (!('scope' in choice)) return;
    const request = buildRequest(choice.scope, filter, options);
    // Mails cannot be taken back: their number is seen first.
    void run.getState()[request.sendEmail ? 'preview' : task](request);
  }

  function close() {
    run.getState().back(); // forgets a preview; a running import runs on
    onClose();
  }

  function showImported(jobId: string) {
    onImported?.(jobId);
    onClose();
  }

  return (
    <>
      <AppDialog
        title={directory.phase === 'ready' && directory.settings.kind !== 'ad' ? text.titleOther : text.title}
        sizeKey="import"
        initialSize={{ width: 960, height: 740 }}
        onClose={close}
        note={state.phase === 'choosing' && directory.phase === 'ready' && 'missing' in choice ? missingText[choice.missing] : undefined}
        actions={
          state.phase === 'choosing' ? (
            <>
              <Button disabled={!isReady} onClick={() => start('preview')}>
                {text.preview}
              </Button>
              <CommandButton calls="imports.start" appearance="primary" disabled={!isReady} onClick={() => start('importNow')}>
                {text.import}
              </CommandButton>
              <Button onClick={close}>{text.close}</Button>
            </>
          ) : (
            <RunActions store={run} onClose={close} onShowImported={showImported} />
          )
        }
      >
        {state.phase === 'choosing' ? (
          <ChoosePage chooser={chooser} tree={tree} onConfigure={() => setConfiguring(true)} onUseSample={() => void switchToSample()} />
        ) : (
          <RunPage store={run} />
        )}
      </AppDialog>
      {isConfiguring && <DirectoryConfigurationDialog onSaved={() => void load()} onClose={() => setConfiguring(false)} />}
    </>
  );

  async function switchToSample() {
    await chooser.getState().useSample();
    if (chooser.getState().directory.phase !== 'failed') await load();
  }
}
