import { AppError } from '../../../shared/contract/errors.ts';
import type { Implementation } from '../../../shared/contract/define.ts';
import type { userCommands } from '../../../shared/contract/userCommands.ts';
import type { usersContract } from '../../../shared/contract/users.contract.ts';
import type { Call } from '../../runtime/call.ts';
import { createUserEditing, type UserEditingPorts } from './userEditing.ts';
import type { UserReader } from './userReader.ts';

export interface UserPorts extends UserEditingPorts {
  readonly reader: UserReader;
}

/** Answers and does what the Users pane and `mfactl users` ask. Never asks the directory. */
export function createUserService(ports: UserPorts): Implementation<typeof usersContract & typeof userCommands, Call> {
  const { reader } = ports;
  return {
    ...createUserEditing(ports),

    async list(window, { signal }) {
      return { rows: await reader.list(window, signal), offset: window.offset };
    },

    async count(selection, { signal }) {
      return { count: await reader.count(selection, signal) };
    },

    async get(key, { signal }) {
      const user = await reader.get(key, signal);
      if (user) return user;
      const name = 'username' in key ? key.username : String(key.id);
      throw new AppError('not-found', `There is no user ${name}.`, { details: { user: name } });
    },
  };
}
