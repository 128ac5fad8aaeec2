import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ActivatedServer } from '../../../shared/contract/authority.contract.ts';
import type { AppError } from '../../../shared/contract/errors.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { asAppError } from '../../ui/asAppError.ts';

type PageLink = Awaited<ReturnType<ConsoleClient['authority']['openPage']>>;
type Failing = 'load' | 'generate' | 'page' | 'company' | 'revoke';
type Credentials = Awaited<ReturnType<ConsoleClient['authority']['generateCredentials']>>;

export interface AuthorityDialogStore {
  /** Under which others reach the authority, the best first; empty while nobody serves it. */
  readonly urls: readonly string[];
  /** Its name; empty until it was read. */
  readonly company: string;
  /** Null until they were read. */
  readonly servers: readonly ActivatedServer[] | null;
  /** Those that were generated last. */
  readonly credentials: Credentials | null;
  /** A link to the authority's web page that was made last. */
  readonly page: PageLink | null;
  /** Which server is asked about before it is revoked. */
  readonly asked: ActivatedServer | null;
  /** The name of the server that was revoked last. */
  readonly revoked: string | null;
  readonly failure: { readonly of: Failing; readonly error: AppError } | null;
  load(): Promise<void>;
  generate(): Promise<void>;
  openPage(): Promise<void>;
  /** Answers whether it was. */
  setCompany(name: string): Promise<boolean>;
  ask(server: ActivatedServer | null): void;
  revoke(): Promise<void>;
}

/** The authority of this data folder and the servers that it activated. */
export function createAuthorityStore(client: Pick<ConsoleClient, 'authority'>): StoreApi<AuthorityDialogStore> {
  return createStore<AuthorityDialogStore>()((set, get) => {
    async function doing(of: Failing, act: () => Promise<void>): Promise<void> {
      set({ failure: null });
      try {
        await act();
      } catch (thrown) {
        set({ failure: { of, error: asAppError(thrown) } });
      }
    }

    return {
      urls: [],
      company: '',
      servers: null,
      credentials: null,
      page: null,
      asked: null,
      revoked: null,
      failure: null,
      load: () =>
        doing('load', async () => {
          const [{ authority, builtIn, listening }, servers] = await Promise.all([
            client.authority.state(null),
            client.authority.servers(null),
          ]);
          set({ urls: builtIn?.urls ?? listening?.urls ?? [], company: authority?.company ?? '', servers });
        }),
      generate: () => doing('generate', async () => set({ page: null, credentials: await client.authority.generateCredentials(null) })),
      openPage: () => doing('page', async () => set({ credentials: null, page: await client.authority.openPage(null) })),
      async setCompany(name) {
        await doing('company', async () => {
          await client.authority.setCompany({ name });
          set({ company: name.trim() });
        });
        return get().failure === null;
      },
      ask: (asked) => set({ asked, revoked: null }),
      revoke: () =>
        doing('revoke', async () => {
          const { asked } = get();
          if (!asked) return;
          await client.authority.revoke({ serverId: asked.id });
          set({ asked: null, revoked: asked.name, servers: await client.authority.servers(null) });
        }),
    };
  });
}
