import type { DatabaseSync } from 'node:sqlite';
import { tagColors, type Tag, type TagColor } from '../../../shared/contract/tags.contract.ts';
import { fold } from '../../../shared/lib/fold.ts';
import type { TagFacts, TagStore } from '../../services/tags/tagService.ts';
import { patientTransaction } from '../patientTransaction.ts';

type StoredTag = Omit<Tag, 'color'> & { readonly color: string };

/** Imports once gave a colour that there is no more. */
const colorOf = (stored: string): TagColor => tagColors.find((color) => color === stored) ?? 'grey';

/** Tags in the users' file, on a connection that may write. To be used in a thread that may take its time: a tag may have a million users. */
export function createTagWrites(database: DatabaseSync, now: () => number): TagStore {
  // Removed users keep their tags until they are forgotten; a tag has far more users than the recycle bin.
  const list = database.prepare(`
    SELECT t.id, t.name, t.color, t.description,
      (SELECT count(*) FROM user_tags x WHERE x.tag_id = t.id)
      - (SELECT count(*) FROM removed_users r JOIN user_tags x ON x.user_id = r.id AND x.tag_id = t.id) AS users
    FROM tags t ORDER BY t.name_key
  `);
  const count = database.prepare('SELECT count(*) AS n FROM tags');
  const byKey = database.prepare('SELECT id FROM tags WHERE name_key = ?');
  const byId = database.prepare('SELECT name, color, description FROM tags WHERE id = ?');
  const insert = database.prepare('INSERT INTO tags (name, name_key, color, description) VALUES (?, ?, ?, ?) RETURNING id');
  const update = database.prepare('UPDATE tags SET name = ?, name_key = ?, color = ?, description = ? WHERE id = ?');
  const remove = database.prepare('DELETE FROM tags WHERE id IN (SELECT value FROM json_each(?))');

  const isTaken = (name: string, except?: number) => {
    const other = byKey.get(fold(name)) as { id: number } | undefined;
    return other !== undefined && other.id !== except;
  };

  /** Notes everybody with one of these tags for lists and filters, as whoever changes users must. Answers how many users that are. */
  function touchUsersOf(ids: readonly number[]): number {
    const users = 'SELECT DISTINCT user_id FROM user_tags WHERE tag_id IN (SELECT value FROM json_each(:ids))';
    const parameters = { ids: JSON.stringify(ids) };
    database.prepare(`INSERT INTO users_unindexed (user_id) SELECT id FROM users WHERE id IN (${users})`).run(parameters);
    const { changes } = database
      .prepare(`UPDATE users SET revision = revision + 1, updated_at = :now WHERE id IN (${users})`)
      .run({ ...parameters, now: now() });
    return Number(changes);
  }

  return {
    tags: async () => (list.all() as unknown as StoredTag[]).map((tag) => ({ ...tag, color: colorOf(tag.color) })),

    addTag: ({ name, color, description }, { most }) =>
      patientTransaction(database, () => {
        if (isTaken(name)) return 'taken';
        if (Number(count.get()?.['n']) >= most) return 'full';
        return { id: Number(insert.get(name, fold(name), color, description)?.['id']) };
      }),

    editTag: (id, changes) =>
      patientTransaction(database, () => {
        const before = byId.get(id) as unknown as TagFacts | undefined;
        if (!before) return 'not-found';
        const { name, color, description } = { ...before, ...changes };
        if (isTaken(name, id)) return 'taken';
        update.run(name, fold(name), color, description, id);
        return 'done';
      }),

    removeTag: (id) =>
      patientTransaction(database, () => {
        if (!byId.get(id)) return null;
        const users = touchUsersOf([id]);
        // Who had it has it no more: foreign keys are on.
        remove.run(JSON.stringify([id]));
        return users;
      }),

    mergeTags: (ids, into) =>
      patientTransaction(database, () => {
        if (![...ids, into].every((id) => byId.get(id))) return null;
        const users = touchUsersOf(ids);
        // Also for those in the recycle bin, who may come back.
        database
          .prepare(
            `INSERT OR IGNORE INTO user_tags (user_id, tag_id)
             SELECT user_id, ? FROM user_tags WHERE tag_id IN (SELECT value FROM json_each(?))`,
          )
          .run(into, JSON.stringify(ids));
        remove.run(JSON.stringify(ids));
        return users;
      }),
  };
}
