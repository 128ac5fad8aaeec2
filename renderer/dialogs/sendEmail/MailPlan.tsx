import { makeStyles, tokens } from '@fluentui/react-components';
import type { MailCounts } from '../../../shared/contract/sendEmail.ts';
import { sendEmailText as text } from '../../i18n/en/sendEmail.ts';

/** How many mails of which template there will be, and how many users get none, and why. */
export function MailPlan({ counts }: { readonly counts: MailCounts }) {
  const styles = useStyles();
  const lines = [...counts.byTemplate.map(text.planned), ...counts.none.map(text.without)];
  return (
    <div role="group" aria-label={text.planLabel} className={styles.root}>
      {text.plan(counts)}
      {lines.length > 0 && (
        <ul className={styles.list}>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

const useStyles = makeStyles({
  root: { fontVariantNumeric: 'tabular-nums' },
  list: { margin: '0', paddingLeft: tokens.spacingHorizontalXL, color: tokens.colorNeutralForeground2 },
});
