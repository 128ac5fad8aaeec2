import { Field, Input } from '@fluentui/react-components';
import { manyMails } from '../../shared/email/manyMails.ts';
import { confirmCountText as text } from '../i18n/en/sendEmail.ts';

interface ConfirmCountProps {
  /** How many mails there are; nothing is asked where they are few. */
  readonly count: number;
  readonly value: string;
  onChange(typed: string): void;
}

/** Lets somebody type how many mails he is about to send, so that nobody mails everybody by accident. */
export function ConfirmCount({ count, value, onChange }: ConfirmCountProps) {
  if (count <= manyMails) return null;
  return (
    <Field label={text.label(count)} hint={text.hint(manyMails)}>
      <Input value={value} inputMode="numeric" autoComplete="off" maxLength={20} onChange={(_event, data) => onChange(data.value)} />
    </Field>
  );
}
