import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { activationText as text } from '../i18n/en/activation.ts';
import { useActivationState } from './ActivationProvider.tsx';
import { activationWords } from './activationWords.ts';
import { useDialogs } from './dialogs.store.ts';

const captions = { 'not-activated': text.open, activated: text.chooseGroup, joined: text.details } as const;

/** Says that this server is not activated, or that its authority is away. What works no more, because its activation is over, is said too. */
export function ActivationBanner() {
  const state = useActivationState();
  const open = useDialogs((s) => s.open);
  const words = state && activationWords(state, Date.now());
  if (!state || words === null) return null;
  return (
    <MessageBar intent={state.readOnly ? 'error' : state.phase === 'joined' ? 'warning' : 'info'}>
      <MessageBarBody>{words}</MessageBarBody>
      <MessageBarActions>
        <Button onClick={() => open({ kind: 'activation' })}>{captions[state.phase]}</Button>
      </MessageBarActions>
    </MessageBar>
  );
}
