import { makeStyles, tokens } from '@fluentui/react-components';
import { ErrorCircleRegular, InfoRegular, WarningRegular, BugRegular, type FluentIcon } from '@fluentui/react-icons';
import type { LogLevel, LogLine } from '../../../shared/contract/logs.contract.ts';
import { loggingText, logLevelText } from '../../i18n/en/logging.ts';
import type { TableColumn } from '../../ui/table/tableColumn.ts';

const icons: Readonly<Record<LogLevel, FluentIcon>> = {
  debug: BugRegular,
  info: InfoRegular,
  warning: WarningRegular,
  error: ErrorCircleRegular,
};

/** To the second, in the time of this computer. */
const time = new Intl.DateTimeFormat('en-GB', {
  dateStyle: 'medium',
  timeStyle: 'medium',
});

export const logTimeText = (at: number | null): string => (at === null ? loggingText.noTime : time.format(at));

const { columns } = loggingText;

export const logColumns: readonly TableColumn<LogLine>[] = [
  { id: 'at', header: columns.at, width: 188, isSized: true, text: ({ at }) => logTimeText(at) },
  {
    id: 'level',
    header: columns.level,
    width: 120,
    isSized: true,
    text: ({ level }) => logLevelText[level],
    render: ({ level }) => <LevelLabel level={level} />,
  },
  { id: 'message', header: columns.message, width: 360, grow: 6, text: ({ message }) => message },
  { id: 'component', header: columns.component, width: 112, text: ({ component }) => component },
  { id: 'host', header: columns.host, width: 112, text: ({ host }) => host },
  { id: 'user', header: columns.user, width: 120, grow: 1, text: ({ user }) => user },
  { id: 'ref', header: columns.ref, width: 120, grow: 1, text: ({ ref }) => ref },
];

function LevelLabel({ level }: { readonly level: LogLevel }) {
  const styles = useStyles();
  const Icon = icons[level];
  return (
    <span className={styles.level}>
      <Icon className={level === 'error' ? styles.error : level === 'warning' ? styles.warning : undefined} aria-hidden />
      {logLevelText[level]}
    </span>
  );
}

const useStyles = makeStyles({
  level: { display: 'inline-flex', alignItems: 'center', columnGap: tokens.spacingHorizontalXS },
  error: { color: tokens.colorStatusDangerForeground1 },
  warning: { color: tokens.colorStatusWarningForeground1 },
});
