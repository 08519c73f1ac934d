import { errors, type Provider } from 'oidc-provider';
import { type IssuerKeys, readJwt } from './signedJwts';

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/**
 * The JWT bearer grant, RFC 7523 section 2.1, which `oidc-provider` doesn't support. Assertions are signed
 * by a trusted issuer, and each is accepted once.
 */
export function registerJwtBearerGrant(
  provider: Provider,
  trustedIssuers: IssuerKeys,
) {
  const seen = new Set<string>();
  provider.registerGrantType<{ assertion?: string }>(
    GRANT,
    async ctx => {
      const { client, params } = ctx.oidc;
      const claims = readJwt(params.assertion ?? '', {
        issuers: trustedIssuers,
        audiences: [`${provider.issuer}/token`, provider.issuer],
      });
      if (!claims?.jti || seen.has(claims.jti))
        throw new errors.InvalidGrant('assertion invalid, expired or used');
      seen.add(claims.jti);

      const accountId = claims.sub ?? claims.iss;
      const scope = params.scope ?? client.scope ?? '';
      const grant = new provider.Grant({
        accountId,
        clientId: client.clientId,
      });
      grant.addOIDCScope(scope);
      const token = new provider.AccessToken({
        ...{ accountId, client, scope },
        grantId: await grant.save(),
        gty: GRANT,
      });
      ctx.oidc.entity('AccessToken', token);
      ctx.body = {
        access_token: await token.save(),
        expires_in: token.expiration,
        scope,
        token_type: token.tokenType,
      };
    },
    ['assertion', 'scope'],
  );
}
