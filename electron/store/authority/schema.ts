/** Tables of authority.db as Kysely sees them; the SQL is in migrations/. */
export interface AuthoritySchema {
  authority: {
    id: number;
    company_id: string;
    company_name: string;
    certificate: string;
    licence_key: Uint8Array;
    created_at: number;
  };
  credentials: {
    email: string;
    password: string;
    created_at: number;
    expires_at: number;
    used_at: number | null;
    used_key: string | null;
    server_id: string | null;
    certificate: string | null;
    certificate_expires_at: number | null;
  };
  guesses: { subject: string; count: number; last_at: number };
  page_codes: { digest: string; account: string; expires_at: number };
  groups: { id: string; name: string; name_key: string; key: Uint8Array; created_at: number };
  servers: {
    id: string;
    name: string;
    addresses: string;
    version: string;
    group_id: string | null;
    role: string | null;
    joined_at: number | null;
    activated_at: number;
    last_seen: number;
    state: string;
  };
  certificates: { sha256: string; server_id: string; issued_at: number; expires_at: number };
}
