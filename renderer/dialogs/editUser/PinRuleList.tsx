import { makeStyles, tokens } from '@fluentui/react-components';
import { CheckmarkRegular, DismissRegular } from '@fluentui/react-icons';
import type { PinProblem } from '../../../shared/pins/pinRules.ts';
import { pinRuleText as text } from '../../i18n/en/pins.ts';
import { useEditor } from './editor.ts';
import { pinProblemsOf, pinRulesOf } from './userForm.ts';

/** The rules for the PIN that is being typed, each with a mark whether it keeps it. */
export function PinRuleList() {
  const styles = useStyles();
  const { form, company } = useEditor();
  const { minLength, preventWeak, history } = pinRulesOf(form, company);
  const problems = pinProblemsOf(form, company);
  const rules: readonly (readonly [string, PinProblem])[] = [
    [text.digits, 'not-digits'],
    [text.length(minLength), 'too-short'],
    ...(preventWeak
      ? ([
          [text.run, 'sequential'],
          [text.repeat, 'repeating'],
          [text.phone, 'phone'],
        ] as const)
      : []),
  ];

  return (
    <ul aria-label={text.label} className={styles.list}>
      {rules.map(([words, problem]) => {
        const isBroken = problems.includes(problem);
        return (
          <li key={problem} className={isBroken ? styles.broken : styles.kept}>
            {isBroken ? <DismissRegular role="img" aria-label={text.broken} /> : <CheckmarkRegular role="img" aria-label={text.kept} />}
            {words}
          </li>
        );
      })}
      {history > 0 && <li className={styles.kept}>{text.history(history)}</li>}
    </ul>
  );
}

const item = { display: 'flex', alignItems: 'center', columnGap: tokens.spacingHorizontalXS } as const;

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(208px, 1fr))',
    columnGap: tokens.spacingHorizontalM,
    listStyleType: 'none',
    margin: '0',
    padding: '0',
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  kept: { ...item, color: tokens.colorNeutralForeground2 },
  broken: { ...item, color: tokens.colorStatusDangerForeground1 },
});
