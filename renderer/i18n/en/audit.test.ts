import { expect, it } from 'vitest';
import { contract } from '../../../shared/contract/index.ts';
import { actions } from './audit.ts';

it('names every command that the audit log keeps, and no other', () => {
  const audited = Object.entries(contract).flatMap(([service, procedures]) =>
    Object.entries(procedures)
      .filter(([, procedure]) => 'audited' in procedure && procedure.audited)
      .map(([method]) => `${service}.${method}`),
  );
  expect(Object.keys(actions).toSorted()).toEqual(audited.toSorted());
});
