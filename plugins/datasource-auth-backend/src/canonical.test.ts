import {
  apiUrl,
  readApiPath,
  readGatewayPath,
} from 'backstage-plugin-datasource-auth-common';
import {
  authorizationRequestCreateSchema,
  datasourceSettingsSchema,
} from 'backstage-plugin-datasource-auth-common/schemas';
import { normalizeHost } from 'backstage-plugin-datasource-auth-node/egress';
import fc from 'fast-check';
import { readScope } from './oauth/scopes';
import { oauthOf } from './settings/oauthOf';

/** Returns the canonical form of a text, or undefined if it is rejected. */
type Read = (text: string) => string | undefined;

const settings = (part: object, auth: object = {}) => {
  const read = datasourceSettingsSchema.safeParse({
    name: 'crm',
    ...part,
    auth: { grantType: 'client_credentials', ...auth },
  });
  return read.success ? read.data : undefined;
};

const oauth = (auth: object) => {
  const read = settings({}, auth);
  return read && oauthOf(read);
};

const urlOf = (path: string, encodedSlash: boolean) => {
  const address = {
    datasource: 'crm',
    baseUrl: 'https://api.example.com',
    allowedHosts: [],
  };
  try {
    const { pathname, search } = apiUrl(path, address, { encodedSlash });
    return `${pathname}${search}`;
  } catch {
    return undefined;
  }
};

/** All values that are made canonical before they are checked or compared. */
const READERS: Record<string, Read> = {
  'a path of an API': path => readApiPath(path).path,
  'a path with encoded slashes': path =>
    readApiPath(path, { encodedSlash: true }).path,
  'a path of the gateway': path =>
    readGatewayPath(path, { encodedSlash: true }).path,
  'a URL of an API': path => urlOf(path, false),
  'a URL with encoded slashes': path => urlOf(path, true),
  'a host of a rule': normalizeHost,
  'an allowed host': host =>
    settings({ allowedHosts: [host] })?.allowedHosts?.[0],
  'a header name': name => oauth({ header: { name } })?.header.name,
  'a scope': scope => oauth({ scopes: [scope] })?.scopes[0],
  'a granted scope': readScope,
  'an entity ref': recipient => {
    const body = { datasource: 'crm', recipient };
    const read = authorizationRequestCreateSchema.safeParse(body);
    return read.success ? read.data.recipient : undefined;
  },
};

const PIECES = [
  ...['/', '//', '\\', '.', '..', ';', ':', '?', '#', '&', '=', '+', ' ', ','],
  ...['%', '%2', '%2e', '%2E', '%2f', '%2F', '%5c', '%25', '%252e', '%252f'],
  ...['%32', '%65', '%66', '%c3%a4', '%c0%ae', '%00', '%250a', '%61', '%3b'],
  ...['a', 'A', 'user', 'group:', 'default', 'x', '1', '-', '_', '|', '[', ']'],
  ...['::1', '127.0.0.1', 'localhost', ':443', 'ä', 'İ', '\ud800', '\t', '\n'],
];

const texts = fc.oneof(
  fc
    .array(fc.constantFrom(...PIECES), { maxLength: 12 })
    .map(pieces => pieces.join('')),
  fc
    .array(fc.constantFrom(...PIECES), { maxLength: 10 })
    .map(pieces => `/${pieces.join('')}`),
  fc
    .array(fc.constantFrom('User:', 'group:', 'A', 'b.', '/', '_', 'İ'), {
      maxLength: 5,
    })
    .map(pieces => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 30 }),
);

describe('threats 33: reading a value normalizes it', () => {
  it.each(Object.entries(READERS))('for %s', (_, read) => {
    let accepted = 0;
    fc.assert(
      fc.property(texts, text => {
        const once = read(text);
        if (once === undefined) return;
        accepted += 1;
        expect(read(once)).toBe(once);
      }),
      { numRuns: 5_000, seed: 33 },
    );
    expect(accepted).toBeGreaterThan(20);
  });

  it('and leaves nothing that decodes to another path', () => {
    fc.assert(
      fc.property(texts, text => {
        const read = readApiPath(text, { encodedSlash: true }).path;
        if (read === undefined) return;
        let decoded = read;
        for (let times = 0; times < 10; times++) {
          const parts = decoded.split(/[/\\]/).map(part => part.split(';')[0]);
          expect(parts).not.toContain('..');
          expect(parts).not.toContain('.');
          decoded = decoded.replace(/%([0-9a-f]{2})/gi, (_, byte) =>
            String.fromCharCode(parseInt(byte, 16)),
          );
        }
        // eslint-disable-next-line no-control-regex -- a URL parser drops some of these, so a path with one would mean another path
        expect(decoded).not.toMatch(/[\u0000-\u001f\u007f\\]/);
      }),
      { numRuns: 10_000, seed: 33 },
    );
  });
});
