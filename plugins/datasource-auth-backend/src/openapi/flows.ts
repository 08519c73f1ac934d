import {
  GRANT_TYPES,
  GRANTS,
  OpenApiFlow,
  OpenApiValue,
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

/** A flow of an `oauth2` scheme. In Swagger 2.0 the scheme itself is its only flow. */
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
    // Renewing at the token URL is the default: said twice, it would have to be changed twice.
    refreshUrl:
      refreshUrl?.value && refreshUrl.value !== tokenUrl?.value
        ? refreshUrl
        : undefined,
    missing,
    scopes: offeredScopes(place.member('scopes'), note),
  };
}

/** Whether an object is a flow, whatever its key is. */
export function isFlow(place: DescriptionPlace): boolean {
  return ['authorizationUrl', 'tokenUrl', 'scopes', '$ref'].some(key =>
    place.member(key),
  );
}

/**
 * The flows of an `oauth2` scheme with the issuer whose metadata OpenAPI 3.2 names (`oauth2MetadataUrl`, RFC 8414). With
 * it nothing is missing: its endpoints come from the metadata. A scheme that lists no flow offers both that such servers
 * have.
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
 * The flows of an `openIdConnect` scheme, which names none: its provider's metadata has the endpoints. Both grants that
 * such providers offer are listed.
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

/** Of OpenID Connect Discovery section 4 (at the end), and of RFC 8414 section 3 (before the path of the issuer). */
const METADATA =
  /\/\.well-known\/(openid-configuration|oauth-authorization-server)(\/[^?]*)?$/;

/**
 * The issuer that the address of a metadata document belongs to. Some documents have the issuer itself there, and some
 * addresses have a query, which no issuer has (RFC 8414 section 2).
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
  // Relative to its server the issuer is the server's own address.
  const value = address.replace(METADATA, '$2') || '/';
  return value.includes('/.well-known/')
    ? {
        ...found,
        problem: {
          code: 'not_an_issuer',
          message:
            'is neither an issuer nor the address of its metadata (…/.well-known/openid-configuration)',
        },
      }
    : { ...found, value };
}
