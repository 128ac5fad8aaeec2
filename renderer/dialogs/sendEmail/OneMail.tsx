import { Checkbox, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import type { UserChanges } from '../../../shared/contract/userCommands.ts';
import { useClient } from '../../app/client.tsx';
import { sendEmailText as text } from '../../i18n/en/sendEmail.ts';
import { useMailsReady } from './useMailsReady.ts';

interface OneMailProps {
  /** Null for a new user. */
  readonly id: number | null;
  /** What would be saved now; null where nothing can be. */
  readonly changes: UserChanges | null;
  readonly isOn: boolean;
  onChange(isOn: boolean): void;
}

/** Typing waits for nobody. */
const pauseMs = 250;

/** “Send email” of one user, and which mail he gets, or why none. */
export function OneMail({ id, changes, isOn, onChange }: OneMailProps) {
  const styles = useStyles();
  const client = useClient();
  const unready = useMailsReady();
  const [verdict, setVerdict] = useState('');
  // What is sent decides, not which object it is in.
  const { pin, ...sent } = changes ?? {};
  const question = isOn && changes ? JSON.stringify({ id, changes: sent, newPin: pin !== undefined }) : null;

  useEffect(() => {
    if (question === null) return setVerdict('');
    const asked = new AbortController();
    const timer = setTimeout(() => {
      const input = JSON.parse(question) as Parameters<typeof client.users.previewMail>[0];
      client.users.previewMail(input, { signal: asked.signal }).then(
        (answer) => setVerdict(text.verdict(answer)),
        () => asked.signal.aborted || setVerdict(''), // what is wrong is said beside its field
      );
    }, pauseMs);
    return () => {
      asked.abort();
      clearTimeout(timer);
    };
  }, [client, question]);

  return (
    <div className={styles.root}>
      <Checkbox
        label={text.sendEmail}
        disabled={unready !== null && !isOn}
        checked={isOn}
        onChange={(_event, { checked }) => onChange(checked === true)}
      />
      <span role="status" dir="auto" className={styles.verdict}>
        {unready ? text.notReady[unready] : verdict}
      </span>
    </div>
  );
}

const useStyles = makeStyles({
  root: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    flexShrink: 0,
    // In line with what stands above: a check box has room of its own at its left.
    '& > :first-child': { marginLeft: `calc(0px - ${tokens.spacingHorizontalS})` },
    minHeight: '32px',
    borderTop: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke2}`,
  },
  verdict: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
});
