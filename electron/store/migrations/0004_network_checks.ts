/** What the checks of the network found, the newest of each target. `at` is milliseconds since 1970, UTC. */
export const networkChecks = `
CREATE TABLE network_checks (
  target TEXT NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  connect_ms REAL,
  PRIMARY KEY (target, at)
) STRICT, WITHOUT ROWID;
`;
