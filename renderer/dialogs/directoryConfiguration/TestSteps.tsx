import { makeStyles, mergeClasses, Spinner, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, DismissCircleFilled, WarningFilled } from '@fluentui/react-icons';
import type { Certificate, DirectoryServer, TestStep } from '../../../shared/contract/directory.contract.ts';
import { directoryText as text, stepStateText, stepText, testStateText } from '../../i18n/en/directory.ts';
import { formatDuration } from '../../i18n/en/jobs.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { CertificateCard } from './CertificateCard.tsx';
import type { TestState } from './test.store.ts';

/** With these the certificate can be trusted by its fingerprint. */
const trustableCodes: readonly (string | undefined)[] = [
  'certificate-unknown',
  'certificate-expired',
  'certificate-name',
  'certificate-changed',
];

interface TestStepsProps {
  readonly state: TestState;
  /** Absent where nothing can be trusted from here. */
  onTrust?(server: DirectoryServer, certificate: Certificate): void;
}

/** A test as it happens: what, how long, and for a failure what it means and what to do. */
export function TestSteps({ state, onTrust }: TestStepsProps) {
  const styles = useStyles();
  const steps = 'steps' in state ? state.steps : [];
  const hasSeveralServers = new Set(steps.map(({ server }) => `${server.host}:${server.port}`)).size > 1;

  return (
    <>
      <p role="status" className={styles.status}>
        {testStateText(state)}
      </p>
      {state.phase === 'failed' && <ErrorNotice error={state.error} />}
      {steps.length > 0 && (
        <ol aria-label={text.testSteps} className={styles.list}>
          {steps.map((step) => (
            <li key={`${step.server.host}:${step.server.port} ${step.step}`} className={styles.step}>
              <StateIcon state={step.state} />
              <div className={styles.body}>
                <div>
                  <strong>{stepText[step.step]}</strong> – {stepStateText[step.state]}
                  {hasSeveralServers && (
                    <span className={styles.quiet}>
                      {' '}
                      ({step.server.host}:{step.server.port})
                    </span>
                  )}
                  {step.state !== 'running' && <span className={styles.quiet}> {formatDuration(step.milliseconds)}</span>}
                </div>
                {step.text && <div dir="auto">{step.text}</div>}
                {step.advice && <div className={styles.advice}>{step.advice}</div>}
                {step.certificate && <StepCertificate step={step} certificate={step.certificate} onTrust={onTrust} />}
                {step.code && (
                  <details className={styles.quiet}>
                    <summary>{text.details}</summary>
                    {step.code}, {step.server.host}:{step.server.port}
                  </details>
                )}
              </div>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

function StepCertificate({ step, certificate, onTrust }: { step: TestStep; certificate: Certificate; onTrust: TestStepsProps['onTrust'] }) {
  const styles = useStyles();
  const mayTrust = onTrust && step.state === 'failed' && trustableCodes.includes(step.code);
  if (mayTrust)
    return <CertificateCard certificate={certificate} host={step.server.host} onTrust={() => onTrust(step.server, certificate)} />;
  return (
    <details className={styles.quiet}>
      <summary>{text.certificate}</summary>
      <CertificateCard certificate={certificate} host={step.server.host} />
    </details>
  );
}

function StateIcon({ state }: { readonly state: TestStep['state'] }) {
  const styles = useStyles();
  switch (state) {
    case 'running':
      return <Spinner size="extra-tiny" aria-hidden />;
    case 'passed':
      return <CheckmarkCircleFilled aria-hidden className={mergeClasses(styles.icon, styles.passed)} />;
    case 'warning':
      return <WarningFilled aria-hidden className={mergeClasses(styles.icon, styles.warning)} />;
    case 'failed':
      return <DismissCircleFilled aria-hidden className={mergeClasses(styles.icon, styles.failed)} />;
  }
}

const useStyles = makeStyles({
  status: { margin: '0', minHeight: tokens.lineHeightBase300, fontWeight: tokens.fontWeightSemibold },
  list: { listStyleType: 'none', margin: '0', padding: '0', display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  step: { display: 'flex', columnGap: tokens.spacingHorizontalS, alignItems: 'flex-start' },
  body: { minWidth: '0', flex: '1 1 0', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
  advice: { color: tokens.colorNeutralForeground2 },
  icon: { flexShrink: 0, fontSize: tokens.fontSizeBase500 },
  passed: { color: tokens.colorStatusSuccessForeground1 },
  warning: { color: tokens.colorStatusWarningForeground1 },
  failed: { color: tokens.colorStatusDangerForeground1 },
});
