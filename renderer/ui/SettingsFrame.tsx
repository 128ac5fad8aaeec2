import { Button, Text, makeStyles, shorthands, tokens } from '@fluentui/react-components';
import type { HTMLAttributes, KeyboardEvent, ReactNode } from 'react';
import { settingsFormText as text } from '../i18n/en/settingsForm.ts';

interface SettingsFrameProps {
  /** What stands above the form: notices, tabs. */
  readonly above: ReactNode;
  /** What stands between the form and its buttons. */
  readonly below?: ReactNode;
  readonly panel?: HTMLAttributes<HTMLDivElement>;
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  /** Whether something forbids to apply what was changed: a problem, or what somebody else saved meanwhile. */
  readonly isBlocked: boolean;
  readonly notice: 'saved' | 'kept-mine' | null;
  /** Said in place of the usual state. */
  readonly state?: string | undefined;
  readonly buttons?: ReactNode;
  readonly children: ReactNode;
  onApply(): void;
  onDiscard(): void;
  onKeyDown?(event: KeyboardEvent): void;
}

/** A pane that is one form: it is applied as a whole (Ctrl+S), or what was changed is discarded. */
export function SettingsFrame(props: SettingsFrameProps) {
  const { above, below, panel, isDirty, isSaving, isBlocked, notice, state, buttons, children, onApply, onDiscard } = props;
  const styles = useStyles();

  function onKeyDown(event: KeyboardEvent) {
    props.onKeyDown?.(event);
    if (!event.ctrlKey || event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    onApply();
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- Keys for what is inside.
    <div className={styles.root} onKeyDown={onKeyDown}>
      {above}
      <div {...panel} className={styles.panel}>
        {children}
      </div>
      {below}
      <div role="group" aria-label={text.commands} className={styles.commands}>
        <Button
          appearance="primary"
          title={text.applyKeys}
          aria-keyshortcuts="Control+S"
          disabledFocusable={!isDirty || isSaving || isBlocked}
          onClick={onApply}
        >
          {isSaving ? text.applying : text.apply}
        </Button>
        <Button disabledFocusable={!isDirty || isSaving} onClick={onDiscard}>
          {text.discard}
        </Button>
        {buttons}
        <Text role="status" className={styles.state}>
          {state ?? stateText(isDirty, notice)}
        </Text>
      </div>
    </div>
  );
}

function stateText(isDirty: boolean, notice: SettingsFrameProps['notice']): string {
  if (isDirty) return notice === 'kept-mine' ? text.keptMine : text.unsaved;
  return notice === 'saved' ? text.saved : '';
}

interface TheirsButtonsProps {
  onKeepMine(): void;
  onLoadTheirs(): void;
}

/** Somebody else saved meanwhile: whose changes are to stand. */
export function TheirsButtons({ onKeepMine, onLoadTheirs }: TheirsButtonsProps) {
  return (
    <>
      <Button size="small" onClick={onKeepMine}>
        {text.keepMine}
      </Button>
      <Button size="small" onClick={onLoadTheirs}>
        {text.loadTheirs}
      </Button>
    </>
  );
}

const useStyles = makeStyles({
  root: { display: 'flex', flexDirection: 'column', flex: '1 1 0', minHeight: '0', rowGap: tokens.spacingVerticalS },
  panel: {
    flex: '1 1 0',
    minHeight: '224px',
    overflowY: 'auto',
    padding: tokens.spacingHorizontalL,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    ...shorthands.border(tokens.strokeWidthThin, 'solid', tokens.colorNeutralStroke2),
  },
  commands: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: tokens.spacingHorizontalS },
  state: { color: tokens.colorNeutralForeground2 },
});
