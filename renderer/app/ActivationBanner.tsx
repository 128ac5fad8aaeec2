import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { activationText as text } from '../i18n/en/activation.ts';
import { useDialogs } from './dialogs.store.ts';
import { useActivation } from './useActivation.ts';

/** A restart of the authority is no news. */
const patienceMs = 15 * 60_000;
/** Waiting does not help: only a new activation does. */
const isOver: ReadonlySet<string> = new Set(['certificate-revoked', 'certificate-refused', 'certificate-other-group', 'authority-changed']);

/** Says that this server is not activated, or that its authority is away. Everything works all the same. */
export function ActivationBanner() {
  const state = useActivation();
  const open = useDialogs((s) => s.open);
  if (!state) return null;
  const { phase, contact } = state;
  const { failure } = contact;
  const words =
    phase === 'not-activated'
      ? text.notActivated
      : phase === 'activated'
        ? text.noGroup
        : failure && isOver.has(failure.code)
          ? text.activationOver(failure)
          : failure && failure.at - failure.since >= patienceMs
            ? text.authorityAway(failure)
            : null;
  if (words === null) return null;
  const caption = { 'not-activated': text.open, activated: text.chooseGroup, joined: text.details }[phase];
  return (
    <MessageBar intent={failure ? 'warning' : 'info'}>
      <MessageBarBody>{words}</MessageBarBody>
      <MessageBarActions>
        <Button onClick={() => open({ kind: 'activation' })}>{caption}</Button>
      </MessageBarActions>
    </MessageBar>
  );
}
