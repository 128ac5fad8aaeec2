import { companySettings, type CompanySettings } from '../contract/companySettings.ts';

/** A setting, text or number of Company Settings by its dotted path: `pinRules.minLength`, `texts.textMessage.de.one-way-otp`. */
export type Leaf = string | number | boolean;

type Tree = { readonly [key: string]: Leaf | Tree };

/** All that is set, in the order of the schema. */
export function leavesOf(settings: CompanySettings): Map<string, Leaf> {
  const leaves = new Map<string, Leaf>();
  const walk = (tree: Tree, prefix: string) => {
    for (const [key, value] of Object.entries(tree)) {
      if (typeof value === 'object') walk(value, `${prefix}${key}.`);
      else leaves.set(`${prefix}${key}`, value);
    }
  };
  walk(settings, '');
  return leaves;
}

/**
 * A copy in which `path` has another value; `undefined` takes a text away, and its language with the last one. Throws a ZodError
 * when that is no value for this path.
 */
export function withLeaf(settings: CompanySettings, path: string, value: Leaf | undefined): CompanySettings {
  return companySettings.parse(set(settings, path.split('.'), value));
}

/** Paths at which two states differ, in the order of the schema. */
export function changedPaths(before: CompanySettings, after: CompanySettings): string[] {
  const [old, fresh] = [leavesOf(before), leavesOf(after)];
  return [...new Set([...old.keys(), ...fresh.keys()])].filter((path) => old.get(path) !== fresh.get(path));
}

/** `theirs`, with everything that `mine` changed since `base` changed there too. */
export function rebased(base: CompanySettings, mine: CompanySettings, theirs: CompanySettings): CompanySettings {
  const wanted = leavesOf(mine);
  return changedPaths(base, mine).reduce((settings, path) => withLeaf(settings, path, wanted.get(path)), theirs);
}

function set(tree: Tree, [key = '', ...rest]: readonly string[], value: Leaf | undefined): Tree {
  const inner = Object.hasOwn(tree, key) ? tree[key] : undefined;
  const next = rest.length === 0 ? value : set(typeof inner === 'object' ? inner : {}, rest, value);
  const isGone =
    next === undefined || (typeof next === 'object' && Object.keys(next).length === 0 && value === undefined && rest.length === 1);
  if (!isGone) return { ...tree, [key]: next };
  const { [key]: _gone, ...others } = tree;
  return others;
}
