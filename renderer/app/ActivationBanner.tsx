import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import { activationText as text } from '../i18n/en/activation.ts';
import { activationWords } from './activationWords.ts';
import { useDialogs } from './dialogs.store.ts';
import { useActivation } from './useActivation.ts';

const captions = { 'not-activated': text.open, activated: text.chooseGroup, joined: text.details } as const;

/** Says that this server is not activated, or that its authority is away. Everything works all the same. */
export function ActivationBanner() {
  const state = useActivation();
  const open = useDialogs((s) => s.open);
  const words = state && activationWords(state, Date.now());
  if (!state || words === null) return null;
  return (
    <MessageBar intent={state.phase === 'joined' ? 'warning' : 'info'}>
      <MessageBarBody>{words}</MessageBarBody>
      <MessageBarActions>
        <Button onClick={() => open({ kind: 'activation' })}>{captions[state.phase]}</Button>
      </MessageBarActions>
    </MessageBar>
  );
}
