import { AppError } from '../../../shared/contract/errors.ts';
import type { Implementation } from '../../../shared/contract/define.ts';
import type { manyUserCommands, userCommands } from '../../../shared/contract/userCommands.ts';
import type { usersContract } from '../../../shared/contract/users.contract.ts';
import type { Call } from '../../runtime/call.ts';
import { resolveSelection } from '../../../shared/users/resolveFilter.ts';
import { createManyUsers, type ManyUsersPorts } from './manyUsers.ts';
import { createUserEditing, type UserEditingPorts } from './userEditing.ts';
import type { UserReader } from './userReader.ts';
import type { UserWriter } from './userWriter.ts';

export interface UserPorts extends UserEditingPorts, ManyUsersPorts {
  readonly reader: UserReader;
  readonly writer: UserWriter;
}

type UserService = Implementation<typeof usersContract & typeof userCommands & typeof manyUserCommands, Call> &
  Pick<ReturnType<typeof createManyUsers>, 'forgetOld'>;

/** A command takes no more. */
const mostIds = 200_000;

/** Answers and does what the Users pane and `mfactl users` ask. Never asks the directory. */
export function createUserService(ports: UserPorts): UserService {
  const { reader, ...filterPorts } = ports;
  return {
    ...createUserEditing(ports),
    ...createManyUsers(ports),

    async list(window, { signal }) {
      return { rows: await reader.list(resolveSelection(window, filterPorts), signal), offset: window.offset };
    },

    async count(selection, { signal }) {
      return { count: await reader.count(resolveSelection(selection, filterPorts), signal) };
    },

    async idsAt({ ranges, ...selection }, { signal }) {
      const most = ranges.reduce((sum, { from, to }) => sum + Math.max(0, to - from), 0);
      if (most > mostIds) {
        throw new AppError(
          'invalid-input',
          `At most ${mostIds.toLocaleString('en-US')} users can be chosen one by one. Use a filter instead.`,
          {
            details: { chosen: most },
          },
        );
      }
      return { ids: Array.from(await reader.idsAt(resolveSelection(selection, filterPorts), ranges, signal)) };
    },

    async placesOf({ ids, ...selection }, { signal }) {
      return { places: await reader.placesOf(resolveSelection(selection, filterPorts), ids, signal) };
    },

    async get(key, { signal }) {
      const user = await reader.get(key, signal);
      if (user) return user;
      const name = 'username' in key ? key.username : String(key.id);
      throw new AppError('not-found', `There is no user ${name}.`, { details: { user: name } });
    },
  };
}
