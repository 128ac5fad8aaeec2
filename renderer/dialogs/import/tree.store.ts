import { createStore } from 'zustand/vanilla';
import { isAppError } from '../../../shared/contract/errors.ts';
import type { ConsoleClient } from '../../app/client.tsx';
import { emptyTree, type Children, type TreeState } from './treeModel.ts';

export interface TreeStore {
  readonly tree: TreeState;
  /** Forgets everything and reads the base DN; answers it, or null where it cannot be read. */
  load(): Promise<string | null>;
  /** Opens a node; its children are read the first time, and again after a failure. */
  open(dn: string): Promise<void>;
  close(dn: string): void;
  dispose(): void;
}

/** The container tree, read one level at a time as it is opened. */
export function createTreeStore(client: Pick<ConsoleClient, 'directory'>) {
  let current = new AbortController();

  return createStore<TreeStore>()((set, get) => {
    const patch = (change: Partial<TreeState>) => set(({ tree }) => ({ tree: { ...tree, ...change } }));
    const setChildren = (dn: string, children: Children) => patch({ children: new Map(get().tree.children).set(dn, children) });

    async function read(under: string | undefined, show: (children: Children) => void): Promise<Children> {
      const own = current;
      let children: Children;
      show({ phase: 'loading' });
      try {
        const { nodes } = await client.directory.tree(under === undefined ? {} : { under }, { signal: own.signal });
        children = { phase: 'ready', nodes };
      } catch (error) {
        if (!isAppError(error)) throw error;
        children = { phase: 'failed', error };
      }
      if (own === current) show(children);
      return children;
    }

    return {
      tree: emptyTree,

      async load() {
        current.abort();
        current = new AbortController();
        set({ tree: emptyTree });
        const root = await read(undefined, (children) => patch({ root: children }));
        const base = root.phase === 'ready' ? root.nodes[0] : undefined;
        if (!base) return null;
        void get().open(base.dn);
        return base.dn;
      },

      async open(dn) {
        patch({ open: new Set(get().tree.open).add(dn) });
        const known = get().tree.children.get(dn);
        if (known === undefined || known.phase === 'failed') await read(dn, (children) => setChildren(dn, children));
      },

      close(dn) {
        const open = new Set(get().tree.open);
        open.delete(dn);
        patch({ open });
      },

      dispose() {
        current.abort();
      },
    };
  });
}
