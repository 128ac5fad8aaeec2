import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

const product = 'MFA Server Console';

/**
 * Where this computer keeps the console's data: `MFA_DATA_DIR`, else the usual place of the platform.
 * On Windows that is shared by all accounts of the machine (%ProgramData%), because the service and the administrators use one store.
 */
export function dataFolder(env: NodeJS.ProcessEnv = process.env, platform: NodeJS.Platform = process.platform): string {
  if (env['MFA_DATA_DIR']) return resolve(env['MFA_DATA_DIR']);
  if (platform === 'win32') return join(env['ProgramData'] ?? 'C:\\ProgramData', product);
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', product);
  return join(env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'mfa-server-console');
}
