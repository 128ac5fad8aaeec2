/**
 * How long a preview of a draft takes in the service that the hosts run: check, both parts and the whole mail, for each template and language that
 * comes with the console, and for the longest body that is allowed.
 * node e2e/bench/mailPreview.bench.ts [--rounds N]
 */
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { composeMail } from '../../electron/platform/mail/composeMail.ts';
import { createShippedTemplates } from '../../electron/platform/mail/mailTemplates.ts';
import { createEmailService } from '../../electron/services/email/emailService.ts';
import { createTemplateCatalogue } from '../../electron/services/email/templates/templateCatalogue.ts';
import { createTemplateRepository } from '../../electron/store/mail/templateRepository.ts';
import { mailTables } from '../../electron/store/migrations/0001_mail.ts';
import { mailTemplateTables } from '../../electron/store/migrations/0002_mail_templates.ts';
import { defaultCompanySettings } from '../../shared/contract/companySettings.ts';
import { defaultEmailSettings } from '../../shared/contract/email.contract.ts';
import { contentOf, type TemplateContent } from '../../shared/email/templateContent.ts';

const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '20' } } });
const database = new DatabaseSync(':memory:');
database.exec(mailTables);
database.exec(mailTemplateTables);
const shipped = createShippedTemplates(join(import.meta.dirname, '..', '..', 'assets', 'email'));
const catalogue = createTemplateCatalogue(shipped, createTemplateRepository(database));
const none = () => Promise.reject(new Error('There is nothing of this kind here.'));
const service = createEmailService({
  templates: catalogue.library,
  settings: () => ({ ...defaultEmailSettings, from: 'MFA <mfa@corp.example>', companyName: 'Contoso' }),
  company: () => defaultCompanySettings,
  compose: composeMail,
  findUser: none,
  serverName: 'MFA01',
  files: { keepUpload: none, keepBytes: none, isThere: () => true, read: none },
  uploads: { get: () => ({ bytes: 0 }), discard: () => undefined },
});
const call = {
  caller: { id: 'bench', account: 'bench', access: new Set(['read'] as const) },
  signal: new AbortController().signal,
  ref: 'bench',
  note: () => undefined,
};

async function preview(template: string, language: string, content: TemplateContent): Promise<number> {
  const startedAt = performance.now();
  await service.preview({ template, language, draft: { ...content, attachments: [] }, withAttachments: false }, call);
  return performance.now() - startedAt;
}

function summary(times: readonly number[]) {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => Number(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!.toFixed(2));
  return { previews: sorted.length, medianMs: at(0.5), p99Ms: at(0.99), worstMs: at(1) };
}

const times: number[] = [];
for (let round = 0; round < Number(options.rounds) + 1; round += 1) {
  for (const [language, templates] of Object.entries(shipped())) {
    for (const [id, content] of Object.entries(templates)) {
      const took = await preview(id, language, content);
      // The first round loads what it needs.
      if (round > 0) times.push(took);
    }
  }
}

const paragraph = `${'Lorem <$name$> ipsum https://help.corp.example/a?b=c dolor, '.repeat(8)}\n\n- one\n- two\n\nPhone: <$phone$>\n\n`;
const longest = contentOf({ subject: 'Hello <$name$>', body: paragraph.repeat(Math.floor(50_000 / paragraph.length)) });
const longTimes: number[] = [];
for (let round = 0; round < Number(options.rounds); round += 1) longTimes.push(await preview('call-pin-new-user', 'en', longest));
process.stdout.write(`${JSON.stringify({ shipped: summary(times), characters50000: summary(longTimes) })}\n`);
