import { createHash, timingSafeEqual } from 'node:crypto';
import { errors, type Provider } from 'oidc-provider';
import type { DemoAccount } from './demoAccounts';

/**
 * The resource owner password credentials grant, RFC 6749 section 4.3, which `oidc-provider` doesn't support
 * because it is deprecated. It issues no refresh token: a client that has the password can request again.
 */
export function registerPasswordGrant(
  provider: Provider,
  accounts: DemoAccount[],
) {
  provider.registerGrantType<{ username?: string; password?: string }>(
    'password',
    async ctx => {
      const { client, params } = ctx.oidc;
      const { username, password } = params;
      if (!username || !password) {
        throw new errors.InvalidRequest(
          'missing required parameter(s): username, password',
        );
      }

      const account = findAccount(accounts, username, password);
      if (!account) {
        throw new errors.InvalidGrant('invalid username or password');
      }

      const allowed = new Set(client.scope?.split(' '));
      const requested = params.scope?.split(' ') ?? [...allowed];
      const refused = requested.find(scope => !allowed.has(scope));
      if (refused) {
        throw new errors.InvalidScope(
          'requested scope is not allowed',
          refused,
        );
      }
      const scope = requested.join(' ');

      const grant = new provider.Grant({
        accountId: account.username,
        clientId: client.clientId,
      });
      grant.addOIDCScope(scope);
      const token = new provider.AccessToken({
        accountId: account.username,
        client,
        grantId: await grant.save(),
        gty: 'password',
        scope,
      });
      ctx.oidc.entity('AccessToken', token);

      ctx.body = {
        access_token: await token.save(),
        expires_in: token.expiration,
        scope,
        token_type: token.tokenType,
      };
    },
    ['username', 'password', 'scope'],
  );
}

/** Finds the account with this name and password, compared in constant time. */
export function findAccount(
  accounts: DemoAccount[],
  username: string,
  password: string,
): DemoAccount | undefined {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return accounts.find(
    account =>
      account.username === username &&
      timingSafeEqual(digest(account.password), digest(password)),
  );
}
