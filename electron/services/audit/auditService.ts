import type { AuditEntry, auditContract } from '../../../shared/contract/audit.contract.ts';
import type { Implementation } from '../../../shared/contract/define.ts';
import type { Call } from '../../runtime/call.ts';

export interface AuditPorts {
  list(options: { limit: number; before?: number | undefined }): AuditEntry[];
}

export function createAuditService(ports: AuditPorts): Implementation<typeof auditContract, Call> {
  return {
    async list(options) {
      return { entries: ports.list(options) };
    },
  };
}
