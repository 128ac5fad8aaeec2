/** Requirements are remembered beside the network: the same table for both, by area. */
export const checksByArea = `
CREATE TABLE checks (
  area TEXT NOT NULL CHECK (area IN ('network', 'requirements')),
  subject TEXT NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  connect_ms REAL,
  PRIMARY KEY (area, subject, at)
) STRICT, WITHOUT ROWID;
INSERT INTO checks SELECT 'network', target, at, state, reason, connect_ms FROM network_checks;
DROP TABLE network_checks;
`;
