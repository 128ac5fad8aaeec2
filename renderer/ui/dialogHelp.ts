import { createContext, type ComponentType } from 'react';

/** The help that a dialog shows over itself; null where there is none, as in the help itself. */
export const DialogHelp = createContext<ComponentType<{ onClose(): void }> | null>(null);
