import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle, makeStyles, tokens } from '@fluentui/react-components';
import { useId, useState, type ReactNode } from 'react';
import type { ErrorCode } from '../../shared/contract/errors.ts';
import { errorText } from '../i18n/errorText.ts';
import { uiText } from '../i18n/en/ui.ts';
import { asAppError } from './asAppError.ts';
import { Mono } from './Mono.tsx';

export interface ErrorNoticeProps {
  /** Anything that was thrown; what is not an AppError is shown as `internal`. */
  readonly error: unknown;
  /** What could not be done, as a sentence. Without it the notice starts with what happened. */
  readonly context?: string;
  /** What to do about it here, by code, where that is more than what is right everywhere. */
  readonly advice?: Readonly<Partial<Record<ErrorCode, string>>>;
  /** Buttons that help: "Try again" … */
  readonly actions?: ReactNode;
}

/** Says what happened and what to do; the reference for the log and the technical details are folded. */
export function ErrorNotice({ error, context, advice, actions }: ErrorNoticeProps) {
  const styles = useStyles();
  const detailsId = useId();
  const [isOpen, setOpen] = useState(false);
  const { code, message, ref, details } = asAppError(error);
  const words = errorText[code];

  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>
        <MessageBarTitle>{context ?? words.sentence}</MessageBarTitle> {context && words.sentence} {advice?.[code] ?? words.advice}
        {isOpen && (
          <dl id={detailsId} className={styles.details}>
            <dt>{uiText.code}</dt>
            <dd>{code}</dd>
            <dt>{uiText.details}</dt>
            <dd dir="auto">{message}</dd>
            {Object.entries(details ?? {}).map(([name, value]) => [
              <dt key={`${name} term`}>{name}</dt>,
              <dd key={name} dir="auto">
                {String(value)}
              </dd>,
            ])}
            {ref && (
              <>
                <dt>{uiText.reference}</dt>
                <dd>
                  <Mono text={ref} label={uiText.reference} />
                </dd>
              </>
            )}
          </dl>
        )}
      </MessageBarBody>
      <MessageBarActions>
        {actions}
        <Button
          size="small"
          appearance="transparent"
          aria-expanded={isOpen}
          aria-controls={isOpen ? detailsId : undefined}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? uiText.hideDetails : uiText.details}
        </Button>
      </MessageBarActions>
    </MessageBar>
  );
}

const useStyles = makeStyles({
  details: {
    display: 'grid',
    gridTemplateColumns: 'max-content 1fr',
    columnGap: tokens.spacingHorizontalM,
    rowGap: tokens.spacingVerticalXS,
    marginTop: tokens.spacingVerticalS,
    marginBottom: tokens.spacingVerticalS,
    fontSize: tokens.fontSizeBase200,
    '& dt': { color: tokens.colorNeutralForeground3 },
    '& dd': { margin: '0', overflowWrap: 'anywhere' },
  },
});
