import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, DismissCircleFilled, SubtractCircleFilled } from '@fluentui/react-icons';
import type { VerifyResult, VerifyStep } from '../../../shared/contract/verify.contract.ts';
import { testUserText as text, verifyResultText, verifyStateText, verifyStepText } from '../../i18n/en/verify.ts';

const intents = { succeeded: 'success', denied: 'error', 'not-verified': 'warning' } as const;

/** How a test ended, what that means, and the steps that led there. */
export function TestResult({ result }: { readonly result: VerifyResult }) {
  const styles = useStyles();
  const { outcome, reason, steps, attemptsLeft, tokenSerial } = result;
  const { sentence, advice } = verifyResultText[reason];
  return (
    <>
      <MessageBar intent={intents[outcome]} layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{text.outcomes[outcome]}</MessageBarTitle> {sentence} {advice}
          {attemptsLeft !== null && attemptsLeft > 0 && ` ${text.attemptsLeft(attemptsLeft)}`}
        </MessageBarBody>
      </MessageBar>
      {steps.length > 0 && (
        <ol aria-label={text.steps} className={styles.list}>
          {steps.map(({ step, state }) => (
            <li key={step} className={styles.step}>
              <StateIcon state={state} />
              <span>
                <strong>{verifyStepText[step]}</strong> – {verifyStateText[state]}
                {step === 'code' && tokenSerial !== '' && <span className={styles.quiet}> ({text.token(tokenSerial)})</span>}
              </span>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

function StateIcon({ state }: { readonly state: VerifyStep['state'] }) {
  const styles = useStyles();
  switch (state) {
    case 'passed':
      return <CheckmarkCircleFilled aria-hidden className={mergeClasses(styles.icon, styles.passed)} />;
    case 'failed':
      return <DismissCircleFilled aria-hidden className={mergeClasses(styles.icon, styles.failed)} />;
    case 'not-possible':
      return <SubtractCircleFilled aria-hidden className={mergeClasses(styles.icon, styles.warning)} />;
  }
}

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: '0', padding: '0', display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  step: { display: 'flex', columnGap: tokens.spacingHorizontalS, alignItems: 'center' },
  quiet: { color: tokens.colorNeutralForeground3 },
  icon: { flexShrink: 0, fontSize: tokens.fontSizeBase500 },
  passed: { color: tokens.colorStatusSuccessForeground1 },
  failed: { color: tokens.colorStatusDangerForeground1 },
  warning: { color: tokens.colorStatusWarningForeground1 },
});
