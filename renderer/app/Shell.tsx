import { Link, makeStyles, tokens } from '@fluentui/react-components';
import { ShieldKeyholeFilled } from '@fluentui/react-icons';
import { Activity, Suspense, useDeferredValue, useEffect, useState } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { paneHelpText } from '../i18n/en/paneHelp.ts';
import { shellText } from '../i18n/en/shell.ts';
import { DialogHelp } from '../ui/dialogHelp.ts';
import { ActivationProvider } from './ActivationProvider.tsx';
import { Banners } from './Banners.tsx';
import { Dialogs } from './Dialogs.tsx';
import { HelpInDialog } from './help/HelpInDialog.tsx';
import { useDialogs } from './dialogs.store.ts';
import { JobStrip } from './JobStrip.tsx';
import type { JobsStore } from './jobs.store.ts';
import { LeaveQuestion } from './LeaveQuestion.tsx';
import { LeftBar } from './LeftBar.tsx';
import { MenuBar } from './MenuBar.tsx';
import { PaneBoundary } from './PaneBoundary.tsx';
import { panes } from './panes.ts';
import { focusNextRegion, regionAttribute } from './regions.ts';
import { SetupBar } from './setup/SetupBar.tsx';
import { useShell } from './useShell.ts';
import { StatusLine } from './StatusLine.tsx';
import type { ThemeChoice } from './theme.ts';

interface ShellProps {
  readonly jobs: StoreApi<JobsStore>;
  readonly theme: ThemeChoice;
  onTheme(theme: ThemeChoice): void;
}

/** The window: title, menus, panes, work in progress, status. */
export function Shell({ jobs, theme, onTheme }: ShellProps) {
  const styles = useStyles();
  const serverName = useShell((s) => s.server?.serverName);
  useWindowKeys();

  useEffect(() => {
    document.title = shellText.windowTitle(serverName);
  }, [serverName]);

  return (
    <ActivationProvider>
      <DialogHelp value={HelpInDialog}>
        <div className={styles.root}>
          <header className={styles.header}>
            <div className={styles.title}>
              <ShieldKeyholeFilled className={styles.mark} aria-hidden />
              <span>{shellText.product}</span>
              {serverName && <bdi className={styles.server}>{serverName}</bdi>}
            </div>
            <MenuBar theme={theme} onTheme={onTheme} />
          </header>
          <LeftBar />
          <main className={styles.main} {...{ [regionAttribute]: '' }}>
            <Banners />
            <SetupBar />
            <Suspense>
              <CurrentPane />
            </Suspense>
            <JobStrip store={jobs} />
          </main>
          <StatusLine />
          <Dialogs />
          <LeaveQuestion />
        </div>
      </DialogHelp>
    </ActivationProvider>
  );
}

/** Panes that were visited stay as they were left: search, position, selection. */
function CurrentPane() {
  const styles = useStyles();
  // Deferred, and without a boundary of its own, so that React waits for the code of a pane instead of showing nothing in its place, which it
  // would do for 300 ms at least, however soon the code is there.
  const paneId = useDeferredValue(useShell((s) => s.paneId));
  const open = useDialogs((s) => s.open);
  const [visited, setVisited] = useState<ReadonlySet<string>>(() => new Set([paneId]));
  if (!visited.has(paneId)) setVisited(new Set([...visited, paneId]));

  return panes
    .filter(({ id }) => visited.has(id))
    .map(({ id, title, Component }) => (
      <Activity key={id} mode={id === paneId ? 'visible' : 'hidden'}>
        <section className={styles.pane} aria-labelledby={`${id}-pane-title`}>
          <div className={styles.head}>
            <h1 id={`${id}-pane-title`} className={styles.paneTitle}>
              {title}
            </h1>
            <Link
              as="button"
              aria-label={paneHelpText.menu}
              title={paneHelpText.keys}
              onClick={() => open({ kind: 'pane-help', pane: id })}
            >
              {paneHelpText.link}
            </Link>
          </div>
          <PaneBoundary>
            <Component />
          </PaneBoundary>
        </section>
      </Activity>
    ));
}

/** F1, F5, F6 and Ctrl+F belong to the window, not to the browser; under a dialog they do nothing. */
function useWindowKeys() {
  const commands = useShell((s) => s.paneCommands);
  const isDialogOpen = useDialogs((s) => s.current !== null);
  const open = useDialogs((s) => s.open);
  const pane = useShell((s) => s.paneId);

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (event.key === 'F1') {
        event.preventDefault();
        if (!isDialogOpen) open({ kind: 'pane-help', pane });
        return;
      }
      if (event.key === 'F6' && !event.ctrlKey && !event.altKey) {
        event.preventDefault();
        return focusNextRegion(event.shiftKey ? -1 : 1);
      }
      const isFind = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'f';
      if (event.key !== 'F5' && !isFind) return;
      if (isFind ? !commands.focusSearch : event.ctrlKey) return;
      event.preventDefault();
      if (isDialogOpen) return;
      if (isFind) commands.focusSearch?.();
      else commands.refresh?.();
    }
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [commands, isDialogOpen, open, pane]);
}

const useStyles = makeStyles({
  root: {
    height: '100%',
    boxSizing: 'border-box',
    display: 'grid',
    gridTemplateAreas: '"header header" "bar main" "status status"',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    gridTemplateRows: 'auto minmax(0, 1fr) auto',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXS,
    paddingLeft: tokens.spacingHorizontalS,
    paddingRight: tokens.spacingHorizontalS,
    paddingBottom: tokens.spacingVerticalXS,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  header: { gridArea: 'header' },
  title: {
    display: 'flex',
    alignItems: 'center',
    columnGap: tokens.spacingHorizontalS,
    paddingTop: tokens.spacingVerticalS,
    paddingBottom: tokens.spacingVerticalXS,
    paddingLeft: tokens.spacingHorizontalXS,
    fontWeight: tokens.fontWeightSemibold,
  },
  mark: { fontSize: tokens.fontSizeBase500, color: tokens.colorBrandForeground1 },
  server: { color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular },
  main: { gridArea: 'main', minHeight: '0', overflowY: 'auto', display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  // Scrolls only where a small window, or a large zoom, leaves a pane less than it needs.
  pane: { flex: '1 0 auto', display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalS },
  head: { display: 'flex', alignItems: 'baseline', justifyContent: 'space-between', columnGap: tokens.spacingHorizontalM },
  paneTitle: {
    margin: '0',
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
  },
});
