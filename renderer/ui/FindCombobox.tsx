import { Combobox, Option, makeStyles, tokens, type ComboboxProps } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { isAppError } from '../../shared/contract/errors.ts';
import { uiText } from '../i18n/en/ui.ts';

/** Something that was found. */
export interface Found {
  readonly id: number;
  readonly label: string;
  /** What tells it from others with a similar name. */
  readonly hint?: string;
  /** Is shown, with its hint as the reason, but cannot be chosen. */
  readonly isDisabled?: boolean;
}

interface FindComboboxProps extends Omit<ComboboxProps, 'value' | 'onChange'> {
  readonly value: Found | null;
  onChange(value: Found | null): void;
  /** Answers the best few for a text, also for an empty one. Keep it stable between renders. */
  find(text: string, signal: AbortSignal): Promise<readonly Found[]>;
}

/** Typing faster than this makes one search of several letters. */
const typingMs = 120;

/** Finds one of very many by typing a part of its name; Enter or Tab takes the first that was found, or the one that is marked. */
export function FindCombobox({ value, onChange, find, ...field }: FindComboboxProps) {
  const styles = useStyles();
  const [typed, setTyped] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [answer, setAnswer] = useState<{ readonly text: string; readonly found: readonly Found[] } | null>(null);
  const active = useRef<string | undefined>(undefined);
  const text = (typed ?? '').trim();
  const isAnswered = answer?.text === text;
  const found = isAnswered ? answer.found : [];

  useEffect(() => {
    if (!isOpen && typed === null) return;
    const controller = new AbortController();
    const timer = setTimeout(
      () =>
        find(text, controller.signal).then(
          (list) => setAnswer({ text, found: list }),
          (error: unknown) => {
            // Nothing is found without a connection, and the window says so.
            if (!isAppError(error)) throw error;
          },
        ),
      text === '' ? 0 : typingMs,
    );
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [find, isOpen, text, typed]);

  function take(chosen: Found) {
    setTyped(null);
    setOpen(false);
    if (chosen.id !== value?.id) onChange(chosen);
  }

  return (
    <Combobox
      {...field}
      open={isOpen}
      listbox={{ className: styles.list }}
      value={typed ?? value?.label ?? ''}
      selectedOptions={value ? [String(value.id)] : []}
      onChange={({ target }) => {
        // What is typed beside the name that stands there is meant instead of it.
        setTyped(typed === null && value ? target.value.replace(value.label, '') : target.value);
        setOpen(true);
      }}
      onActiveOptionChange={(_event, { nextOption }) => (active.current = nextOption?.value)}
      onKeyDown={(event) => {
        if (typed === null || (event.key !== 'Enter' && event.key !== 'Tab')) return;
        // Enter belongs to the search as long as something is typed.
        if (event.key === 'Enter') event.preventDefault();
        const chosen = found.find(({ id }) => String(id) === active.current) ?? found.find(({ isDisabled }) => !isDisabled);
        if (chosen && !chosen.isDisabled) take(chosen);
      }}
      onOptionSelect={(_event, { optionValue }) => {
        // Typing takes the selection away, which chooses nothing.
        const chosen = found.find(({ id }) => String(id) === optionValue);
        if (chosen) take(chosen);
      }}
      onOpenChange={(_event, { open }) => {
        setOpen(open);
        if (open) return;
        if (typed === '' && value) onChange(null);
        setTyped(null);
      }}
      onFocus={(event) => event.currentTarget.select()}
    >
      {found.map(({ id, label, hint, isDisabled }) => (
        <Option key={id} value={String(id)} text={label} disabled={isDisabled}>
          <span className={styles.option}>
            <bdi>{label}</bdi>
            {hint && <bdi className={styles.hint}>{hint}</bdi>}
          </span>
        </Option>
      ))}
      {found.length === 0 && (
        <Option disabled value="" text="">
          {isAnswered ? uiText.nothingFound : uiText.searching}
        </Option>
      )}
    </Combobox>
  );
}

const useStyles = makeStyles({
  list: { maxHeight: '320px' },
  option: { display: 'flex', columnGap: tokens.spacingHorizontalM, minWidth: '0', overflowWrap: 'anywhere' },
  hint: { color: tokens.colorNeutralForeground3 },
});
