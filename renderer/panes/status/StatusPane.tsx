import { Button, Link, ProgressBar, makeStyles, tokens } from '@fluentui/react-components';
import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { LogLine } from '../../../shared/contract/logs.contract.ts';
import { staleAfterMs } from '../../../shared/contract/status.contract.ts';
import { useClient } from '../../app/client.tsx';
import { useDialogs } from '../../app/dialogs.store.ts';
import { usePaneCommands, useShell } from '../../app/useShell.ts';
import { actionText } from '../../i18n/en/audit.ts';
import { formatCount, jobKindText } from '../../i18n/en/jobs.ts';
import { statusText as text } from '../../i18n/en/status.ts';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { instantText, relativeText } from '../../ui/instants.ts';
import { Card } from './Card.tsx';
import { DataTable } from './DataTable.tsx';
import { Findings } from './Findings.tsx';
import { GroupCard } from './GroupCard.tsx';
import { EnrolmentCard, MailCard, UsersCard } from './Pictures.tsx';
import { createStatusStore, type Overview, type StatusStore } from './status.store.ts';

const dayMs = 24 * 60 * 60 * 1000;

/** This server at a glance: what needs attention, who is enrolled, what is being done and what happened lately. */
export function StatusPane() {
  const styles = useStyles();
  const client = useClient();
  const [store] = useState(() => createStatusStore(client));
  const { overview, activation, hasAuthority, mailHours, jobs, audit, warnings, error } = useStore(store);
  const { follow, load, loadWarnings } = store.getState();
  useEffect(() => follow(), [follow]);
  usePaneCommands(useMemo(() => ({ refresh: () => void Promise.all([load(), loadWarnings()]) }), [load, loadWarnings]));

  const notice = error && (
    <ErrorNotice error={error} context={text.failed} actions={<Button onClick={() => void load()}>{text.tryAgain}</Button>} />
  );
  if (!overview) return notice ?? <p role="status">{text.loading}</p>;
  return (
    <div className={styles.root}>
      {notice}
      <Card title={text.findings}>
        <Findings findings={overview.findings} />
      </Card>
      <div className={styles.cards}>
        <UsersCard {...overview.users} />
        <EnrolmentCard days={overview.enrolment} />
        <MailCard hours={mailHours} />
        <Card title={text.directory}>
          <Facts facts={directoryFacts(overview)} />
          {/* What did not come to its end has read nobody knows how much. */}
          {overview.directory.lastImport?.state === 'done' && <Freshness at={overview.directory.lastImport.at} />}
        </Card>
      </div>
      <div className={styles.tables}>
        <Card title={text.server}>
          <Facts facts={serverFacts(overview)} />
        </Card>
        {activation && <GroupCard activation={activation} hasAuthority={hasAuthority} />}
      </div>
      <div className={styles.tables}>
        <Card title={text.jobs}>
          <Jobs jobs={jobs} />
        </Card>
        <Card title={text.lately}>
          {audit.length === 0 ? (
            <p className={styles.none}>{text.nothingYet}</p>
          ) : (
            <DataTable
              label={text.lately}
              columns={[text.time, text.who, text.what, text.outcome].map((header) => ({ header }))}
              rows={audit.map((entry) => ({
                key: String(entry.id),
                cells: [<Instant key="at" at={entry.at} />, entry.who, actionText(entry.what), text.outcomeText(entry)],
              }))}
            />
          )}
        </Card>
      </div>
      {warnings && <WarningsCard lines={warnings} />}
    </div>
  );
}

/** What went wrong lately, of whatever nobody was looking at. */
function WarningsCard({ lines }: { readonly lines: readonly LogLine[] }) {
  const styles = useStyles();
  const showPane = useShell((s) => s.showPane);
  return (
    <Card
      title={text.warnings}
      action={
        <Button size="small" appearance="subtle" onClick={() => showPane('logging')}>
          {text.goTo('logging')}
        </Button>
      }
    >
      {lines.length === 0 ? (
        <p className={styles.none}>{text.noWarnings}</p>
      ) : (
        <DataTable
          label={text.warnings}
          columns={[text.time, text.severity, text.message].map((header) => ({ header }))}
          rows={lines.map(({ id, at, level, message }) => ({
            key: id,
            cells: [
              at === null ? '' : <Instant key="at" at={at} />,
              level === 'error' ? text.severities.error : text.severities.warning,
              <bdi key="message">{message}</bdi>,
            ],
          }))}
        />
      )}
    </Card>
  );
}

/** How much of the time has passed after which nobody knows any more who belongs to the directory. */
function Freshness({ at }: { readonly at: number }) {
  const styles = useStyles();
  const good = staleAfterMs / dayMs;
  const days = Math.min(Math.max(Math.floor((Date.now() - at) / dayMs), 0), good);
  const label = text.freshness(relativeText(at, Date.now()), good);
  const color = days === good ? 'error' : days > good / 2 ? 'warning' : 'success';
  return (
    <div className={styles.freshness}>
      <ProgressBar aria-label={label} value={days} max={good} thickness="large" color={color} />
      <p className={styles.none}>{label}</p>
    </div>
  );
}

type Fact = readonly [name: string, value: ReactNode];

function serverFacts({ server }: Overview): readonly Fact[] {
  return [
    [text.name, server.name],
    [text.addresses, server.addresses.join(', ') || text.noAddress],
    [text.version, server.version],
    [text.program, text.programs[server.host] ?? server.host],
    [text.started, <Instant key="started" at={server.startedAt} />],
    [text.work, server.isWorking ? text.worksHere : text.worksElsewhere],
  ];
}

function directoryFacts({ directory: { server, lastImport } }: Overview): readonly Fact[] {
  const facts: readonly Fact[] = [[text.directoryServer, server ?? text.noDirectory]];
  if (!lastImport) return [...facts, [text.lastImport, text.neverImported]];
  return [
    ...facts,
    [text.lastImport, <Instant key="import" at={lastImport.at} />],
    [text.state, text.jobState(lastImport.state)],
    [text.people, formatCount(lastImport.people)],
    [text.importedFrom, lastImport.subject],
  ];
}

function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  const styles = useStyles();
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name} className={styles.fact}>
          <dt className={styles.factName}>{name}</dt>
          <dd className={styles.factValue}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Jobs({ jobs }: { readonly jobs: StatusStore['jobs'] }) {
  const styles = useStyles();
  const open = useDialogs((s) => s.open);
  if (jobs.length === 0) return <p className={styles.none}>{text.noJobs}</p>;
  return (
    <DataTable
      label={text.jobs}
      columns={[text.job, text.state, text.startedAt, text.by].map((header) => ({ header }))}
      rows={jobs.map(({ id, kind, subject, state, startedAt, startedBy }) => ({
        key: id,
        cells: [
          <Link key="report" onClick={() => open({ kind: 'job-report', jobId: id })}>
            {subject ? `${jobKindText(kind)}: ${subject}` : jobKindText(kind)}
          </Link>,
          text.jobState(state),
          <Instant key="at" at={startedAt} />,
          startedBy,
        ],
      }))}
    />
  );
}

/** Absolute, and how long ago for who rests on it. */
function Instant({ at }: { readonly at: number }) {
  const styles = useStyles();
  return (
    <time className={styles.instant} dateTime={new Date(at).toISOString()} title={relativeText(at, Date.now())}>
      {instantText(at)}
    </time>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalM, paddingBottom: tokens.spacingVerticalM },
  cards: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 400px), 1fr))',
    gap: tokens.spacingHorizontalM,
  },
  tables: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 600px), 1fr))',
    gap: tokens.spacingHorizontalM,
  },
  freshness: { display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXS, paddingTop: tokens.spacingVerticalM },
  instant: { whiteSpace: 'nowrap' },
  none: { margin: '0', color: tokens.colorNeutralForeground2 },
  facts: { margin: '0', display: 'grid', rowGap: tokens.spacingVerticalXS },
  fact: { display: 'grid', gridTemplateColumns: '136px minmax(0, 1fr)', columnGap: tokens.spacingHorizontalS },
  factName: { color: tokens.colorNeutralForeground2 },
  factValue: { margin: '0', overflowWrap: 'anywhere' },
});
