import { useEffect, useState } from 'react';
import { useClient } from '../../app/client.tsx';
import { sendEmailText as text } from '../../i18n/en/sendEmail.ts';

/** What has become of the mails of a job that has ended: how many lie in the outbox, and for how many users there is none. */
export function JobMails({ jobId, refused }: { readonly jobId: string; readonly refused: number }) {
  const client = useClient();
  const [words, setWords] = useState('');
  useEffect(() => {
    let isGone = false;
    Promise.all([client.outbox.ofJob({ jobId }), client.jobs.items({ jobId, limit: 1 }), client.email.get(null)]).then(
      ([{ mails, waiting }, { total }, { settings }]) => {
        if (isGone) return;
        const without = total - refused;
        const isHeld = settings.mode === 'hold';
        setWords(
          [text.made(mails, isHeld), without > 0 && text.unmailed(without), waiting > 0 && text.waiting(waiting)].filter(Boolean).join(' '),
        );
      },
      () => {}, // the outbox shows them
    );
    return () => void (isGone = true);
  }, [client, jobId, refused]);
  return <p role="status">{words}</p>;
}
