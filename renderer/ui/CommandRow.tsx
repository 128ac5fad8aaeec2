import {
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Overflow,
  OverflowItem,
  makeStyles,
  useIsOverflowItemVisible,
  useOverflowMenu,
  type ButtonProps,
} from '@fluentui/react-components';
import { MoreHorizontalRegular } from '@fluentui/react-icons';
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

/** The row of buttons at the bottom of a pane. What does not fit into the window is in a menu at its end. */
export function CommandRow({ commands }: { readonly commands: readonly Command[] }) {
  const styles = useStyles();
  const refusalOf = useRefusals();
  return (
    <Overflow padding={gapPx * commands.length}>
      <div role="group" aria-label={uiText.commands} className={styles.root}>
        {commands.map(({ id, label, icon, isDisabled, isPrimary, calls, run }) => (
          <OverflowItem key={id} id={id}>
            <Button
              className={styles.button}
              icon={icon}
              appearance={isPrimary ? 'primary' : 'secondary'}
              {...(refusalOf(calls) !== null
                ? { disabledFocusable: true, title: refusalOf(calls)! }
                : { disabled: isDisabled, onClick: run })}
            >
              {label}
            </Button>
          </OverflowItem>
        ))}
        <MoreCommands commands={commands} />
      </div>
    </Overflow>
  );
}

function MoreCommands({ commands }: { readonly commands: readonly Command[] }) {
  const styles = useStyles();
  const { ref, isOverflowing } = useOverflowMenu<HTMLButtonElement>();
  if (!isOverflowing) return null;
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button
          ref={ref}
          className={styles.button}
          icon={<MoreHorizontalRegular />}
          aria-label={uiText.moreCommands}
          title={uiText.moreCommands}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {commands.map((command) => (
            <HiddenCommand key={command.id} command={command} />
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

function HiddenCommand({ command }: { readonly command: Command }) {
  return useIsOverflowItemVisible(command.id) ? null : <CommandItem command={command} />;
}

/** The same commands as a context menu. */
export function CommandMenu({ commands }: { readonly commands: readonly Command[] }) {
  return (
    <MenuList>
      {commands.map((command) => (
        <CommandItem key={command.id} command={command} />
      ))}
    </MenuList>
  );
}

function CommandItem({ command: { label, icon, keys, isDisabled, calls, run } }: { readonly command: Command }) {
  const refusal = useRefusals()(calls);
  return (
    <MenuItem
      icon={icon}
      secondaryContent={keys}
      {...(refusal !== null ? { disabled: true, title: refusal } : { disabled: isDisabled, onClick: run })}
    >
      {label}
    </MenuItem>
  );
}

const gapPx = 8;

const useStyles = makeStyles({
  root: { display: 'flex', minWidth: '0', columnGap: `${gapPx}px` },
  button: { flexShrink: 0 },
});
