import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircleRegular,
  DismissCircleRegular,
  PauseCircleRegular,
  QuestionCircleRegular,
  WarningRegular,
} from '@fluentui/react-icons';
import type { ComponentType } from 'react';
import type { MailState, OutboxMail } from '../../../../shared/contract/outbox.contract.ts';
import { mailStateText } from '../../../i18n/en/email.ts';

/** Nothing is said by colour alone. */
const marks: Partial<Record<MailState, ComponentType<{ className?: string; 'aria-hidden': true }>>> = {
  sent: CheckmarkCircleRegular,
  deferred: WarningRegular,
  failed: DismissCircleRegular,
  held: PauseCircleRegular,
  unknown: QuestionCircleRegular,
};

/** The state of a mail with its mark. */
export function State({ state }: Pick<OutboxMail, 'state'>) {
  const styles = useStyles();
  const Mark = marks[state];
  const classes: Partial<Record<MailState, string>> = {
    sent: styles.sent,
    deferred: styles.warning,
    unknown: styles.warning,
    failed: styles.failed,
    held: styles.held,
  };
  return (
    <span>
      {Mark && <Mark className={mergeClasses(styles.mark, classes[state])} aria-hidden />}
      {mailStateText[state]}
    </span>
  );
}

const useStyles = makeStyles({
  mark: { verticalAlign: 'text-bottom', marginInlineEnd: tokens.spacingHorizontalXS },
  sent: { color: tokens.colorStatusSuccessForeground1, '@media (forced-colors: active)': { color: 'inherit' } },
  warning: { color: tokens.colorStatusWarningForeground1, '@media (forced-colors: active)': { color: 'inherit' } },
  failed: { color: tokens.colorStatusDangerForeground1, '@media (forced-colors: active)': { color: 'inherit' } },
  held: { color: tokens.colorNeutralForeground3, '@media (forced-colors: active)': { color: 'inherit' } },
});
