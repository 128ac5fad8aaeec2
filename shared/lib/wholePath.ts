/**
 * Whether a path of Windows, Linux or macOS says by itself where it leads. Others depend on where a program was started, which for a
 * service of Windows is the folder of the system.
 */
export const isWholePath = (path: string): boolean => /^(\/|[a-z]:[\\/]|\\\\)/i.test(path.trim());
