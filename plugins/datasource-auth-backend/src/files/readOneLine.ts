import { constants } from 'node:fs';
import { FileHandle, open, realpath } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { SettingsError } from '../settings/SettingsError';

const MOST_BYTES = 16 * 1024;

/** A link isn't followed a second time, and a pipe without a writer doesn't block. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Reads a file that has one line without spaces.
 *
 * Kubernetes mounts a token as a link to a file in its folder, and replaces both when it renews the token. Links within
 * the folder are followed, others aren't.
 *
 * @param file - its name, for messages
 * @throws SettingsError that says what to do, without the content and the path
 */
export async function readOneLine(file: string, path: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await read(file, path).catch(error => {
      // The file was replaced between looking up its link and opening it.
      if (error.code === 'ENOENT') return read(file, path);
      throw error;
    });
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new SettingsError('fileMissing', { file });
    }
    // A socket can't be opened.
    if (code === 'ENXIO' || code === 'ELOOP') {
      throw new SettingsError('fileNotRegular', { file });
    }
    throw new SettingsError('fileUnreadable', { file, code });
  }
  const text = bytes.toString('latin1').replace(/\r?\n$/, '');
  if (text.trim() === '') throw new SettingsError('fileEmpty', { file });
  if (!/^[\x21-\x7e]+$/.test(text)) {
    throw new SettingsError('fileNotOneLine', { file });
  }
  return text;
}

async function read(file: string, path: string): Promise<Buffer> {
  const folder = await realpath(dirname(path));
  const target = await realpath(path);
  if (!target.startsWith(folder === sep ? sep : `${folder}${sep}`)) {
    throw new SettingsError('fileLeadsElsewhere', { file });
  }
  const handle = await open(target, FLAGS);
  try {
    return await readRegular(file, handle);
  } finally {
    await handle.close();
  }
}

async function readRegular(file: string, handle: FileHandle): Promise<Buffer> {
  const found = await handle.stat();
  if (found.isDirectory()) throw new SettingsError('fileIsFolder', { file });
  if (!found.isFile()) throw new SettingsError('fileNotRegular', { file });
  const buffer = Buffer.alloc(MOST_BYTES + 1);
  let length = 0;
  // The file can grow while it is read, so its size isn't trusted.
  while (length < buffer.length) {
    const { bytesRead } = await handle.read(buffer, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  if (length > MOST_BYTES) throw new SettingsError('fileTooLarge', { file });
  return buffer.subarray(0, length);
}
