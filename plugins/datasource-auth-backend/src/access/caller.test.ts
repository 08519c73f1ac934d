import {
  AuthService,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { tokenTypes } from '@backstage/plugin-auth-node';
import type { Request } from 'express';
import { callerName, identifyCaller } from './caller';

/** A token that looks real. Backstage verifies it before this code reads it. */
const tokenOf = (header: unknown) =>
  [header, {}, {}]
    .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');

const PLUGIN_TOKEN = tokenOf({ typ: tokenTypes.plugin.typParam, alg: 'ES256' });

function identify(
  credentials: BackstageCredentials<any>,
  authorization: string | undefined = `Bearer ${PLUGIN_TOKEN}`,
) {
  return identifyCaller({ headers: { authorization } } as Request, {
    httpAuth: { credentials: async () => credentials } as any,
    auth: mockServices.auth(),
  });
}

describe('identifies the caller', () => {
  it('threats 10: as a plugin, by its own verified token', async () => {
    expect(await identify(mockCredentials.service('plugin:catalog'))).toEqual({
      kind: 'plugin',
      plugin: 'catalog',
      credentials: expect.anything(),
    });
  });

  it('threats 10: as a user, with the plugin that calls on their behalf', async () => {
    const jane = mockCredentials.user('user:default/jane');
    expect(await identify(jane)).toMatchObject({
      kind: 'user',
      userRef: 'user:default/jane',
      plugin: undefined,
    });
    const byPlugin = mockCredentials.user('user:default/jane', {
      actor: { subject: 'plugin:scaffolder' },
    });
    expect(await identify(byPlugin)).toMatchObject({
      kind: 'user',
      userRef: 'user:default/jane',
      plugin: 'scaffolder',
    });
  });

  it.each([
    ['a static token', 'Bearer some-static-token'],
    ['a token without a type', `Bearer ${tokenOf({ alg: 'ES256' })}`],
    ["a user's token", `Bearer ${tokenOf({ typ: tokenTypes.user.typParam })}`],
    [
      'a type that only begins alike',
      `Bearer ${tokenOf({ typ: `${tokenTypes.plugin.typParam}x` })}`,
    ],
    [
      "a type that isn't a string",
      `Bearer ${tokenOf({ typ: [tokenTypes.plugin.typParam] })}`,
    ],
    ['no header that is an object', `Bearer ${tokenOf(null)}`],
    ['another scheme', `Basic ${PLUGIN_TOKEN}`],
    ['no token', 'Bearer '],
    ['nothing', ''],
    ['two tokens', `Bearer some-static-token ${PLUGIN_TOKEN}`],
    ['a second token behind a comma', `Bearer x, Bearer ${PLUGIN_TOKEN}`],
  ])(
    'threats 11, [checklist 48]: not as a plugin by its subject alone, with %s',
    async (_, authorization) => {
      expect(
        await identify(
          mockCredentials.service('plugin:catalog'),
          authorization,
        ),
      ).toMatchObject({ kind: 'external', subject: 'plugin:catalog' });
    },
  );

  it('threats 11: not as a plugin without an Authorization header', async () => {
    const caller = await identifyCaller({ headers: {} } as Request, {
      httpAuth: {
        credentials: async () => mockCredentials.service('plugin:catalog'),
      } as any,
      auth: mockServices.auth(),
    });
    expect(caller.kind).toBe('external');
  });

  it('threats 11: not as a plugin with access restrictions, which only external tokens have', async () => {
    const restrictions = { permissionNames: ['a'] };
    expect(
      await identify(mockCredentials.service('plugin:catalog', restrictions)),
    ).toMatchObject({ kind: 'external', restrictions });
  });

  it.each([
    'external:ci',
    'catalog',
    'plugin:',
    'plugin:a b',
    'plugin:-x',
    'xplugin:a',
    'plugin:a\nb',
  ])('threats 11: not as a plugin with the subject %j', async subject => {
    expect(await identify(mockCredentials.service(subject))).toMatchObject({
      kind: 'external',
      subject,
    });
  });

  it('asks Backstage for a user or a service, and passes its rejection on', async () => {
    const credentials = jest.fn().mockRejectedValue(new Error('Unauthorized'));
    const req = { headers: {} } as Request;
    await expect(
      identifyCaller(req, {
        httpAuth: { credentials } as unknown as HttpAuthService,
        auth: {} as AuthService,
      }),
    ).rejects.toThrow('Unauthorized');
    expect(credentials).toHaveBeenCalledWith(req, {
      allow: ['user', 'service'],
    });
  });
});

describe('the name of a caller in records', () => {
  const credentials = mockCredentials.none();

  it('is different for each kind of caller', () => {
    expect(
      callerName({ kind: 'user', userRef: 'user:default/jane', credentials }),
    ).toBe('user:default/jane');
    expect(callerName({ kind: 'plugin', plugin: 'catalog', credentials })).toBe(
      'plugin:catalog',
    );
    expect(
      callerName({
        kind: 'external',
        subject: 'user:default/jane',
        credentials,
      }),
    ).toBe('external:user:default/jane');
  });
});
