// @vitest-environment jsdom
import { afterEach, expect, it } from 'vitest';
import { focusNextRegion } from './regions.ts';

afterEach(() => document.body.replaceChildren());

const place = () => document.activeElement?.id;

it('goes round the menus, the pane that is shown in the bar, and the list of the content', () => {
  document.body.innerHTML = `
    <div data-region><button id="file"></button><button id="view"></button></div>
    <nav data-region><button id="status"></button><button id="users" aria-current="page"></button></nav>
    <main data-region><section hidden><div data-focus-home tabindex="0" id="hidden-list"></div></section><button id="add"></button><div data-focus-home tabindex="0" id="list"></div></main>`;

  const forwards = [1, 2, 3, 4].map(() => (focusNextRegion(1), place()));
  const backwards = [1, 2].map(() => (focusNextRegion(-1), place()));

  expect(forwards).toEqual(['file', 'users', 'list', 'file']);
  expect(backwards).toEqual(['list', 'users']);
});

it('passes by what has nothing to offer, and leaves a dialog alone', () => {
  document.body.innerHTML = `
    <div data-region><button id="file"></button></div>
    <nav data-region><button disabled></button></nav>
    <main data-region><button id="add"></button></main>`;

  focusNextRegion(-1);
  expect(place()).toBe('add');
  focusNextRegion(-1);
  expect(place()).toBe('file');
  document.body.insertAdjacentHTML('beforeend', '<div role="dialog"></div>');
  focusNextRegion(1);
  expect(place()).toBe('file');
});
