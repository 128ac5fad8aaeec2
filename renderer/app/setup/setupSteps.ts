import type { PaneId } from '../../i18n/en/shell.ts';

/** The Authentication Configuration Wizard, step by step: each is a pane of the console, with its own form. */
export const setupSteps = [
  { id: 'directory', paneId: 'directory' },
  { id: 'company', paneId: 'company' },
  { id: 'email', paneId: 'email' },
  { id: 'import', paneId: 'users' },
  { id: 'network', paneId: 'firewall' },
  { id: 'summary', paneId: 'status' },
] as const;

export type SetupStepId = (typeof setupSteps)[number]['id'];
export const setupStepIds = setupSteps.map(({ id }) => id);

/** The pane of a step. */
export function paneOfStep(step: SetupStepId): PaneId {
  return setupSteps.find(({ id }) => id === step)!.paneId;
}
