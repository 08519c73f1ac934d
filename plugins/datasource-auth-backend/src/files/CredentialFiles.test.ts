import { execFileSync } from 'node:child_process';
import { mkdtemp, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CredentialFiles, FileUse } from './CredentialFiles';

const part = (value: object) =>
  Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = (payload: object, header: object = { alg: 'RS256' }) =>
  `${part(header)}.${part(payload)}.c2lnbmF0dXJl`;

const NOW = Date.parse('2030-01-01T00:00:00Z');
const LIVE = jwt({ sub: 'canary', exp: NOW / 1000 + 60 });
const ORIGIN = 'https://login.example.com';

describe('the files of datasourceAuth.files', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'credential-files-'));
    path = join(folder, 'token');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const read = (more: Partial<FileUse> = {}, at: string = path) =>
    new CredentialFiles([
      {
        name: 'entra',
        path: at,
        for: 'client_assertion',
        origins: [ORIGIN],
        datasources: ['crm'],
      },
      {
        name: 'k8s',
        path: at,
        for: 'bearer',
        origins: [ORIGIN],
        datasources: ['crm'],
      },
    ]).read(more.for === 'bearer' ? 'k8s' : 'entra', {
      for: 'client_assertion',
      datasource: 'crm',
      origins: [ORIGIN],
      now: NOW,
      ...more,
    });

  /** The message of the refusal, which has neither content nor path. */
  async function refusal(reading: Promise<unknown>): Promise<string> {
    const error: Error = await reading.then(
      () => new Error('It was read'),
      thrown => thrown,
    );
    expect(error.name).toBe('SettingsError');
    const everything = JSON.stringify(error, Object.getOwnPropertyNames(error));
    expect(error.message).not.toContain(folder);
    expect(everything).not.toMatch(/eyJ|canary/);
    return error.message;
  }

  it('are read for each request, so a renewed token is used at once', async () => {
    await writeFile(path, LIVE);
    expect(await read()).toEqual({ text: LIVE, expiresAt: NOW + 60_000 });
    const next = jwt({ exp: NOW / 1000 + 3_600 });
    await writeFile(path, `${next}\n`);
    expect((await read()).text).toBe(next);
  });

  it('may be links within their folder, as Kubernetes mounts and renews them', async () => {
    await mkdir(join(folder, '..2030_01_01'));
    await writeFile(join(folder, '..2030_01_01', 'token'), LIVE);
    await symlink('..2030_01_01', join(folder, '..data'));
    await symlink('..data/token', path);
    expect((await read()).text).toBe(LIVE);
  });

  it('may have any token of one line for an API', async () => {
    await writeFile(path, 'plain-token\r\n');
    expect(await read({ for: 'bearer' })).toEqual({
      text: 'plain-token',
      expiresAt: undefined,
    });
  });

  it('are refused if there is none of that name', async () => {
    const files = new CredentialFiles();
    expect(
      await refusal(
        files.read('other', {
          for: 'bearer',
          datasource: 'crm',
          origins: [ORIGIN],
          now: NOW,
        }),
      ),
    ).toBe(
      "The file 'other' isn't configured. Choose another file, or add it to datasourceAuth.files.",
    );
  });

  it('threats 40: are refused for another datasource, origin or purpose, without being opened', async () => {
    const missing = join(folder, 'not-there');
    const foreign = (more: Partial<FileUse>) => refusal(read(more, missing));
    expect(await foreign({ datasource: 'other' })).toMatch(
      /^The file 'entra' isn't for datasource 'other'\. .*datasourceAuth\.files\.entra\.datasources/,
    );
    for (const origin of [
      'https://evil.example.com',
      'http://login.example.com',
      'https://login.example.com:8443',
      'https://login.example.com.evil.example',
    ]) {
      expect(await foreign({ origins: [ORIGIN, origin] })).toBe(
        `The file 'entra' must not be sent to ${origin}. Correct the URL, or add this origin to datasourceAuth.files.entra.origins.`,
      );
    }
    const swapped = new CredentialFiles([
      {
        name: 'k8s',
        path: missing,
        for: 'bearer',
        origins: [ORIGIN],
        datasources: ['crm'],
      },
    ]);
    expect(
      await refusal(
        swapped.read('k8s', {
          for: 'client_assertion',
          datasource: 'crm',
          origins: [ORIGIN],
          now: NOW,
        }),
      ),
    ).toMatch(/is for bearer tokens\. Choose a file with 'for: client_ass/);
  });

  it.each<[string, string | Buffer, RegExp]>([
    ['nothing', '\n', /is empty\. Check what writes/],
    ['several lines', `${LIVE}\n${LIVE}\n`, /one line without spaces/],
    ['spaces', `Bearer ${LIVE}`, /one line without spaces/],
    ['control characters', `${LIVE}\0`, /one line without spaces/],
    ['more than 16 KiB', 'x'.repeat(16 * 1024 + 1), /larger than 16 KiB/],
    ['no JWT', 'plain-token', /signed JWT with an expiry/],
    ['a JWT without expiry', jwt({ sub: 'x' }), /signed JWT with an expiry/],
    [
      'an unsigned JWT',
      jwt({ exp: NOW }, { alg: 'none' }),
      /signed JWT with an expiry/,
    ],
    [
      'a JWT without signature',
      LIVE.replace(/[^.]*$/, ''),
      /signed JWT with an expiry/,
    ],
    [
      'an expired JWT',
      jwt({ sub: 'canary', exp: NOW / 1000 }),
      /has expired\. Check what updates this file/,
    ],
  ])('are refused with %s', async (_, content, message) => {
    await writeFile(path, content);
    expect(await refusal(read())).toMatch(message);
  });

  it('are refused with an expired JWT for an API, too', async () => {
    await writeFile(path, jwt({ exp: NOW / 1000 - 1 }));
    expect(await refusal(read({ for: 'bearer' }))).toMatch(/has expired/);
  });

  it('are refused if they are missing', async () => {
    expect(await refusal(read())).toMatch(/doesn't exist\. Mount it/);
    expect(await refusal(read({}, join(path, 'deeper')))).toMatch(
      /doesn't exist/,
    );
    await symlink('gone', path);
    expect(await refusal(read())).toMatch(/doesn't exist/);
  });

  it('are refused if they are folders', async () => {
    await mkdir(path);
    expect(await refusal(read())).toMatch(/is a folder\. Set .*entra\.path/);
  });

  it('are refused if they are pipes, without waiting for a writer', async () => {
    execFileSync('mkfifo', [path]);
    expect(await refusal(read())).toMatch(/is a pipe, socket or device/);
  });

  it('are refused if they are sockets', async () => {
    const server = createServer();
    await new Promise<void>(listening => server.listen(path, listening));
    expect(await refusal(read())).toMatch(/is a pipe, socket or device/);
    await new Promise(closed => server.close(closed));
  });

  it('are refused if they are links out of their folder', async () => {
    const other = await mkdtemp(join(tmpdir(), 'credential-files-'));
    await writeFile(join(other, 'token'), LIVE);
    await symlink(join(other, 'token'), path);
    expect(await refusal(read())).toMatch(/is a link out of its folder/);
    await rm(path);
    await symlink(other, join(folder, 'link'));
    await symlink('link/token', path);
    expect(await refusal(read())).toMatch(/is a link out of its folder/);
    await rm(other, { recursive: true });
  });
});
