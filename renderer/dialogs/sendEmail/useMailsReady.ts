import { useEffect, useState } from 'react';
import { parseMailbox } from '../../../shared/email/mailbox.ts';
import { useClient } from '../../app/client.tsx';

/** Why no mail to users can be made; null where one can, undefined until it is known. */
export type MailsUnready = 'off' | 'no-from' | null | undefined;

interface MailRules {
  readonly unready: MailsUnready;
  /** Mails leave as they are made: where somebody is imported, a mail is the rule (reference §2.9). While they are held it is not. */
  readonly isRule: boolean;
}

/** Whether mails to users can be made, as the email settings are when the dialog opens. */
export function useMailsReady(): MailsUnready {
  return useMailRules().unready;
}

export function useMailRules(): MailRules {
  const client = useClient();
  const [rules, setRules] = useState<MailRules>({ unready: undefined, isRule: false });
  useEffect(() => {
    let isGone = false;
    client.email.get(null).then(
      ({ settings }) => {
        const unready = !settings.sendEmails ? 'off' : parseMailbox(settings.from) === null ? 'no-from' : null;
        if (!isGone) setRules({ unready, isRule: unready === null && settings.mode !== 'hold' });
      },
      () => {}, // nothing can be chosen then; the server says why when something is done
    );
    return () => void (isGone = true);
  }, [client]);
  return rules;
}
