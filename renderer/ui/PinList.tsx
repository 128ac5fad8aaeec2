import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons';
import type { CertificatePin } from './certificatePins.ts';
import { checksText as text } from '../i18n/en/checks.ts';
import { Mono } from './Mono.tsx';

interface PinListProps {
  readonly pins: readonly CertificatePin[];
  onChange(pins: CertificatePin[]): void;
}

/** Single certificates that are trusted, each for one server. */
export function PinList({ pins, onChange }: PinListProps) {
  const styles = useStyles();
  return (
    <div className={styles.pins}>
      <span>{text.pins}</span>
      {pins.length === 0 && <span className={styles.quiet}>{text.noPins}</span>}
      {pins.length > 0 && (
        <ul aria-label={text.pins} className={styles.pinList}>
          {pins.map((pin, index) => (
            <li key={`${pin.host}:${pin.port}`} className={styles.pin}>
              <span>
                {pin.host}:{pin.port}
              </span>
              <Mono text={pin.sha256} label={text.sha256} maxLength={32} />
              <Button
                appearance="subtle"
                size="small"
                icon={<DeleteRegular />}
                aria-label={text.removePin(`${pin.host}:${pin.port}`)}
                title={text.remove}
                onClick={() => onChange(pins.toSpliced(index, 1))}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground3 },
  pins: { display: 'grid', gridTemplateColumns: '176px minmax(0, 1fr)', alignItems: 'baseline' },
  pinList: { listStyleType: 'none', margin: '0', padding: '0' },
  pin: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', columnGap: tokens.spacingHorizontalM },
});
