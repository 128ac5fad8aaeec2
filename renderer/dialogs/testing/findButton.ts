import { screen } from '@testing-library/react';

/**
 * The button with this text. Looking for a role and its name makes jsdom compute the styles of every element, which takes
 * seconds in a large dialog on a busy machine.
 */
export function findButton(text: string | RegExp): Promise<HTMLElement> {
  return screen.findByText((_content, element) => {
    if (!(element instanceof HTMLButtonElement)) return false;
    const shown = element.textContent ?? '';
    return typeof text === 'string' ? shown === text : text.test(shown);
  });
}
