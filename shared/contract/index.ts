import { activationContract } from './activation.contract.ts';
import { appContract } from './app.contract.ts';
import { auditContract } from './audit.contract.ts';
import { authorityContract } from './authority.contract.ts';
import { backupsContract } from './backups.contract.ts';
import { csvContract } from './csv.contract.ts';
import { companyContract } from './company.contract.ts';
import { bypassesContract } from './bypasses.contract.ts';
import { directoryContract } from './directory.contract.ts';
import { emailContract } from './email.contract.ts';
import { filtersContract } from './filters.contract.ts';
import { importsContract } from './imports.contract.ts';
import { logsContract } from './logs.contract.ts';
import { jobsContract } from './jobs.contract.ts';
import { networkContract } from './network.contract.ts';
import { requirementsContract } from './requirements.contract.ts';
import { mailTemplatesContract } from './mailTemplates.contract.ts';
import { outboxContract } from './outbox.contract.ts';
import { pinsContract } from './pins.contract.ts';
import { questionsContract } from './questions.contract.ts';
import { statusContract } from './status.contract.ts';
import { supportContract } from './support.contract.ts';
import { tagsContract } from './tags.contract.ts';
import { tokensContract } from './tokens.contract.ts';
import { manyUserCommands, userCommands } from './userCommands.ts';
import { usernamesContract } from './usernames.contract.ts';
import { usersContract } from './users.contract.ts';
import { verifyContract } from './verify.contract.ts';

/** Everything the console can do. A new service starts with one line here. */
export const contract = {
  app: appContract,
  users: { ...usersContract, ...userCommands, ...manyUserCommands },
  usernames: usernamesContract,
  pins: pinsContract,
  verify: verifyContract,
  bypasses: bypassesContract,
  questions: questionsContract,
  tokens: tokensContract,
  tags: tagsContract,
  company: companyContract,
  directory: directoryContract,
  imports: importsContract,
  csv: csvContract,
  filters: filtersContract,
  email: emailContract,
  mailTemplates: mailTemplatesContract,
  outbox: outboxContract,
  jobs: jobsContract,
  audit: auditContract,
  logs: logsContract,
  status: statusContract,
  backups: backupsContract,
  support: supportContract,
  network: networkContract,
  requirements: requirementsContract,
  activation: activationContract,
  authority: authorityContract,
} as const;

export type ConsoleContract = typeof contract;
