import { makeStyles, mergeClasses, Spinner, tokens } from '@fluentui/react-components';
import { CheckmarkCircleFilled, DismissCircleFilled, WarningFilled } from '@fluentui/react-icons';
import type { Certificate } from '../../shared/contract/directory.contract.ts';
import { checksText as text, stepStateText, type StepState } from '../i18n/en/checks.ts';
import { formatDuration } from '../i18n/en/jobs.ts';
import { CertificateCard } from './CertificateCard.tsx';

/** One step of a test, as it is shown. */
export interface ShownStep {
  readonly key: string;
  readonly name: string;
  readonly state: StepState;
  readonly host: string;
  readonly port: number;
  readonly milliseconds: number;
  /** What was found, in words; on failure what it means. */
  readonly text: string;
  readonly advice?: string | undefined;
  readonly code?: string | undefined;
  readonly certificate?: Certificate | undefined;
}

interface StepListProps {
  readonly steps: readonly ShownStep[];
  /** Absent where nothing can be trusted from here. */
  onTrust?(server: { readonly host: string; readonly port: number }, certificate: Certificate): void;
}

/** With these the certificate can be trusted by its fingerprint. */
const trustableCodes: readonly (string | undefined)[] = [
  'certificate-unknown',
  'certificate-expired',
  'certificate-name',
  'certificate-changed',
];

/** The steps of a test as they happen: what, how long, and for a failure what it means and what to do. */
export function StepList({ steps, onTrust }: StepListProps) {
  const styles = useStyles();
  const hasSeveralServers = new Set(steps.map(({ host, port }) => `${host}:${port}`)).size > 1;
  if (steps.length === 0) return null;
  return (
    <ol aria-label={text.testSteps} className={styles.list}>
      {steps.map((step) => (
        <li key={step.key} className={styles.step}>
          <StateIcon state={step.state} />
          <div className={styles.body}>
            <div>
              <strong>{step.name}</strong> – {stepStateText[step.state]}
              {hasSeveralServers && (
                <span className={styles.quiet}>
                  {' '}
                  ({step.host}:{step.port})
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
                {step.code}, {step.host}:{step.port}
              </details>
            )}
          </div>
        </li>
      ))}
    </ol>
  );
}

interface StepCertificateProps {
  readonly step: ShownStep;
  readonly certificate: Certificate;
  readonly onTrust: StepListProps['onTrust'];
}

function StepCertificate({ step, certificate, onTrust }: StepCertificateProps) {
  const styles = useStyles();
  if (onTrust && step.state === 'failed' && trustableCodes.includes(step.code))
    return <CertificateCard certificate={certificate} host={step.host} onTrust={() => onTrust(step, certificate)} />;
  return (
    <details className={styles.quiet}>
      <summary>{text.certificate}</summary>
      <CertificateCard certificate={certificate} host={step.host} />
    </details>
  );
}

function StateIcon({ state }: { readonly state: StepState }) {
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
