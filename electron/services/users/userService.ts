import { AppError } from '../../../shared/contract/errors.ts';
import type { Implementation } from '../../../shared/contract/define.ts';
import type { usersContract } from '../../../shared/contract/users.contract.ts';
import type { Call } from '../../runtime/call.ts';
import type { UserReader } from './userReader.ts';

export interface UserPorts {
  readonly reader: UserReader;
}

/** Answers what the Users pane and `mfactl users` ask. Reads only; never asks the directory. */
export function createUserService({ reader }: UserPorts): Implementation<typeof usersContract, Call> {
  return {
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
