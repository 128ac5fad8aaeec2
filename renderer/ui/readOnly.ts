import { createContext, useContext } from 'react';
import { touchesUsers } from '../../shared/activation/readOnly.ts';
import type { AuditedCommand } from '../../shared/contract/define.ts';
import type { ConsoleContract } from '../../shared/contract/index.ts';

/** A command of the contract, as `service.method`. */
export type ConsoleCommand = AuditedCommand<ConsoleContract>;

/** Why nothing that changes users can be done at the moment; null: it can. */
export const ReadOnlyContext = createContext<string | null>(null);

/** Answers why this server would refuse a command, by the rule that the router refuses it by; null: it would not. */
export function useRefusals(): (command: ConsoleCommand | undefined) => string | null {
  const reason = useContext(ReadOnlyContext);
  return (command) => {
    if (reason === null || command === undefined) return null;
    const [service, method] = command.split('.') as [string, string];
    return touchesUsers(service, method) ? reason : null;
  };
}
