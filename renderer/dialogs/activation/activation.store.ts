import { createStore, type StoreApi } from 'zustand/vanilla';
import { defaultAuthorityPort } from '../../../shared/activation/authorityUrl.ts';
import type { ActivationState } from '../../../shared/contract/activation.contract.ts';
import type { Certificate } from '../../../shared/contract/directory.contract.ts';
import { isAppError, type AppError } from '../../../shared/contract/errors.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { activationText as text } from '../../i18n/en/activation.ts';
import { asAppError } from '../../ui/asAppError.ts';

export interface ActivationForm {
  /** Where the certificate comes from: this server itself, another one, or another one by files. */
  readonly way: 'own' | 'other' | 'file';
  /** Of the own authority, while there is none. */
  readonly port: string;
  readonly address: string;
  readonly email: string;
  readonly password: string;
  /** Id of the group to join; empty: a new one. */
  readonly groupId: string;
  readonly groupName: string;
}

export type ActivationWork = 'generating' | 'activating' | 'requesting' | 'accepting' | 'joining' | 'checking' | 'deactivating';

export interface ActivationDialogStore {
  /** Null until it was read. */
  readonly state: ActivationState | null;
  readonly loadError: AppError | null;
  /** Address of the own authority; null while there is none. */
  readonly ownUrl: string | null;
  readonly form: ActivationForm;
  /** A server that is activated is to be activated anew. */
  readonly isAgain: boolean;
  readonly work: ActivationWork | null;
  /** What was tried last and failed. */
  readonly failure: { readonly work: ActivationWork; readonly error: AppError } | null;
  /** Until when the generated credentials are good. */
  readonly generatedUntil: number | null;
  /** A request was made a moment ago. */
  readonly wasRequested: boolean;
  /** Shown by an authority that nobody has vouched for. */
  readonly unknown: { readonly authorityUrl: string; readonly certificate: Certificate } | null;

  load(): Promise<void>;
  type(change: Partial<ActivationForm>): void;
  setAgain(isAgain: boolean): void;
  generate(): Promise<void>;
  activate(): Promise<void>;
  /** Trusts what was shown and tries again. */
  trust(): Promise<void>;
  /** Makes a request to be carried to the authority; null when it failed. */
  request(): Promise<string | null>;
  /** Reads what the authority answered to it. */
  accept(answer: Pick<File, 'text'>): Promise<void>;
  join(): Promise<void>;
  check(): Promise<void>;
  deactivate(evenIfAway: boolean): Promise<void>;
}

const empty: ActivationForm = {
  way: 'own',
  port: String(defaultAuthorityPort),
  address: '',
  email: '',
  password: '',
  groupId: '',
  groupName: text.defaultGroup,
};

/** Activates this server, step by step, and ends that. */
export function createActivationStore(client: Pick<ConsoleClient, 'activation' | 'authority'>): StoreApi<ActivationDialogStore> {
  return createStore<ActivationDialogStore>()((set, get) => {
    async function doing(work: ActivationWork, act: () => Promise<void>): Promise<void> {
      if (get().work !== null) return;
      set({ work, failure: null });
      try {
        await act();
      } catch (thrown) {
        set({ failure: { work, error: asAppError(thrown) } });
      } finally {
        set({ work: null });
      }
    }

    function show(state: ActivationState): void {
      const [group] = state.activation?.groups ?? [];
      set({ state, form: { ...get().form, groupId: group?.id ?? '' } });
    }

    async function activate(): Promise<void> {
      const { form, ownUrl } = get();
      const authorityUrl = form.way === 'own' ? (ownUrl ?? '') : form.address;
      try {
        const { email, password } = form;
        show(await client.activation.activate({ authorityUrl, email, password, replace: get().isAgain }));
        set({ isAgain: false, unknown: null, generatedUntil: null, form: { ...get().form, email: '', password: '' } });
      } catch (error) {
        if (!isAppError(error, 'authority-unknown')) throw error;
        set({ unknown: await client.activation.look({ authorityUrl }) });
      }
    }

    return {
      state: null,
      loadError: null,
      ownUrl: null,
      form: empty,
      isAgain: false,
      work: null,
      failure: null,
      generatedUntil: null,
      wasRequested: false,
      unknown: null,

      async load() {
        try {
          const [state, { builtIn }] = await Promise.all([client.activation.state(null), client.authority.state(null)]);
          show(state);
          set({ ownUrl: builtIn?.url ?? null, loadError: null });
        } catch (error) {
          set({ loadError: asAppError(error) });
        }
      },
      type: (change) => set(({ form }) => ({ form: { ...form, ...change }, failure: null, wasRequested: false, unknown: null })),
      setAgain: (isAgain) => set({ isAgain, failure: null }),
      generate: () =>
        doing('generating', async () => {
          if (get().ownUrl === null) {
            await client.authority.setBuiltIn({ port: Number(get().form.port) });
            set({ ownUrl: (await client.authority.state(null)).builtIn?.url ?? null });
          }
          const { email, password, expiresAt } = await client.authority.generateCredentials(null);
          set({ generatedUntil: expiresAt, form: { ...get().form, email, password } });
        }),
      activate: () => doing('activating', activate),
      async trust() {
        const { unknown } = get();
        if (!unknown) return;
        get().type({ address: unknown.authorityUrl });
        await get().activate();
      },
      async request() {
        let made: string | null = null;
        await doing('requesting', async () => {
          made = (await client.activation.requestByFile({ authorityUrl: get().form.address })).file;
          set({ wasRequested: true });
        });
        return made;
      },
      accept: (answer) =>
        doing('accepting', async () => {
          show(await client.activation.acceptFile({ file: await answer.text() }));
          set({ isAgain: false, wasRequested: false });
        }),
      join: () =>
        doing('joining', async () => {
          const { groupId, groupName } = get().form;
          show(await client.activation.join(groupId === '' ? { newGroup: groupName } : { groupId }));
        }),
      check: () => doing('checking', async () => show(await client.activation.contact(null))),
      deactivate: (evenIfAway) => doing('deactivating', async () => show(await client.activation.deactivate({ evenIfAway }))),
    };
  });
}
