import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { AppError } from '../../shared/contract/errors.ts';
import { attachmentMaxBytes } from '../../shared/email/attachmentLimits.ts';
import { parseTemplateFile, type TemplateFile } from '../../shared/email/templateFile.ts';

/** Loaded when somebody packs or unpacks. */
const loadZip = () => import('fflate');

/** Reads one template. Rejects with `not-found` or `file-not-readable`. */
export async function readTemplateFile(file: string): Promise<TemplateFile> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new AppError('not-found', `The file ${file} cannot be read.`, { cause, details: { file } });
  });
  try {
    return parseTemplateFile(text);
  } catch (cause) {
    throw new AppError('file-not-readable', `${file}: ${(cause as Error).message}`, { cause, details: { file } });
  }
}

/** A folder as a zip, for an import; a file as it is. Rejects with `not-found` or `file-too-large`. */
export async function packFolder(path: string): Promise<Uint8Array> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new AppError('not-found', `There is no folder or file ${path}.`, { cause, details: { path } });
  });
  if (!found.isDirectory()) return readFile(path);
  const files: Record<string, Uint8Array> = {};
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    // Said here, where it costs nothing; the console says the same of an archive.
    const { size } = await stat(file);
    if (size > attachmentMaxBytes)
      throw new AppError('file-too-large', `${file} has more than 10 MB.`, { details: { file, bytes: size, most: attachmentMaxBytes } });
    files[relative(path, file).replaceAll(sep, '/')] = await readFile(file);
  }
  const { zipSync } = await loadZip();
  return zipSync(files, { level: 0 });
}

/** Writes the files of an archive into a folder; those that are there already are replaced. Answers how many. */
export async function unpackInto(folder: string, archive: Uint8Array): Promise<number> {
  const { unzipSync } = await loadZip();
  const files = Object.entries(unzipSync(archive));
  const root = resolve(folder);
  for (const [name, content] of files) {
    const file = resolve(root, name);
    if (!file.startsWith(root + sep)) throw new AppError('file-not-readable', `The archive has a file outside of its folder: ${name}.`);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return files.length;
}
