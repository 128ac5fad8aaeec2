import { Button, MenuItem, MenuList, makeStyles, tokens, type ButtonProps } from '@fluentui/react-components';
import type { ReactElement } from 'react';
import { uiText } from '../i18n/en/ui.ts';
import { useReadOnlyReason } from './readOnly.ts';

/** Something that can be done with a list or with what is selected in it. */
export interface Command {
  readonly id: string;
  readonly label: string;
  readonly icon?: ButtonProps['icon'] & (ReactElement | undefined);
  /** The key that does the same, as it is written in a menu. */
  readonly keys?: string;
  readonly isDisabled?: boolean;
  readonly isPrimary?: boolean;
  /** Cannot be used, and says why, on a server that must not change users. */
  readonly changesUsers?: boolean;
  run(): void;
}

/** The row of buttons at the bottom of a pane. */
export function CommandRow({ commands }: { readonly commands: readonly Command[] }) {
  const styles = useStyles();
  const readOnly = useReadOnlyReason();
  return (
    <div role="group" aria-label={uiText.commands} className={styles.root}>
      {commands.map(({ id, label, icon, isDisabled, isPrimary, changesUsers, run }) => (
        <Button
          key={id}
          icon={icon}
          appearance={isPrimary ? 'primary' : 'secondary'}
          {...(changesUsers && readOnly !== null ? { disabledFocusable: true, title: readOnly } : { disabled: isDisabled, onClick: run })}
        >
          {label}
        </Button>
      ))}
    </div>
  );
}

/** The same commands as a context menu. */
export function CommandMenu({ commands }: { readonly commands: readonly Command[] }) {
  const readOnly = useReadOnlyReason();
  return (
    <MenuList>
      {commands.map(({ id, label, icon, keys, isDisabled, changesUsers, run }) => (
        <MenuItem
          key={id}
          icon={icon}
          secondaryContent={keys}
          {...(changesUsers && readOnly !== null ? { disabled: true, title: readOnly } : { disabled: isDisabled, onClick: run })}
        >
          {label}
        </MenuItem>
      ))}
    </MenuList>
  );
}

const useStyles = makeStyles({ root: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS } });
