import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import type { TemplateAction, TemplateRef } from '../../../shared/contract/mailTemplates.contract.ts';
import { templateContent } from '../../../shared/contract/mailTemplates.contract.ts';
import { AppError } from '../../../shared/contract/errors.ts';
import type { StoredVersion, TemplateStore } from '../../services/email/templates/templatePorts.ts';
import { patientTransaction } from '../patientTransaction.ts';

type Row = Readonly<Record<string, SQLOutputValue>>;

/** Edited templates, in the file of the outbox. */
export function createTemplateRepository(database: DatabaseSync): TemplateStore {
  const columns = 'template, language, version, at, by, action, restored';
  const state = database.prepare('SELECT coalesce(max(id), 0) AS state FROM template_versions');
  const latest = database.prepare(
    `SELECT ${columns}, content FROM template_versions WHERE id IN (SELECT max(id) FROM template_versions GROUP BY template, language)`,
  );
  const history = database.prepare(
    `SELECT ${columns} FROM template_versions WHERE template = ? AND language = ? ORDER BY version DESC LIMIT ? OFFSET ?`,
  );
  const total = database.prepare('SELECT count(*) AS total FROM template_versions WHERE template = ? AND language = ?');
  const one = database.prepare(`SELECT ${columns}, content FROM template_versions WHERE template = ? AND language = ? AND version = ?`);
  const last = database.prepare(
    `SELECT ${columns} FROM template_versions WHERE template = ? AND language = ? ORDER BY version DESC LIMIT 1`,
  );
  const insert = database.prepare(`INSERT INTO template_versions (${columns}, content) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);

  return {
    state: () => Number(state.get()!['state']),
    latest: () => latest.all().map((row) => ({ ...toVersion(row), content: toContent(row) })),
    history: ({ template, language }, { offset, limit }) => ({
      versions: history.all(template, language, limit, offset).map(toVersion),
      total: Number(total.get(template, language)!['total']),
    }),
    version({ template, language }, version) {
      const row = one.get(template, language, version);
      return row ? { ...toVersion(row), content: toContent(row) } : null;
    },
    append: (versions, by, at) =>
      patientTransaction(database, () => {
        for (const { template, language, base, action, restored, content } of versions) {
          const row = last.get(template, language);
          const before = row && toVersion(row);
          if ((before?.version ?? 0) !== base) throw changedMeanwhile({ template, language }, before);
          insert.run(template, language, base + 1, at, by, action, restored, content && JSON.stringify(content));
        }
      }),
  };
}

function changedMeanwhile({ template, language }: TemplateRef, now: Omit<StoredVersion, 'content'> | undefined): AppError {
  const who = now
    ? `${now.by || 'Somebody'} changed this mail in the meantime (${new Date(now.at).toISOString()})`
    : 'This mail was never changed';
  return new AppError('changed-meanwhile', `${who}: ${template}, ${language}.`, {
    details: { template, language, revision: now?.version ?? 0, changedBy: now?.by ?? '', changedAt: now?.at ?? 0 },
  });
}

function toVersion(row: Row): Omit<StoredVersion, 'content'> {
  return {
    template: String(row['template']),
    language: String(row['language']),
    version: Number(row['version']),
    at: Number(row['at']),
    by: String(row['by']),
    action: String(row['action']) as TemplateAction,
    restored: row['restored'] === null ? null : Number(row['restored']),
  };
}

/** Throws `store-damaged` for what was not written by us. */
function toContent(row: Row): StoredVersion['content'] {
  if (row['content'] === null) return null;
  const parsed = templateContent.safeParse(JSON.parse(String(row['content'])));
  if (parsed.success) return parsed.data;
  throw new AppError('store-damaged', `The saved mail ${String(row['template'])} cannot be read.`, { cause: parsed.error });
}
