import { useEffect, useState } from 'react';
import { parseMailbox } from '../../../shared/email/mailbox.ts';
import { useClient } from '../../app/client.tsx';

/** Why no mail to users can be made; null where one can, undefined until it is known. */
export type MailsUnready = 'off' | 'no-from' | null | undefined;

/** Whether mails to users can be made, as the email settings are when the dialog opens. */
export function useMailsReady(): MailsUnready {
  const client = useClient();
  const [unready, setUnready] = useState<MailsUnready>(undefined);
  useEffect(() => {
    let isGone = false;
    client.email.get(null).then(
      ({ settings }) => {
        if (!isGone) setUnready(!settings.sendEmails ? 'off' : parseMailbox(settings.from) === null ? 'no-from' : null);
      },
      () => {}, // nothing can be chosen then; the server says why when something is done
    );
    return () => void (isGone = true);
  }, [client]);
  return unready;
}
