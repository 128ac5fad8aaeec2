import { Button, Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import { useMemo, useState } from 'react';
import { isHost, isPort, targetIdOf } from '../../../shared/network/hostNames.ts';
import { useClient } from '../../app/client.tsx';
import { firewallText as text } from '../../i18n/en/firewall.ts';
import { AppDialog, DialogCloseButton } from '../../ui/AppDialog.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { TextField, ValidationProvider } from '../../ui/FormField.tsx';
import { SubmitForm } from '../../ui/SubmitForm.tsx';
import { focusFirstAttribute } from '../../ui/useFocusReturn.ts';

const empty = { name: '', host: '', port: '443', tls: true, optional: false };
type Form = typeof empty;

interface TargetDialogProps {
  /** Ids of the targets that there are. */
  readonly taken: readonly string[];
  onAdded(id: string): void;
  onClose(): void;
}

/** Adds a target of the administrator's own. */
export function TargetDialog({ taken, onAdded, onClose }: TargetDialogProps) {
  const styles = useStyles();
  const client = useClient();
  const [form, setForm] = useState<Form>(empty);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [isAdding, setAdding] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const problems = useMemo(() => problemsOf(form, taken), [form, taken]);
  const shown = new Map([...problems].filter(([field]) => left.has(field)));
  const change = (next: Partial<Form>) => setForm({ ...form, ...next });

  async function add() {
    if (problems.size > 0 || isAdding) return setLeft(new Set(problems.keys()));
    setAdding(true);
    try {
      const { id } = await client.network.addTarget({ ...form, port: Number(form.port) });
      onAdded(id);
      onClose();
    } catch (failure) {
      setError(failure);
      setAdding(false);
    }
  }

  return (
    <AppDialog
      title={text.addTitle}
      sizeKey="firewall-target"
      initialSize={{ width: 560, height: 400 }}
      isDirty={form.host !== '' || form.name !== ''}
      onClose={onClose}
      actions={
        <>
          <Button appearance="primary" type="submit" form="firewall-target" disabledFocusable={isAdding}>
            {text.addIt}
          </Button>
          <DialogCloseButton>{text.cancel}</DialogCloseButton>
        </>
      }
    >
      <SubmitForm id="firewall-target" className={styles.root} onSubmit={() => void add()}>
        {error !== null && <ErrorNotice error={error} context={text.addFailed} />}
        <ValidationProvider value={{ problems: shown, leave: (field) => setLeft(new Set([...left, field])) }}>
          <TextField
            isRequired
            label={text.host}
            field="host"
            value={form.host}
            input={{ [focusFirstAttribute]: '' } as object}
            onChange={(host) => change({ host })}
          />
          <TextField isRequired isNumber label={text.port} field="port" value={form.port} onChange={(port) => change({ port })} />
          <TextField
            label={text.name}
            field="name"
            hint={text.nameHint}
            value={form.name}
            dir="auto"
            onChange={(name) => change({ name: name.slice(0, 100) })}
          />
          <Checkbox label={text.usesTls} checked={form.tls} onChange={(_event, { checked }) => change({ tls: checked === true })} />
          <Checkbox
            label={text.isOptional}
            checked={form.optional}
            onChange={(_event, { checked }) => change({ optional: checked === true })}
          />
        </ValidationProvider>
      </SubmitForm>
    </AppDialog>
  );
}

function problemsOf({ host, port }: Form, taken: readonly string[]): Map<string, string> {
  const problems = new Map<string, string>();
  const name = host.trim().toLowerCase();
  if (!isHost(name)) problems.set('host', text.hostProblem);
  else if (isPort(port) && taken.includes(targetIdOf({ host: name, port: Number(port) }))) problems.set('host', text.taken);
  if (!isPort(port)) problems.set('port', text.portProblem);
  return problems;
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
});
