import { createStore, type StoreApi } from 'zustand/vanilla';
import { readActivationFile, requestFile } from '../../../shared/activation/activationFile.ts';
import type { GroupRef } from '../../../shared/activation/protocol.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { activationText } from '../../i18n/en/activation.ts';
import { asAppError } from '../../ui/asAppError.ts';

type Answer = Awaited<ReturnType<ConsoleClient['authority']['signFile']>>;

export interface FileRequestStore {
  /** What was chosen, once it is known to be a request. */
  readonly request: { readonly text: string; readonly serverName: string } | null;
  readonly groups: readonly GroupRef[];
  /** Id of the group to join; empty: a new one. */
  readonly groupId: string;
  readonly groupName: string;
  readonly isSigning: boolean;
  /** The name of the server whose answer was made last. */
  readonly signed: string | null;
  readonly failure: AppError | null;
  choose(file: Pick<File, 'text'>): Promise<void>;
  type(change: { groupId?: string; groupName?: string }): void;
  /** Null when it failed. */
  sign(): Promise<Answer | null>;
}

/** A request file and what is answered to it. `changed`: there is one more server. */
export function createFileRequestStore(client: Pick<ConsoleClient, 'authority'>, changed: () => void): StoreApi<FileRequestStore> {
  return createStore<FileRequestStore>()((set, get) => ({
    request: null,
    groups: [],
    groupId: '',
    groupName: activationText.defaultGroup,
    isSigning: false,
    signed: null,
    failure: null,
    async choose(file) {
      set({ request: null, signed: null, failure: null });
      try {
        const text = await file.text();
        const read = readActivationFile(requestFile, text);
        if (!read) throw new AppError('activation-file-not-valid', 'The file is no activation request.');
        const groups = await client.authority.groups(null);
        set({ request: { text, serverName: read.server.name }, groups, groupId: groups[0]?.id ?? '' });
      } catch (error) {
        set({ failure: asAppError(error) });
      }
    },
    type: (change) => set({ ...change, failure: null }),
    async sign() {
      const { request, groupId, groupName, isSigning } = get();
      if (!request || isSigning) return null;
      set({ isSigning: true, failure: null });
      try {
        const group = groupId === '' ? { newGroup: groupName } : { groupId };
        const answer = await client.authority.signFile({ file: request.text, group });
        set({ request: null, signed: answer.serverName });
        changed();
        return answer;
      } catch (error) {
        set({ failure: asAppError(error) });
        return null;
      } finally {
        set({ isSigning: false });
      }
    },
  }));
}
