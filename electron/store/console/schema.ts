/** Tables of console.db as Kysely sees them; the SQL is in migrations/. */
export interface ConsoleSchema {
  settings: { name: string; value: string };
  preferences: { account: string; name: string; value: string };
  secrets: { binding: string; sealed: Uint8Array };
  jobs: {
    id: string;
    seq: number;
    kind: string;
    subject: string;
    state: string;
    phase: string;
    done: number;
    total: number | null;
    rate: number;
    remaining_ms: number | null;
    started_at: number;
    finished_at: number | null;
    started_by: string;
    host: string;
    cancellable: number;
    cancel_requested: number;
    failures: number;
    error: string | null;
    seen_at: number;
  };
  checks: { area: 'network' | 'requirements'; subject: string; at: number; state: string; reason: string; connect_ms: number | null };
  job_items: { job_id: string; seq: number; item: string; code: string; text: string };
  audit: {
    id: number | null;
    at: number;
    who: string;
    host: string;
    what: string;
    outcome: string;
    code: string;
    details: string;
    ref: string;
  };
  failed_attempts: { user_id: number; failures: number; last_at: number };
  saved_filters: { name_key: string; name: string; filter: string; saved_by: string; saved_at: number };
  leases: { name: string; holder: string; expires_at: number };
}
