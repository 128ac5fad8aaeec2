import { Button, MenuItem, type ButtonProps, type MenuItemProps } from '@fluentui/react-components';
import type { MouseEvent, Ref } from 'react';
import { useRefusals, type ConsoleCommand } from './readOnly.ts';

interface Calls {
  /** The command that it carries out, or that what it opens is there for. */
  readonly calls: ConsoleCommand;
}

/** A button that is off, with the reason, where this server must not carry out its command. Can be reached by the keyboard all the same. */
export function CommandButton({ calls, ...button }: ButtonProps & Calls & { readonly ref?: Ref<HTMLButtonElement> }) {
  const refusal = useRefusals()(calls);
  return (
    <Button
      {...(button as ButtonProps)}
      {...(refusal !== null && { disabledFocusable: true, title: refusal, onClickCapture: doNothing })}
    />
  );
}

/** Such a button would submit its form all the same: by a click, and by Enter in a field. */
function doNothing(event: MouseEvent): void {
  event.preventDefault();
}

/** The same in a menu. */
export function CommandMenuItem({ calls, ...item }: MenuItemProps & Calls) {
  const refusal = useRefusals()(calls);
  return <MenuItem {...(item as MenuItemProps)} {...(refusal !== null && { disabled: true, title: refusal })} />;
}
