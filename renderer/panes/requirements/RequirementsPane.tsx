import { Button, makeStyles, mergeClasses, shorthands, tokens } from '@fluentui/react-components';
import { ArrowClockwiseRegular, ClockRegular, HistoryRegular } from '@fluentui/react-icons';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { Requirement, RequirementKind } from '../../../shared/contract/requirements.contract.ts';
import { useClient } from '../../app/client.tsx';
import { usePaneCommands, usePaneStatus } from '../../app/useShell.ts';
import { requirementsText as text } from '../../i18n/en/requirements.ts';
import { CheckHistoryDialog } from '../../ui/checks/CheckHistoryDialog.tsx';
import { CheckSchedule } from '../../ui/checks/CheckSchedule.tsx';
import { StateLabel } from '../../ui/checks/StateLabel.tsx';
import { CommandRow, type Command } from '../../ui/CommandRow.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { instantText } from '../../ui/instants.ts';
import { createRequirementsStore } from './requirements.store.ts';
import { TimeServerDialog } from './TimeServerDialog.tsx';

/** Whether this computer is as the console needs it, and what to do where it is not. */
export function RequirementsPane() {
  const styles = useStyles();
  const client = useClient();
  const [store] = useState(() => createRequirementsStore(client));
  const { found, isChecking, checkedAt, everyHours, error } = useStore(store);
  const { check, follow, setSchedule } = store.getState();
  const [isChoosing, setChoosing] = useState(false);
  const [past, setPast] = useState<RequirementKind | null>(null);
  useEffect(() => follow(), [follow]);

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
      <div className={styles.top}>
        <span role="status">
          {isChecking ? text.looking : checkedAt === null ? text.intro : `${summary}. ${text.checkedAt(instantText(checkedAt))}`}
        </span>
        {everyHours !== null && <CheckSchedule everyHours={everyHours} onChange={(hours) => void setSchedule(hours)} />}
      </div>
      {error && <ErrorNotice error={error} context={text.failed} actions={<Button onClick={refresh}>{text.tryAgain}</Button>} />}
      <div className={styles.list}>{found && <Found found={found} onHistory={setPast} />}</div>
      <CommandRow commands={commands} />
      {past && (
        <CheckHistoryDialog
          subject={text.kinds[past]}
          load={(options) => client.requirements.history({ kind: past }, options)}
          onClose={() => setPast(null)}
        />
      )}
      {isChoosing && <TimeServerDialog onSaved={refresh} onClose={() => setChoosing(false)} />}
    </div>
  );
}

interface FoundProps {
  readonly found: readonly Requirement[];
  onHistory(kind: RequirementKind): void;
}

function Found({ found, onHistory }: FoundProps) {
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
          return (
            <tr key={kind}>
              <td className={styles.cell}>
                <StateLabel state={state} />
              </td>
              <th scope="row" className={mergeClasses(styles.cell, styles.kind)}>
                {text.kinds[kind]}
              </th>
              <td className={styles.cell}>{reason}</td>
              <td className={styles.cell}>{fix}</td>
              <td className={styles.cell}>
                <Button
                  size="small"
                  appearance="subtle"
                  icon={<HistoryRegular />}
                  aria-label={text.historyOf(text.kinds[kind])}
                  title={text.historyOf(text.kinds[kind])}
                  onClick={() => onHistory(kind)}
                />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const useStyles = makeStyles({
  root: { flex: '1 0 auto', display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  top: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', columnGap: tokens.spacingHorizontalL },
  // As the lists of other panes look; its rows are as high as what they say.
  list: {
    flex: '1 1 0',
    minHeight: '224px',
    overflow: 'auto',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusMedium,
    ...shorthands.border(tokens.strokeWidthThin, 'solid', tokens.colorNeutralStroke2),
  },
  table: { width: '100%', borderCollapse: 'collapse' },
  cell: {
    padding: `${tokens.spacingVerticalS} ${tokens.spacingHorizontalS}`,
    textAlign: 'start',
    verticalAlign: 'top',
    overflowWrap: 'anywhere',
    borderBottom: `${tokens.strokeWidthThin} solid ${tokens.colorNeutralStroke3}`,
  },
  head: {
    position: 'sticky',
    top: '0',
    fontWeight: tokens.fontWeightSemibold,
    whiteSpace: 'nowrap',
    paddingTop: tokens.spacingVerticalSNudge,
    paddingBottom: tokens.spacingVerticalSNudge,
    backgroundColor: tokens.colorNeutralBackground3,
    borderBottomColor: tokens.colorNeutralStroke2,
  },
  kind: { fontWeight: tokens.fontWeightSemibold, minWidth: '160px', overflowWrap: 'normal' },
});
