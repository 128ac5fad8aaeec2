import {
  Button,
  Field,
  Link,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Textarea,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useRef } from 'react';
import type { MailProblem } from '../../../shared/contract/mailProblem.ts';
import type { MailVariable } from '../../../shared/email/variables.ts';
import { editEmailText as text } from '../../i18n/en/editEmail.ts';
import { problemText } from '../../i18n/en/emailContent.ts';

interface BodyEditorProps {
  readonly value: string;
  readonly language: string;
  /** Those that have a meaning in this mail. */
  readonly variables: readonly MailVariable[];
  /** Of all fields. */
  readonly problems: readonly MailProblem[];
  onChange(value: string): void;
}

/** The contract takes no longer one; the check says long before what is too much. */
const maxTyped = 200_000;

/** The text of a mail with its variables, and what is wrong with the mail: a problem of the text leads to its place. */
export function BodyEditor({ value, language, variables, problems, onChange }: BodyEditorProps) {
  const styles = useStyles();
  const area = useRef<HTMLTextAreaElement>(null);

  /** After the new text is in the box. */
  function select(from: number, to: number) {
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(from, to);
    });
  }

  function insert(name: MailVariable) {
    const { selectionStart: from, selectionEnd: to } = area.current!;
    const written = `<$${name}$>`;
    const next = value.slice(0, from) + written + value.slice(to);
    if (next.length > maxTyped) return;
    onChange(next);
    select(from + written.length, from + written.length);
  }

  return (
    <div className={styles.root}>
      <div className={styles.field}>
        <Field label={text.body} size="small" className={styles.body}>
          <Textarea
            name="body"
            size="small"
            lang={language}
            dir="auto"
            className={styles.area}
            textarea={{ className: styles.text }}
            ref={area}
            value={value}
            maxLength={maxTyped}
            onChange={(_event, data) => onChange(data.value)}
          />
        </Field>
        <div className={styles.insert}>
          <Menu>
            <MenuTrigger disableButtonEnhancement>
              <Button size="small">{text.insert}</Button>
            </MenuTrigger>
            <MenuPopover>
              <MenuList>
                {variables.map((name) => (
                  <MenuItem key={name} onClick={() => insert(name)}>{`<$${name}$>`}</MenuItem>
                ))}
              </MenuList>
            </MenuPopover>
          </Menu>
        </div>
      </div>
      <ul aria-label={text.problems} className={styles.problems} hidden={problems.length === 0}>
        {problems.map((problem, index) => (
          <li key={index} className={problem.severity === 'error' ? styles.error : styles.warning}>
            {problem.field === 'body' && problem.line > 0 ? (
              <Link as="button" inline onClick={() => select(problem.at, problem.at + problem.length)}>
                {problemText(problem)}
              </Link>
            ) : (
              problemText(problem)
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flex: '1 0 224px', rowGap: tokens.spacingVerticalXS },
  field: { position: 'relative', display: 'flex', flex: '1 1 0', flexDirection: 'column' },
  body: { display: 'flex', flexDirection: 'column', flex: '1 1 0' },
  area: { flex: '1 1 0', minHeight: '160px' },
  text: { maxHeight: 'none', height: '100%', fontFamily: tokens.fontFamilyMonospace },
  insert: { position: 'absolute', top: `calc(0px - ${tokens.spacingVerticalXS})`, right: '0' },
  problems: { margin: '0', paddingLeft: tokens.spacingHorizontalXL, maxHeight: '96px', overflowY: 'auto' },
  error: { color: tokens.colorStatusDangerForeground1 },
  warning: { color: tokens.colorNeutralForeground1 },
});
