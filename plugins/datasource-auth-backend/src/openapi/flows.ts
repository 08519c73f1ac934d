import {
  GRANT_TYPES,
  GRANTS,
  OpenApiFlow,
  OpenApiValue,
} from 'backstage-plugin-datasource-auth-common';
import { addressAt, CheckUrl } from './addressAt';
import { DescriptionPlace } from './DescriptionPlace';
import { offeredScopes } from './scopes';

/** Context for reading a flow. */
export interface FlowReading {
  check: CheckUrl;
  note: (sentence: string) => void;
}

/** Flow names of OpenAPI 3 and, if different, of Swagger 2.0. */
const FLOWS = new Map(
  GRANT_TYPES.flatMap(grantType =>
    GRANTS[grantType].openApiFlows.map(flow => [flow, grantType] as const),
  ),
);

const UNUSABLE = new Map<string, OpenApiFlow['unusable']>([
  ['implicit', 'implicit'],
  ['deviceAuthorization', 'device'],
  ['deviceCode', 'device'],
]);

/** Flow of an `oauth2` scheme. In Swagger 2.0 the scheme itself is its only flow. */
export function readFlow(
  place: DescriptionPlace,
  flow: string,
  { check, note }: FlowReading,
): OpenApiFlow {
  const grantType = FLOWS.get(flow);
  const isApproved = grantType && GRANTS[grantType].approval === 'person';
  const tokenUrl = addressAt(place.member('tokenUrl'), check);
  const refreshUrl = addressAt(place.member('refreshUrl'), check);
  const authorizeUrl =
    grantType && !isApproved
      ? undefined
      : addressAt(place.member('authorizationUrl'), check);
  const missing: string[] = [];
  if (isApproved && !authorizeUrl?.value) missing.push('authorizationUrl');
  if (grantType && !tokenUrl?.value) missing.push('tokenUrl');
  return {
    flow: flow.slice(0, 100),
    from: place.from,
    grantType,
    unusable: grantType ? undefined : UNUSABLE.get(flow) ?? 'unknown',
    authorizeUrl,
    tokenUrl,
    // Refreshing at the token URL is the default. If it were set, a user who changes the token URL would have
    // to change both.
    refreshUrl:
      refreshUrl?.value && refreshUrl.value !== tokenUrl?.value
        ? refreshUrl
        : undefined,
    missing,
    scopes: offeredScopes(place.member('scopes'), note),
  };
}

/** Returns whether an object is a flow, whatever its key. */
export function isFlow(place: DescriptionPlace): boolean {
  return ['authorizationUrl', 'tokenUrl', 'scopes', '$ref'].some(key =>
    place.member(key),
  );
}

/**
 * Returns the flows of an `oauth2` scheme with the issuer of the metadata that OpenAPI 3.2 names
 * (`oauth2MetadataUrl`, RFC 8414). Nothing is missing then, because the metadata has the endpoints. A scheme
 * without flows offers both that such servers support.
 */
export function withMetadata(
  scheme: DescriptionPlace,
  flows: OpenApiFlow[],
  { check }: FlowReading,
): OpenApiFlow[] {
  const issuer = issuerAt(scheme.member('oauth2MetadataUrl'), check);
  if (!issuer) return flows;
  if (flows.length === 0) return metadataFlows(scheme, issuer, []);
  return flows.map(flow =>
    flow.grantType
      ? { ...flow, issuer, missing: issuer.problem ? flow.missing : [] }
      : flow,
  );
}

/**
 * Returns the flows of an `openIdConnect` scheme. It lists none, because the provider's metadata has the
 * endpoints; both grants that such providers support are returned.
 */
export function readOpenIdFlows(
  place: DescriptionPlace,
  { check }: FlowReading,
): OpenApiFlow[] {
  const issuer = issuerAt(place.member('openIdConnectUrl'), check);
  return metadataFlows(
    place,
    issuer,
    issuer?.value ? [] : ['openIdConnectUrl'],
  );
}

function metadataFlows(
  place: DescriptionPlace,
  issuer: OpenApiValue | undefined,
  missing: string[],
): OpenApiFlow[] {
  return (['authorizationCode', 'clientCredentials'] as const).map(flow => ({
    flow,
    from: place.from,
    grantType: FLOWS.get(flow),
    issuer,
    missing,
    scopes: [],
  }));
}

/** From OpenID Connect Discovery section 4 (at the end) and RFC 8414 section 3 (before the path of the issuer). */
const METADATA =
  /\/\.well-known\/(openid-configuration|oauth-authorization-server)(\/[^?]*)?$/;

/**
 * Returns the issuer for the URL of a metadata document. Some documents contain the issuer itself there, and
 * some URLs have a query, which an issuer can't have (RFC 8414 section 2).
 */
function issuerAt(
  place: DescriptionPlace | undefined,
  check: CheckUrl,
): OpenApiValue | undefined {
  const found = addressAt(place, check);
  if (!found || !found.value || found.problem?.code === 'not_a_url') {
    return found;
  }
  const address = found.value.replace(/\?.*$/, '');
  // A relative issuer is the server's own URL.
  const value = address.replace(METADATA, '$2') || '/';
  return value.includes('/.well-known/')
    ? {
        ...found,
        problem: {
          code: 'not_an_issuer',
          message:
            'is neither an issuer nor the URL of its metadata (…/.well-known/openid-configuration)',
        },
      }
    : { ...found, value };
}
