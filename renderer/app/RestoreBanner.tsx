import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { z } from 'zod';
import { restoreBackupText as text } from '../i18n/en/restoreBackup.ts';
import { errorText } from '../i18n/errorText.ts';
import { usePreference } from '../ui/preferences.tsx';
import type { ServerStatus } from './shell.store.ts';
import { useShell } from './useShell.ts';

const instant = z.number();

/** How the last restore went, until it was read. */
export function RestoreBanner() {
  const last = useShell((s) => s.server?.lastRestore) ?? null;
  const read = usePreference('restore.read', instant, 0);
  if (last === null || !read.isLoaded || read.value >= last.at) return null;
  return (
    <MessageBar intent={last.restored ? 'success' : 'error'} layout="multiline">
      <MessageBarBody>{wordsOf(last)}</MessageBarBody>
      <MessageBarActions>
        <Button onClick={() => read.set(last.at)}>{text.dismiss}</Button>
      </MessageBarActions>
    </MessageBar>
  );
}

function wordsOf({ file, restored, error }: NonNullable<ServerStatus['lastRestore']>): string {
  if (restored) {
    const { createdAt, serverName, keptIn, mails } = restored;
    return [text.done(createdAt, serverName), keptIn !== null && text.keptIn(keptIn), text.mails(mails)].filter(Boolean).join(' ');
  }
  const { sentence, advice } = errorText[error?.code ?? 'internal'];
  return `${text.notDone(file)} ${sentence} ${advice}`;
}
