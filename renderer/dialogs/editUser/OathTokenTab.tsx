import { Field, Table, TableBody, TableCell, TableRow, Text, makeStyles, tokens } from '@fluentui/react-components';
import { useCallback, useEffect, useState } from 'react';
import type { TokenRow } from '../../../shared/contract/tokens.contract.ts';
import { useClient } from '../../app/client.tsx';
import { tokenKindText, tokenStateText } from '../../i18n/en/tokens.ts';
import { userTokensText as text } from '../../i18n/en/tokenDialogs.ts';
import { CommandButton } from '../../ui/CommandButton.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { FindCombobox, type Found } from '../../ui/FindCombobox.tsx';
import { HeaderRow } from '../../ui/HeaderRow.tsx';
import { AddTokenDialog, ResyncTokenDialog, UnassignTokenDialog } from '../tokens/index.ts';
import { useEditor } from './editor.ts';

/** So many free tokens are offered for what was typed. */
const offered = 20;
/** A user has a handful. */
const mostShown = 100;

type Open = { readonly kind: 'add' } | { readonly kind: 'resync' | 'unassign'; readonly id: number } | null;

/** The OATH tokens of the user. Commands take effect at once: a token is not a part of the form. */
export function OathTokenTab() {
  const styles = useStyles();
  const client = useClient();
  const { user } = useEditor();
  const userId = user?.id ?? 0;
  const [rows, setRows] = useState<readonly TokenRow[] | null>(null);
  const [error, setError] = useState<{ readonly error: unknown; readonly context: string } | null>(null);
  const [chosen, setChosen] = useState<Found | null>(null);
  const [done, setDone] = useState('');
  const [open, setOpen] = useState<Open>(null);

  useEffect(() => {
    let isCurrent = true;
    const load = () =>
      client.tokens.list({ userId, limit: mostShown }).then(
        (answer) => isCurrent && setRows(answer.rows),
        (thrown: unknown) => isCurrent && setError({ error: thrown, context: text.readFailed }),
      );
    void load();
    const stop = client.tokens.onChanged(() => void load());
    return () => {
      isCurrent = false;
      stop();
    };
  }, [client, userId]);

  const find = useCallback(
    async (search: string, signal: AbortSignal): Promise<readonly Found[]> => {
      const free = await client.tokens.list({ search, state: 'free', limit: offered }, { signal });
      return free.rows.map(({ id, serial, manufacturer, model }) => ({
        id,
        label: serial,
        hint: [manufacturer, model].filter(Boolean).join(' '),
      }));
    },
    [client],
  );

  async function assign(token: Found) {
    setError(null);
    setDone('');
    try {
      await client.tokens.assign({ id: token.id, userId });
      setChosen(null);
      setDone(text.assigned(token.label));
    } catch (thrown) {
      setError({ error: thrown, context: text.assignFailed });
    }
  }

  if (!user) return null;
  const close = () => setOpen(null);
  return (
    <div className={styles.root}>
      {rows?.length === 0 && <Text>{text.none}</Text>}
      {rows && rows.length > 0 && (
        <Table size="small" aria-label={text.list}>
          <HeaderRow
            headers={[
              text.serial,
              { text: text.kind, className: styles.short },
              { text: text.state, className: styles.short },
              { text: text.commands, className: styles.commands },
            ]}
          />
          <TableBody>
            {rows.map(({ id, serial, kind, state }) => (
              <TableRow key={id}>
                <TableCell dir="auto" className={styles.serial}>
                  {serial}
                </TableCell>
                <TableCell>{tokenKindText[kind]}</TableCell>
                <TableCell>{tokenStateText[state]}</TableCell>
                <TableCell className={styles.commands}>
                  <CommandButton
                    calls="tokens.resync"
                    size="small"
                    aria-label={text.resyncOf(serial)}
                    onClick={() => setOpen({ kind: 'resync', id })}
                  >
                    {text.resync}
                  </CommandButton>
                  <CommandButton
                    calls="tokens.unassign"
                    size="small"
                    aria-label={text.unassignOf(serial)}
                    onClick={() => setOpen({ kind: 'unassign', id })}
                  >
                    {text.unassign}
                  </CommandButton>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      <div className={styles.assign}>
        <Field label={text.token} hint={text.tokenHint} className={styles.grow}>
          <FindCombobox value={chosen} onChange={setChosen} find={find} />
        </Field>
        <CommandButton
          calls="tokens.assign"
          className={styles.button}
          disabledFocusable={!chosen}
          onClick={() => chosen && void assign(chosen)}
        >
          {text.assign}
        </CommandButton>
        <CommandButton calls="tokens.add" className={styles.button} onClick={() => setOpen({ kind: 'add' })}>
          {text.add}
        </CommandButton>
      </div>
      <div role="status">{done}</div>
      {error && <ErrorNotice {...error} />}
      {open?.kind === 'add' && <AddTokenDialog user={{ id: user.id, label: user.username }} onClose={close} />}
      {open?.kind === 'resync' && <ResyncTokenDialog id={open.id} onClose={close} />}
      {open?.kind === 'unassign' && <UnassignTokenDialog id={open.id} onClose={close} />}
    </div>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM },
  serial: { overflowWrap: 'anywhere' },
  short: { width: '104px' },
  commands: { width: '264px', whiteSpace: 'nowrap', '& > button + button': { marginInlineStart: tokens.spacingHorizontalS } },
  assign: { display: 'flex', columnGap: tokens.spacingHorizontalS, alignItems: 'flex-start' },
  grow: { flex: '0 1 320px', minWidth: '0' },
  // Beside the box, not beside its label.
  button: { marginTop: tokens.spacingVerticalXXL, whiteSpace: 'nowrap' },
});
