import { lazy, type ComponentType } from 'react';
import { emailText } from '../../i18n/en/email.ts';
import type { EmailTabProps } from './emailTabProps.ts';

export interface EmailTab {
  readonly id: string;
  readonly title: string;
  /** Fills the pane below the tabs. It is there while its tab is chosen only. */
  readonly Component: ComponentType<EmailTabProps>;
}

/** The tabs of the Email pane, in this order. A new tab is one folder and one entry here. */
export const emailTabs: readonly EmailTab[] = [
  { id: 'settings', title: emailText.tabs.settings, Component: lazy(() => import('./settings/index.ts')) },
  { id: 'content', title: emailText.tabs.content, Component: lazy(() => import('./content/index.ts')) },
  { id: 'outbox', title: emailText.tabs.outbox, Component: lazy(() => import('./outbox/index.ts')) },
];
