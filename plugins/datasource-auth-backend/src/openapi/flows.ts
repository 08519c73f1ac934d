import {
  GrantType,
  OpenApiFlow,
} from 'backstage-plugin-datasource-auth-common';
import { addressAt, CheckUrl } from './addressAt';
import { DescriptionPlace } from './DescriptionPlace';
import { offeredScopes } from './scopes';

/** What reading a flow needs besides the flow. */
export interface FlowReading {
  check: CheckUrl;
  note: (sentence: string) => void;
}

/** The flows by their names in OpenAPI 3 and, where they differ, in Swagger 2.0. */
const GRANTS = new Map<string, GrantType>([
  ['authorizationCode', 'authorization_code'],
  ['accessCode', 'authorization_code'],
  ['clientCredentials', 'client_credentials'],
  ['application', 'client_credentials'],
  ['password', 'password'],
]);

const UNUSABLE = new Map<string, OpenApiFlow['unusable']>([
  ['implicit', 'implicit'],
  ['deviceAuthorization', 'device'],
  ['deviceCode', 'device'],
]);

/** A flow of an `oauth2` scheme. In Swagger 2.0 the scheme itself is its only flow. */
export function readFlow(
  place: DescriptionPlace,
  flow: string,
  { check, note }: FlowReading,
): OpenApiFlow {
  const grantType = GRANTS.get(flow);
  const tokenUrl = addressAt(place.member('tokenUrl'), check);
  const refreshUrl = addressAt(place.member('refreshUrl'), check);
  const authorizeUrl =
    grantType && grantType !== 'authorization_code'
      ? undefined
      : addressAt(place.member('authorizationUrl'), check);
  const missing: string[] = [];
  if (grantType === 'authorization_code' && !authorizeUrl?.value)
    missing.push('authorizationUrl');
  if (grantType && !tokenUrl?.value) missing.push('tokenUrl');
  return {
    flow: flow.slice(0, 100),
    from: place.from,
    grantType,
    unusable: grantType ? undefined : UNUSABLE.get(flow) ?? 'unknown',
    authorizeUrl,
    tokenUrl,
    // Renewing at the token URL is the default: said twice, it would have to be changed twice.
    refreshUrl:
      refreshUrl?.value && refreshUrl.value !== tokenUrl?.value
        ? refreshUrl
        : undefined,
    missing,
    scopes: offeredScopes(place.member('scopes'), note),
  };
}

const DISCOVERY =
  /\/\.well-known\/(openid-configuration|oauth-authorization-server)$/;

/**
 * The flows of an `openIdConnect` scheme, which names none: its provider's metadata has the endpoints. Both grants that
 * such providers offer are listed.
 */
export function readOpenIdFlows(
  place: DescriptionPlace,
  { check }: FlowReading,
): OpenApiFlow[] {
  const found = addressAt(place.member('openIdConnectUrl'), check);
  const issuer = found && {
    ...found,
    // Relative to its server the issuer is the server's own address.
    value: found.value && (found.value.replace(DISCOVERY, '') || '/'),
  };
  if (issuer && !issuer.problem && !DISCOVERY.test(found.value)) {
    issuer.problem = {
      code: 'not_an_issuer',
      message: 'does not end with /.well-known/openid-configuration',
    };
  }
  return (['authorizationCode', 'clientCredentials'] as const).map(flow => ({
    flow,
    from: place.from,
    grantType: GRANTS.get(flow),
    issuer,
    missing: issuer?.value ? [] : ['openIdConnectUrl'],
    scopes: [],
  }));
}
