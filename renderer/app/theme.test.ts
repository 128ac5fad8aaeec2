// @vitest-environment jsdom
import { teamsHighContrastTheme, webDarkTheme, webLightTheme } from '@fluentui/react-components';
import { cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { useTheme, type ThemeChoice } from './theme.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** The background of the theme on a system that says these things of itself. */
function background(choice: ThemeChoice, ...system: string[]): string {
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: system.includes(query),
    addEventListener: () => {},
    removeEventListener: () => {},
  }));
  return renderHook(() => useTheme(choice)).result.current.theme.colorNeutralBackground1;
}

it('follows the system unless somebody chose otherwise', () => {
  expect(background('system')).toBe(webLightTheme.colorNeutralBackground1);
  expect(background('system', '(prefers-color-scheme: dark)')).toBe(webDarkTheme.colorNeutralBackground1);
  expect(background('light', '(prefers-color-scheme: dark)')).toBe(webLightTheme.colorNeutralBackground1);
});

it.each(['system', 'light', 'dark'] as const)('is the one of high contrast wherever the system wants that (%s)', (choice) => {
  expect(background(choice, '(forced-colors: active)')).toBe(teamsHighContrastTheme.colorNeutralBackground1);
});
