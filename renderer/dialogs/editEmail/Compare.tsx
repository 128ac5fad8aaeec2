import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { TemplateDetail } from '../../../shared/contract/mailTemplates.contract.ts';
import { lineDiff } from '../../../shared/texts/lineDiff.ts';
import { editEmailText as text } from '../../i18n/en/editEmail.ts';
import { ScrollArea } from '../../ui/ScrollArea.tsx';
import type { MailForm } from './editEmail.store.ts';

const signs = { both: ' ', before: '-', after: '+' } as const;

/** What is written against what came with the console, line by line. */
export function Compare({ form, original }: { readonly form: MailForm; readonly original: TemplateDetail['default']['content'] }) {
  const styles = useStyles();
  const lines = lineDiff(textOf(original), textOf(form));
  if (lines.every(({ side }) => side === 'both')) return <p>{text.same}</p>;
  return (
    <ScrollArea label={text.compared} className={styles.root}>
      {lines.map(({ side, text: line }, index) => (
        <div key={index} className={mergeClasses(styles.line, side === 'before' && styles.before, side === 'after' && styles.after)}>
          {signs[side]} {line}
        </div>
      ))}
    </ScrollArea>
  );
}

/** The header first, as in the file that an export writes. */
function textOf({ format, from, cc, bcc, subject, attachments, body }: MailForm): string {
  const names = attachments.map(({ name }) => name).join(', ');
  const header = [
    [text.format, text.formats[format]],
    [text.from, from],
    [text.cc, cc],
    [text.bcc, bcc],
    [text.subject, subject],
    [text.attachments, names],
  ].filter(([, value]) => value !== '');
  return [...header.map(([name, value]) => `${name} ${value}`), '', body].join('\n');
}

const useStyles = makeStyles({
  root: {
    flex: '1 1 0',
    overflow: 'auto',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  line: { whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', minHeight: tokens.lineHeightBase200 },
  before: { backgroundColor: tokens.colorStatusDangerBackground1, color: tokens.colorStatusDangerForeground1 },
  after: { backgroundColor: tokens.colorStatusSuccessBackground1, color: tokens.colorStatusSuccessForeground1 },
});
