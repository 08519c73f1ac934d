import { createPublicKey, verify } from 'node:crypto';
import { errors, type Provider } from 'oidc-provider';

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/**
 * The JWT bearer grant, RFC 7523 section 2.1, which `oidc-provider` doesn't support. Assertions are signed
 * with RS256 by a trusted issuer, and each is accepted once.
 *
 * @param trustedIssuers - public keys (PEM) by issuer
 */
export function registerJwtBearerGrant(
  provider: Provider,
  trustedIssuers: Record<string, string>,
) {
  const seen = new Set<string>();
  provider.registerGrantType<{ assertion?: string }>(
    GRANT,
    async ctx => {
      const { client, params } = ctx.oidc;
      const claims = claimsOf(params.assertion ?? '', trustedIssuers);
      const now = Date.now() / 1000;
      const audiences = [`${provider.issuer}/token`, provider.issuer];
      if (!audiences.includes(claims.aud))
        throw new errors.InvalidGrant('audience mismatch');
      if (!(claims.exp > now) || claims.nbf > now + 1 || seen.has(claims.jti))
        throw new errors.InvalidGrant('assertion expired or used');
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

/** Returns the claims of an assertion with a trusted issuer and a valid signature. */
function claimsOf(assertion: string, trustedIssuers: Record<string, string>) {
  const [header, payload, signature] = assertion.split('.');
  try {
    const { alg } = decoded(header);
    const claims = decoded(payload);
    const key = createPublicKey(trustedIssuers[claims.iss]);
    const holds =
      alg === 'RS256' &&
      verify(
        'sha256',
        Buffer.from(`${header}.${payload}`),
        key,
        Buffer.from(signature, 'base64url'),
      );
    if (holds) return claims;
  } catch {
    // What cannot be read is refused like what is signed by somebody else.
  }
  throw new errors.InvalidGrant('invalid assertion');
}

function decoded(part: string) {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}
