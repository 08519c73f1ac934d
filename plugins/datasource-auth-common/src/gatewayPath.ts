import { ApiPathOptions, ApiPathReading, readApiPath } from './apiPath';

const OUTSIDE_ASCII = /[^\u0000-\u007f]/; // eslint-disable-line no-control-regex -- the range of ASCII

/**
 * Reads the path of a gateway call as {@link readApiPath} does, and refuses two things more, since it is compared with
 * routes: empty segments, which some servers drop, and characters outside ASCII, which no request target has.
 *
 * @public
 */
export function readGatewayPath(
  path: string,
  options: ApiPathOptions = {},
): ApiPathReading {
  const read = readApiPath(path, options);
  if (read.path === undefined) return read;
  if (OUTSIDE_ASCII.test(path))
    return { fault: 'it contains a non-ASCII character. Encode it' };
  if (path.includes('//')) return { fault: 'it contains two slashes in a row' };
  return read;
}
