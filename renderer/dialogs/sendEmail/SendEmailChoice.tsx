import { Checkbox, Select, Text, makeStyles, tokens } from '@fluentui/react-components';
import type { SendEmail } from '../../../shared/contract/sendEmail.ts';
import { sendEmailText as text } from '../../i18n/en/sendEmail.ts';
import { useMailsReady } from './useMailsReady.ts';

interface SendEmailChoiceProps {
  readonly value: SendEmail;
  onChange(value: SendEmail): void;
}

/** “Send email” of an action for many users (reference §2.9), greyed while no mail can be made. */
export function SendEmailChoice({ value, onChange }: SendEmailChoiceProps) {
  const styles = useStyles();
  const unready = useMailsReady();
  const isOn = value !== 'none';
  return (
    <div className={styles.root}>
      <Checkbox
        label={text.sendEmail}
        disabled={unready !== null && !isOn}
        checked={isOn}
        onChange={(_event, { checked }) => onChange(checked === true ? 'new' : 'none')}
      />
      <Select
        aria-label={text.whom}
        disabled={!isOn}
        value={isOn ? value : 'new'}
        onChange={(_event, data) => onChange(data.value as Exclude<SendEmail, 'none'>)}
      >
        {(['new', 'new-and-updated'] as const).map((choice) => (
          <option key={choice} value={choice}>
            {text.choices[choice]}
          </option>
        ))}
      </Select>
      {unready && <Text className={styles.hint}>{text.notReady[unready]}</Text>}
    </div>
  );
}

const useStyles = makeStyles({
  root: { display: 'grid', gridTemplateColumns: '140px minmax(0, 1fr)', alignItems: 'center' },
  hint: { gridColumn: '2', color: tokens.colorNeutralForeground2 },
});
