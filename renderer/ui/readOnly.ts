import { createContext, useContext } from 'react';

/** Why nothing that changes users can be done at the moment; null: it can. */
export const ReadOnlyContext = createContext<string | null>(null);

export const useReadOnlyReason = (): string | null => useContext(ReadOnlyContext);
