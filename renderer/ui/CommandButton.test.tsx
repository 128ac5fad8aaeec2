// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { CommandButton } from './CommandButton.tsx';
import { ReadOnlyContext } from './readOnly.ts';
import { SubmitForm } from './SubmitForm.tsx';

afterEach(cleanup);

const reason = 'Not before this server is activated again.';

it('is off with the reason, and submits no form, where the server would refuse its command', () => {
  const [click, submit] = [vi.fn(), vi.fn()];
  render(
    <ReadOnlyContext value={reason}>
      <CommandButton calls="users.remove" onClick={click}>
        Remove
      </CommandButton>
      <CommandButton calls="outbox.cancel" onClick={click}>
        Take back
      </CommandButton>
      <SubmitForm id="form" onSubmit={submit}>
        <input aria-label="Name" />
      </SubmitForm>
      <CommandButton calls="tags.add" type="submit" form="form">
        Add
      </CommandButton>
    </ReadOnlyContext>,
  );
  const remove = screen.getByRole('button', { name: 'Remove' });

  fireEvent.click(remove);
  expect(remove.getAttribute('aria-disabled')).toBe('true');
  expect(remove.title).toBe(reason);
  fireEvent.click(screen.getByRole('button', { name: 'Add' }));
  expect(click).not.toHaveBeenCalled();
  expect(submit).not.toHaveBeenCalled();

  fireEvent.click(screen.getByRole('button', { name: 'Take back' }));
  expect(click).toHaveBeenCalledOnce();
});
