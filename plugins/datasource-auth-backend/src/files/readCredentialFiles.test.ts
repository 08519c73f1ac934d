import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { readCredentialFiles } from './readCredentialFiles';

const FILE = {
  path: '/var/run/token',
  for: 'bearer',
  origins: ['https://api.example.com/'],
  datasources: ['crm'],
};

const read = (change: JsonObject, name = 'k8s') =>
  readCredentialFiles(
    new ConfigReader({ files: { [name]: { ...FILE, ...change } } }),
  );

describe('datasourceAuth.files', () => {
  it('has names, and origins without a path', () => {
    expect(read({})).toEqual([
      { ...FILE, name: 'k8s', origins: ['https://api.example.com'] },
    ]);
    expect(readCredentialFiles(undefined)).toEqual([]);
  });

  it.each<[string, JsonObject, RegExp]>([
    ['no origins', { origins: [] }, /k8s\.origins is missing\. List/],
    [
      'no datasources',
      { datasources: [] },
      /k8s\.datasources is missing\. List/,
    ],
    [
      'an origin with a path',
      { origins: ['https://api.example.com/v1'] },
      /is not an origin such as/,
    ],
    ['a wildcard', { origins: ['*'] }, /is not an origin such as/],
    ['a relative path', { path: 'token' }, /is not an absolute path/],
    ['another purpose', { for: 'basic' }, /must be one of: client_assertion/],
  ])('threats 40: rejects %s', (_, change, message) => {
    expect(() => read(change)).toThrow(message);
  });

  it('rejects a name that settings could not refer to', () => {
    expect(() => read({}, 'a.b')).toThrow(/in its name/);
  });
});
