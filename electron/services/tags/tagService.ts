import type { Implementation } from '../../../shared/contract/define.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import { mostTags, tagDescriptionLimit, tagNameLimit, type Tag, type tagsContract } from '../../../shared/contract/tags.contract.ts';
import type { Call } from '../../runtime/call.ts';

export type TagFacts = Pick<Tag, 'name' | 'color' | 'description'>;

/** Tags and who has them. Each call is one transaction, and none blocks the caller's thread. */
export interface TagStore {
  /** By name. */
  tags(): Promise<Tag[]>;
  /** `taken` when the name is, `full` when there are `most` already. */
  addTag(facts: TagFacts, limit: { readonly most: number }): Promise<{ readonly id: number } | 'taken' | 'full'>;
  editTag(id: number, changes: Partial<TagFacts>): Promise<'done' | 'taken' | 'not-found'>;
  /** Null when there is no such tag, else how many users had it. */
  removeTag(id: number): Promise<number | null>;
  /** Null when one of the tags does not exist, else how many users had one of `ids`. */
  mergeTags(ids: readonly number[], into: number): Promise<number | null>;
}

export interface TagPorts {
  readonly store: TagStore;
  changed(): void;
  usersChanged(): void;
}

export function createTagService({ store, changed, usersChanged }: TagPorts): Implementation<typeof tagsContract, Call> {
  const gone = () => new AppError('not-found', 'This tag no longer exists.');
  const taken = (name: string) => new AppError('conflict', `There is already a tag “${name}”.`, { details: { name } });

  return {
    async list() {
      return { tags: await store.tags() };
    },

    async add({ name: typed, color, description }) {
      const name = checkName(typed);
      const added = await store.addTag({ name, color, description: checkDescription(description) }, { most: mostTags });
      if (added === 'taken') throw taken(name);
      if (added === 'full') throw invalid(`There can be at most ${mostTags.toLocaleString('en-US')} tags.`, 'name');
      changed();
      return { id: added.id };
    },

    async edit({ id, name, color, description }) {
      const changes = {
        ...(name !== undefined && { name: checkName(name) }),
        ...(color !== undefined && { color }),
        ...(description !== undefined && { description: checkDescription(description) }),
      };
      const result = await store.editTag(id, changes);
      if (result === 'not-found') throw gone();
      if (result === 'taken') throw taken(changes.name ?? '');
      changed();
      return null;
    },

    async remove({ id }, call) {
      const name = (await store.tags()).find((one) => one.id === id)?.name;
      const users = await store.removeTag(id);
      if (users === null) throw gone();
      call.note({ name, users });
      changed();
      if (users > 0) usersChanged();
      return { users };
    },

    async merge({ tags, into }, call) {
      const ids = [...new Set(tags)].filter((one) => one !== into);
      if (ids.length === 0) throw invalid('A tag cannot be merged with itself.', 'tags');
      const known = await store.tags();
      const users = await store.mergeTags(ids, into);
      if (users === null) throw gone();
      const nameOf = (id: number) => known.find((one) => one.id === id)?.name;
      call.note({ names: ids.map(nameOf), into: nameOf(into), users });
      changed();
      if (users > 0) usersChanged();
      return { users };
    },
  };
}

function invalid(message: string, field: string): AppError {
  return new AppError('invalid-input', message, { details: { field } });
}

/** Control characters, half characters and ends of lines. */
const unfit = /[\p{Cc}\p{Cs}\u2028\u2029]/u;

function checkName(typed: string): string {
  const name = typed.trim();
  if (name === '') throw invalid('A tag needs a name.', 'name');
  if (name.length > tagNameLimit) throw invalid(`The name has ${name.length} characters. At most ${tagNameLimit} are possible.`, 'name');
  if (unfit.test(name)) throw invalid('The name contains a control character.', 'name');
  return name;
}

function checkDescription(typed: string): string {
  const description = typed.trim();
  if (description.length > tagDescriptionLimit)
    throw invalid(`The description has ${description.length} characters. At most ${tagDescriptionLimit} are possible.`, 'description');
  if (unfit.test(description)) throw invalid('The description contains a control character.', 'description');
  return description;
}
