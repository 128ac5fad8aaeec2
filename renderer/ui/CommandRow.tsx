import { Button, MenuItem, MenuList, makeStyles, tokens, type ButtonProps } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { uiText } from '../i18n/en/ui.ts';
import { useRefusals, type ConsoleCommand } from './readOnly.ts';

/** Something that can be done with a list or with what is selected in it. */
export interface Command {
  readonly id: string;
  readonly label: string;
  readonly icon?: ButtonProps['icon'] & (ReactElement | undefined);
  /** The key that does the same, as it is written in a menu. */
  readonly keys?: string;
  readonly isDisabled?: boolean;
  readonly isPrimary?: boolean;
  /** What it carries out, or what it opens is there for: it cannot be used, and says why, where this server would refuse that. */
  readonly calls?: ConsoleCommand;
  run(): void;
}

/** The row of buttons at the bottom of a pane. */
export function CommandRow({ commands }: { readonly commands: readonly Command[] }) {
  const styles = useStyles();
  const refusalOf = useRefusals();
  return (
    <div role="group" aria-label={uiText.commands} className={styles.root}>
      {commands.map(({ id, label, icon, isDisabled, isPrimary, calls, run }) => (
        <Button
          key={id}
          icon={icon}
          appearance={isPrimary ? 'primary' : 'secondary'}
          {...(refusalOf(calls) !== null ? { disabledFocusable: true, title: refusalOf(calls)! } : { disabled: isDisabled, onClick: run })}
        >
          {label}
        </Button>
      ))}
    </div>
  );
}

/** The same commands as a context menu. */
export function CommandMenu({ commands }: { readonly commands: readonly Command[] }) {
  const refusalOf = useRefusals();
  return (
    <MenuList>
      {commands.map(({ id, label, icon, keys, isDisabled, calls, run }) => (
        <MenuItem
          key={id}
          icon={icon}
          secondaryContent={keys}
          {...(refusalOf(calls) !== null ? { disabled: true, title: refusalOf(calls)! } : { disabled: isDisabled, onClick: run })}
        >
          {label}
        </MenuItem>
      ))}
    </MenuList>
  );
}

const useStyles = makeStyles({ root: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS } });
