import { MessageBar, MessageBarBody, Tab, TabList, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { useCallback, useId, useState } from 'react';
import type { MailPreview } from '../../../shared/contract/email.contract.ts';
import { mailViewText as text, problemText } from '../../i18n/en/emailContent.ts';
import { ScrollArea } from '../ScrollArea.tsx';
import { MailFrame } from './MailFrame.tsx';

export const mailViews = ['desktop', 'phone', 'text', 'dark', 'source'] as const;
export type MailViewName = (typeof mailViews)[number];

/** The width of most phones, in CSS pixels. */
const phoneWidth = 375;

interface MailViewProps {
  readonly mail: MailPreview;
  readonly view: MailViewName;
  onView(view: MailViewName): void;
}

/** A mail as its reader would see it, with what is left out of it and what is wrong. */
export function MailView({ mail, view, onView }: MailViewProps) {
  const styles = useStyles();
  const id = useId();
  const [blocked, setBlocked] = useState<readonly string[]>([]);
  const onBlocked = useCallback((addresses: readonly string[]) => setBlocked(addresses), []);
  const rows: readonly (readonly [string, string])[] = [
    [text.format, mail.html === '' ? text.formats.text : text.formats.html],
    [text.from, mail.from || text.noFrom],
    [text.to, mail.to || text.nobody],
    ...(mail.cc ? [[text.cc, mail.cc] as const] : []),
    ...(mail.bcc ? [[text.bcc, mail.bcc] as const] : []),
    [text.subject, mail.subject],
    ...(mail.attachments.length > 0
      ? [[text.attachments, mail.attachments.map(({ name, bytes }) => `${name} (${text.bytes(bytes)})`).join(', ')] as const]
      : []),
  ];

  return (
    <div className={styles.root}>
      <dl aria-label={text.header} className={styles.header}>
        {rows.map(([name, value]) => (
          <div key={name} className={styles.row}>
            <dt>{name}</dt>
            <dd dir="auto">{value}</dd>
          </div>
        ))}
      </dl>
      {mail.missing.length > 0 && <Notice intent="info">{text.missing(mail.missing)}</Notice>}
      {mail.problems.map((problem, index) => (
        <Notice key={index} intent={problem.severity}>
          {problemText(problem)}
        </Notice>
      ))}
      {blocked.length > 0 && <Notice intent="warning">{text.blocked(blocked)}</Notice>}
      <TabList size="small" aria-label={text.views} selectedValue={view} onTabSelect={(_event, data) => onView(data.value as MailViewName)}>
        {mailViews.map((name) => (
          <Tab key={name} id={`${id}-${name}`} value={name} aria-controls={`${id}-panel`}>
            {text.view[name]}
          </Tab>
        ))}
      </TabList>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${view}`} className={styles.panel}>
        <ScrollArea label={view === 'source' ? text.source : text.mail} className={styles.mail}>
          <Content mail={mail} view={view} onBlocked={onBlocked} />
        </ScrollArea>
      </div>
    </div>
  );
}

function Notice({ intent, children }: { readonly intent: 'info' | 'warning' | 'error'; readonly children: string }) {
  return (
    <MessageBar intent={intent} layout="multiline" politeness="polite">
      <MessageBarBody>{children}</MessageBarBody>
    </MessageBar>
  );
}

interface ContentProps {
  readonly mail: MailPreview;
  readonly view: MailViewName;
  onBlocked(addresses: readonly string[]): void;
}

function Content({ mail, view, onBlocked }: ContentProps) {
  const styles = useStyles();
  if (view === 'source') return <pre className={mergeClasses(styles.text, styles.mono)}>{mail.eml}</pre>;
  if (view === 'text')
    return (
      <pre className={styles.text} lang={mail.language} dir="auto">
        {mail.text}
      </pre>
    );
  if (mail.html === '') return <p className={styles.none}>{text.noHtml}</p>;
  return (
    <MailFrame
      key={view}
      html={mail.html}
      title={text.frame(mail.title)}
      isDark={view === 'dark'}
      width={view === 'phone' ? phoneWidth : undefined}
      onBlocked={onBlocked}
    />
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flex: '1 1 0', minHeight: '0', rowGap: tokens.spacingVerticalXS },
  header: { margin: '0', display: 'flex', flexDirection: 'column', rowGap: tokens.spacingVerticalXXS },
  row: {
    display: 'grid',
    gridTemplateColumns: '96px minmax(0, 1fr)',
    columnGap: tokens.spacingHorizontalS,
    '& dt': { color: tokens.colorNeutralForeground2 },
    '& dd': { margin: '0', overflowWrap: 'anywhere' },
  },
  panel: { display: 'flex', flex: '1 1 0', minHeight: '192px' },
  mail: {
    flex: '1 1 0',
    minWidth: '0',
    overflow: 'auto',
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  text: {
    alignSelf: 'stretch',
    margin: '0',
    padding: tokens.spacingHorizontalM,
    fontFamily: tokens.fontFamilyBase,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  mono: { fontFamily: tokens.fontFamilyMonospace, fontSize: tokens.fontSizeBase200 },
  none: { color: tokens.colorNeutralForeground2 },
});
