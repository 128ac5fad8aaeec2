import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ShieldCheckmarkRegular } from '@fluentui/react-icons';
import type { Certificate } from '../../shared/contract/directory.contract.ts';
import { checksText as text } from '../i18n/en/checks.ts';
import { FactList } from './FactList.tsx';
import { Mono } from './Mono.tsx';

const day = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

interface CertificateCardProps {
  readonly certificate: Certificate;
  readonly host: string;
  /** Absent where the certificate is trusted already. */
  onTrust?(): void;
}

/** A certificate as the server showed it, and the choice to trust it for this one server. */
export function CertificateCard({ certificate, host, onTrust }: CertificateCardProps) {
  const styles = useStyles();
  const { subject, issuer, names, notBefore, notAfter, sha256 } = certificate;
  return (
    <section aria-label={text.certificate} className={styles.root}>
      <FactList>
        <dt>{text.subject}</dt>
        <dd dir="auto">{subject}</dd>
        <dt>{text.issuer}</dt>
        <dd dir="auto">{issuer}</dd>
        <dt>{text.names}</dt>
        <dd dir="auto">{names.join(', ')}</dd>
        <dt>{text.validity}</dt>
        <dd>{text.validityOf(dateText(notBefore), dateText(notAfter))}</dd>
        <dt>{text.sha256}</dt>
        <dd>
          <Mono text={sha256} label={text.sha256} maxLength={95} />
        </dd>
      </FactList>
      {onTrust && (
        <div className={styles.trust}>
          <Button icon={<ShieldCheckmarkRegular />} onClick={onTrust}>
            {text.trust(host)}
          </Button>
          <span>{text.trustHint}</span>
        </div>
      )}
    </section>
  );
}

/** A date that a server wrote wrongly is shown as it is. */
function dateText(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : day.format(date);
}

const useStyles = makeStyles({
  root: {
    padding: tokens.spacingHorizontalM,
    marginTop: tokens.spacingVerticalXS,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  trust: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalM,
    marginTop: tokens.spacingVerticalS,
  },
});
