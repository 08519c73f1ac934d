import { DatasourceAuthError } from 'backstage-plugin-datasource-auth-common';
import { bareSettingsOf, settingsOf } from '../__testUtils__/settings';
import { mergeWrite, SecretSource } from './mergeWrite';

const EVIL = 'https://evil.example/token';

/** A saved datasource, or the form of an earlier attempt. */
function source(
  secrets: Record<string, string>,
  auth: Record<string, unknown> = {},
  change: Record<string, unknown> = {},
): SecretSource {
  return {
    settings: bareSettingsOf(change, auth),
    secrets: new Map(Object.entries(secrets)),
  };
}

const SAVED = source({ 'auth.clientSecret': 'saved' });

/** A write without the client secret. */
const write = (auth: Record<string, unknown> = {}, change = {}) =>
  settingsOf(change, { clientSecret: undefined, ...auth });

function refusal(run: () => unknown): DatasourceAuthError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(DatasourceAuthError);
    return error as DatasourceAuthError;
  }
  throw new Error('Nothing was rejected');
}

describe('mergeWrite', () => {
  it('keeps a secret that a write omits', () => {
    const merged = mergeWrite(write(), [SAVED]);
    expect(merged.secrets.get('auth.clientSecret')).toBe('saved');
    expect(merged.written).toEqual(new Set());
  });

  it('uses a secret that is written, and reports its path', () => {
    const merged = mergeWrite(write({ clientSecret: 'new' }), [SAVED]);
    expect(merged.secrets.get('auth.clientSecret')).toBe('new');
    expect(merged.written).toEqual(new Set(['auth.clientSecret']));
  });

  it('removes a secret that is null, and does not report it as written', () => {
    const merged = mergeWrite(write({ clientSecret: null }), [SAVED]);
    expect(merged.secrets.size).toBe(0);
    expect(merged.written).toEqual(new Set());
  });

  it('leaves no secret in the settings', () => {
    const { settings } = mergeWrite(write({ clientSecret: 'new' }), [SAVED]);
    expect(JSON.stringify(settings)).not.toContain('new');
  });

  it('prefers the earlier attempt to the saved datasource', () => {
    const draft = source({ 'auth.clientSecret': 'draft' });
    const saved = source({
      'auth.clientSecret': 'saved',
      'auth.password': 'word',
    });
    expect(
      Object.fromEntries(mergeWrite(write(), [draft, saved]).secrets),
    ).toEqual({ 'auth.clientSecret': 'draft', 'auth.password': 'word' });
  });

  describe('N2, threats 1: a secret of every API call', () => {
    const KEY = 'api.headers.X-Key';
    const api = { headers: { 'X-Key': { secret: true } } };
    const saved = source(
      { 'auth.clientSecret': 'saved', [KEY]: 'key' },
      {},
      { api, allowedHosts: ['files.example.com'] },
    );
    const secretsOf = (change: object) =>
      Object.fromEntries(
        mergeWrite(write({}, { api, ...change }), [saved]).secrets,
      );

    it('is kept if the API stays the same', () => {
      for (const change of [
        {},
        { baseUrl: 'https://api.example.com/v2' },
        { allowedHosts: ['files.example.com'] },
      ]) {
        expect(secretsOf(change)).toEqual({
          'auth.clientSecret': 'saved',
          [KEY]: 'key',
        });
      }
    });

    it.each([
      ['base URL', { baseUrl: 'https://evil.example' }],
      ['allowed host', { allowedHosts: ['evil.example'] }],
    ])(
      'is the only secret that must be entered again for another %s',
      (_, change) => {
        const error = refusal(() => secretsOf(change));
        expect(error).toMatchObject({ code: 'secrets_required' });
        expect(error.message).toMatch(/: evil\.example\.$/);
        expect(Object.keys(error.fields!)).toEqual([KEY]);
        const entered = {
          headers: { 'X-Key': { secret: true, value: 'new' } },
        };
        expect(secretsOf({ ...change, api: entered })[KEY]).toBe('new');
      },
    );

    it('can be an instance value that a header now uses', () => {
      const instance = { key: { secret: true } };
      const before = source({ 'instance.key': 'key' }, {}, { instance });
      const after = { instance, api: { query: { k: '{{instance.key}}' } } };
      const error = refusal(() => mergeWrite(write({}, after), [before]));
      expect(Object.keys(error.fields!)).toEqual(['instance.key']);
    });
  });

  describe('threats 1, [checklist 40]: a new origin requires the secrets again', () => {
    it.each([
      ['token URL', { token: { url: EVIL } }],
      ['authorize URL', { authorize: { url: EVIL } }],
      ['refresh URL', { refresh: { url: EVIL } }],
      ['revocation URL', { revoke: { url: EVIL } }],
      [
        'pushed request URL',
        {
          authorize: {
            url: 'https://login.example.com/authorize',
            pushedRequestUrl: EVIL,
          },
        },
      ],
      ['scheme', { token: { url: 'http://login.example.com/token' } }],
      ['port', { token: { url: 'https://login.example.com:444/token' } }],
    ])('in the %s', (_, auth) => {
      const error = refusal(() => mergeWrite(write(auth), [SAVED]));
      expect(error).toMatchObject({
        code: 'secrets_required',
        statusCode: 400,
        fields: {
          'auth.clientSecret':
            'Re-enter the secret. It was saved for login.example.com and is not sent to a different server.',
        },
      });
    });

    it('threats 2: through an instance value', () => {
      const auth = {
        authorize: {},
        token: { url: 'https://{{instance.sub}}.okta.com/token' },
      };
      const saved = source({ 'auth.clientSecret': 'saved' }, auth, {
        instance: { sub: 'acme' },
      });
      const moved = (sub: string) =>
        mergeWrite(write(auth, { instance: { sub } }), [saved]);
      expect(moved('acme').secrets.size).toBe(1);
      expect(refusal(() => moved('evil')).code).toBe('secrets_required');
      expect(refusal(() => moved('evil.example/#')).code).toBe(
        'secrets_required',
      );
    });

    it('in two steps: through empty URLs or an attempt', () => {
      const nowhere = { authorize: {}, token: {} };
      const between = mergeWrite(write(nowhere), [SAVED]);
      expect(
        refusal(() => mergeWrite(write({ token: { url: EVIL } }), [between]))
          .fields,
      ).toEqual({
        'auth.clientSecret': expect.stringContaining('no server yet'),
      });
    });

    it('and names every missing secret, but no values', () => {
      const saved = source(
        {
          'auth.clientSecret': 'saved-1',
          'auth.password': 'saved-2',
          'auth.token.headers.X-Key': 'saved-3',
        },
        {
          token: {
            url: 'https://login.example.com/token',
            headers: { 'X-Key': { secret: true } },
          },
        },
      );
      const error = refusal(() =>
        mergeWrite(
          write({
            token: { url: EVIL, headers: { 'X-Key': { secret: true } } },
          }),
          [saved],
        ),
      );
      expect(Object.keys(error.fields!).sort()).toEqual([
        'auth.clientSecret',
        'auth.password',
        'auth.token.headers.X-Key',
      ]);
      expect(error.message).toContain('evil.example');
      expect(JSON.stringify({ ...error, message: error.message })).not.toMatch(
        /saved-\d/,
      );
    });

    it('only those that are not entered with it', () => {
      const saved = source({
        'auth.clientSecret': 'saved',
        'auth.password': 'word',
      });
      const auth = { token: { url: EVIL }, clientSecret: 'new' };
      expect(
        Object.keys(refusal(() => mergeWrite(write(auth), [saved])).fields!),
      ).toEqual(['auth.password']);
      const merged = mergeWrite(write({ ...auth, password: null }), [saved]);
      expect(Object.fromEntries(merged.secrets)).toEqual({
        'auth.clientSecret': 'new',
      });
    });

    it('except if an attempt has them for that server', () => {
      const draft = source(
        { 'auth.clientSecret': 'draft' },
        { token: { url: 'https://new.example/token' } },
      );
      const merged = mergeWrite(
        write({ token: { url: 'https://new.example/token' } }),
        [draft, SAVED],
      );
      expect(merged.secrets.get('auth.clientSecret')).toBe('draft');
      const swapped = mergeWrite(
        write({ token: { url: 'https://new.example/token' } }),
        [SAVED, draft],
      );
      expect(swapped.secrets.get('auth.clientSecret')).toBe('draft');
    });

    it('except if a path changes or an origin is removed', () => {
      const saved = source(
        { 'auth.clientSecret': 'saved' },
        { refresh: { url: 'https://refresh.example/token' } },
      );
      const merged = mergeWrite(
        write({ token: { url: 'https://login.example.com/v2/token' } }),
        [saved],
      );
      expect(merged.secrets.get('auth.clientSecret')).toBe('saved');
    });
  });

  it('drops a secret whose setting was removed', () => {
    const saved = source(
      { 'auth.token.headers.X-Key': 'saved' },
      {
        token: {
          url: 'https://login.example.com/token',
          headers: { 'X-Key': { secret: true } },
        },
      },
    );
    expect(mergeWrite(write(), [saved]).secrets.size).toBe(0);
    expect(
      mergeWrite(
        write({
          token: {
            url: 'https://login.example.com/token',
            headers: { 'X-Key': 'plain' },
          },
        }),
        [saved],
      ).secrets.size,
    ).toBe(0);
  });
});
