import { ApiPathOptions, ApiPathReading, readApiPath } from './apiPath';
import { fault } from './faults';

const OUTSIDE_ASCII = /[^\u0000-\u007f]/; // eslint-disable-line no-control-regex -- the ASCII range

/**
 * Normalizes the path of a gateway call as {@link readApiPath} does. Because it is compared with routes, it also
 * rejects empty segments, which some servers drop, and non-ASCII characters, which no request target may contain.
 *
 * @public
 */
export function readGatewayPath(
  path: string,
  options: ApiPathOptions = {},
): ApiPathReading {
  const read = readApiPath(path, options);
  if (read.path === undefined) return read;
  if (OUTSIDE_ASCII.test(path)) return { fault: fault('path.outsideAscii') };
  if (path.includes('//')) return { fault: fault('path.doubleSlash') };
  return read;
}
