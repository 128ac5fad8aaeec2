import { realpathSync } from 'node:fs';

/**
 * Whether a path leads to a server: by its form, or because Windows gave a drive letter to a share, of which only the system's own answer
 * tells. `realPath` throws for folders that are missing and on some virtual disks; then the form decides.
 */
export function isOnNetwork(path: string, realPath: (path: string) => string = realpathSync.native): boolean {
  if (hasServer(path)) return true;
  try {
    return hasServer(realPath(path));
  } catch {
    return false;
  }
}

/** https://learn.microsoft.com/windows/win32/fileio/naming-a-file#win32-file-namespaces */
function hasServer(path: string): boolean {
  return /^(\\\\|\/\/)(?![?.])/.test(path) || /^\\\\[?.]\\UNC\\/i.test(path);
}
