import { teamsHighContrastTheme, webDarkTheme, webLightTheme, type Theme } from '@fluentui/react-components';
import { useSyncExternalStore } from 'react';
import { z } from 'zod';

export const themeChoice = z.enum(['system', 'light', 'dark']);
export type ThemeChoice = z.infer<typeof themeChoice>;

const lastThemeKey = 'last-theme';

/** What this browser showed last: the first frame is drawn with it, because the server's answer comes later. */
export function lastTheme(): ThemeChoice {
  try {
    return themeChoice.catch('system').parse(localStorage.getItem(lastThemeKey));
  } catch {
    return 'system'; // a browser that keeps nothing
  }
}

export function rememberTheme(choice: ThemeChoice): void {
  try {
    localStorage.setItem(lastThemeKey, choice);
  } catch {
    // It is only about the first frame.
  }
}

const fontFamilyBase = "'Segoe UI Variable', 'Segoe UI', system-ui, sans-serif";
const fontFamilyMonospace = "'Cascadia Mono', Consolas, ui-monospace, monospace";

/** Nothing moves for longer than 150 ms, and nothing at all for those who asked for that. */
function calm(theme: Theme, isReduced: boolean): Theme {
  const short = isReduced ? '0.01ms' : '100ms';
  const long = isReduced ? '0.01ms' : '150ms';
  return {
    ...theme,
    fontFamilyBase,
    fontFamilyMonospace,
    durationUltraFast: isReduced ? '0.01ms' : '50ms',
    durationFaster: short,
    durationFast: long,
    durationNormal: long,
    durationGentle: long,
    durationSlow: long,
    durationSlower: long,
    durationUltraSlow: long,
  };
}

/** The theme that follows the choice and the system; high contrast of the system always wins. */
export function useTheme(choice: ThemeChoice): { theme: Theme; isDark: boolean } {
  const isSystemDark = useMedia('(prefers-color-scheme: dark)');
  const isReduced = useMedia('(prefers-reduced-motion: reduce)');
  const isForced = useMedia('(forced-colors: active)');
  const isDark = choice === 'system' ? isSystemDark : choice === 'dark';
  return { theme: calm(isForced ? teamsHighContrastTheme : isDark ? webDarkTheme : webLightTheme, isReduced), isDark };
}

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const list = matchMedia(query);
      list.addEventListener('change', onChange);
      return () => list.removeEventListener('change', onChange);
    },
    () => matchMedia(query).matches,
  );
}
