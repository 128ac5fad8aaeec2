import { Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { ArrowClockwiseRegular, CheckmarkCircleRegular, ClockRegular, ErrorCircleRegular, WarningRegular } from '@fluentui/react-icons';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { Requirement } from '../../../shared/contract/requirements.contract.ts';
import { useClient } from '../../app/client.tsx';
import { usePaneCommands, usePaneStatus } from '../../app/useShell.ts';
import { requirementsText as text } from '../../i18n/en/requirements.ts';
import { CommandRow, type Command } from '../../ui/CommandRow.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { instantText } from '../../ui/instants.ts';
import { createRequirementsStore } from './requirements.store.ts';
import { TimeServerDialog } from './TimeServerDialog.tsx';

const icons = { pass: CheckmarkCircleRegular, warn: WarningRegular, fail: ErrorCircleRegular } as const;

/** Whether this computer is as the console needs it, and what to do where it is not. */
export function RequirementsPane() {
  const styles = useStyles();
  const client = useClient();
  const [store] = useState(() => createRequirementsStore(client));
  const { found, isChecking, checkedAt, error } = useStore(store);
  const { check } = store.getState();
  const [isChoosing, setChoosing] = useState(false);
  useEffect(() => {
    if (store.getState().checkedAt === null) void check();
  }, [store, check]);

  const refresh = useMemo(() => () => void check(), [check]);
  usePaneCommands(useMemo(() => ({ refresh }), [refresh]));
  const count = (state: Requirement['state']) => found?.filter((each) => each.state === state).length ?? 0;
  const summary = found ? text.summary({ pass: count('pass'), warn: count('warn'), fail: count('fail') }) : undefined;
  usePaneStatus({ counts: summary });

  const commands: readonly Command[] = [
    { id: 'check', label: text.check, icon: <ArrowClockwiseRegular />, keys: 'F5', run: refresh },
    { id: 'time', label: text.timeServer, icon: <ClockRegular />, run: () => setChoosing(true) },
  ];

  return (
    <div className={styles.root}>
      <span role="status">
        {isChecking ? text.looking : checkedAt === null ? text.intro : `${summary}. ${text.checkedAt(instantText(checkedAt))}`}
      </span>
      {error && <ErrorNotice error={error} context={text.failed} actions={<Button onClick={refresh}>{text.tryAgain}</Button>} />}
      <div className={styles.list}>{found && <Found found={found} />}</div>
      <CommandRow commands={commands} />
      {isChoosing && <TimeServerDialog onSaved={refresh} onClose={() => setChoosing(false)} />}
    </div>
  );
}

function Found({ found }: { readonly found: readonly Requirement[] }) {
  const styles = useStyles();
  return (
    <table aria-label={text.list} className={styles.table}>
      <thead>
        <tr>
          {Object.values(text.columns).map((header) => (
            <th key={header} scope="col" className={mergeClasses(styles.cell, styles.head)}>
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {found.map(({ kind, state, reason, fix }) => {
          const Icon = icons[state];
          return (
            <tr key={kind}>
              <td className={styles.cell}>
                <span className={styles.state}>
                  <Icon className={mergeClasses(styles.icon, styles[state])} aria-hidden />
                  {text.states[state]}
                </span>
              </td>
              <th scope="row" className={mergeClasses(styles.cell, styles.kind)}>
                {text.kinds[kind]}
              </th>
              <td className={styles.cell}>{reason}</td>
              <td className={styles.cell}>{fix}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const useStyles = makeStyles({
  root: { flex: '1 0 auto', display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  list: { flex: '1 0 auto', backgroundColor: tokens.colorNeutralBackground1, borderRadius: tokens.borderRadiusMedium, overflowX: 'auto' },
  table: { width: '100%', borderCollapse: 'collapse' },
  cell: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalM}`,
    textAlign: 'start',
    verticalAlign: 'top',
    overflowWrap: 'anywhere',
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
  },
  head: { fontWeight: tokens.fontWeightRegular, color: tokens.colorNeutralForeground2, whiteSpace: 'nowrap' },
  kind: { fontWeight: tokens.fontWeightSemibold, minWidth: '160px', overflowWrap: 'normal' },
  state: { display: 'inline-flex', alignItems: 'center', columnGap: tokens.spacingHorizontalXS, whiteSpace: 'nowrap' },
  icon: { flexShrink: '0', fontSize: tokens.fontSizeBase400 },
  pass: { color: tokens.colorStatusSuccessForeground1 },
  warn: { color: tokens.colorStatusWarningForeground1 },
  fail: { color: tokens.colorStatusDangerForeground1 },
});
