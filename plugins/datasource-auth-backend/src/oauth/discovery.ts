import {
  CLIENT_AUTHENTICATION_METHODS,
  diagnosisTexts,
  IssuerProposal,
  message,
  Message,
  renderDiagnosis,
} from 'backstage-plugin-datasource-auth-common';
import * as oauth from 'oauth4webapi';
import { EgressError } from 'backstage-plugin-datasource-auth-node/egress';
import { Egress } from '../egress/Egress';
import { parseResponseBody } from './responseBody';
import { ResponseFacts } from './ResponseFacts';
import { diagnose } from './diagnose';
import { issuerAdvice } from './issuerTexts';
import { OAuthExchangeError } from './OAuthExchangeError';
import { cleanProviderText } from './providerText';
import { SettingsError } from '../settings/SettingsError';

/** Maximum size of metadata. Servers that list everything have long metadata. */
const MAX_BYTES = 256 * 1024;

/** OpenID Connect first: most servers have it, and servers with both return the same in both. */
const ALGORITHMS = ['oidc', 'oauth2'] as const;

/** Maximum number of redirects from one well-known path. */
const MOST_REDIRECTS = 3;
const REDIRECT_STATUSES = [301, 302, 303, 307, 308];

/** What a well-known path returned instead of metadata. */
interface FailedPath {
  path: string;
  facts: ResponseFacts;
  error: unknown;
}

/**
 * Reads the metadata of an issuer (OpenID Connect Discovery 1.0, RFC 8414). The issuer in the document must be exactly the
 * requested one. Otherwise a server could impersonate another.
 *
 * @throws OAuthExchangeError
 */
export async function discoverIssuer(options: {
  egress: Egress;
  issuer: string;
}): Promise<IssuerProposal> {
  const { egress } = options;
  const issuer = options.issuer.trim();
  const endpoint = issuer.split(/[?#]/)[0].slice(0, 500);
  const fault = faultOf(issuer);
  if (fault) {
    const host = URL.canParse(issuer) ? new URL(issuer).host : '';
    throw failureOf({
      path: '',
      facts: { method: 'GET', endpoint, host, sent: false },
      error: fault,
    });
  }

  const failed: FailedPath[] = [];
  for (const algorithm of ALGORITHMS) {
    const { host } = new URL(issuer);
    const facts: ResponseFacts = { method: 'GET', endpoint, host, sent: false };
    let path = '';
    let metadata: oauth.AuthorizationServer;
    try {
      const response = await oauth.discoveryRequest(new URL(issuer), {
        algorithm,
        [oauth.customFetch]: url => {
          path = new URL(url).pathname;
          return fetchMetadata(egress, url, facts);
        },
        [oauth.allowInsecureRequests]: true,
      });
      metadata = await response.json();
      if (typeof metadata.issuer !== 'string')
        throw new Error('The document names no issuer');
    } catch (error) {
      failed.push({ path, facts, error });
      // A failure before the request was sent also applies to the second path.
      if (!facts.sent) break;
      continue;
    }
    if (metadata.issuer !== issuer) throw mismatch(issuer, metadata, facts);
    return proposalOf(metadata, egress);
  }
  // A path that doesn't exist says the least.
  const withNotification = failed.find(({ facts }) => !isMissing(facts.status));
  throw failureOf(withNotification ?? failed[failed.length - 1], failed);
}

function faultOf(issuer: string): SettingsError | undefined {
  if (!URL.canParse(issuer) || /[?#]/.test(issuer))
    return new SettingsError('issuerNotUrl');
  const template = /\{+[^{}]*\}+/.exec(issuer)?.[0];
  return template
    ? new SettingsError('issuerTemplate', { template })
    : undefined;
}

async function fetchMetadata(
  egress: Egress,
  url: string,
  facts: ResponseFacts,
  redirects: number = 0,
): Promise<Response> {
  const { origin, pathname } = new URL(url);
  Object.assign(facts, { endpoint: origin + pathname, status: undefined });
  const answer = await egress.fetch(url, {
    headers: { accept: 'application/json' },
    maxBytes: MAX_BYTES,
    readMs: 15_000,
    onSend: () => {
      facts.sent = true;
    },
  });
  const header = (name: string) => answer.headers.get(name) ?? undefined;
  const contentType = header('content-type')?.split(';')[0].trim();
  const body = parseResponseBody(
    new Uint8Array(await answer.arrayBuffer()),
    contentType ?? '',
  );
  const location = header('location');
  const target =
    location && URL.canParse(location, url)
      ? new URL(location, url)
      : undefined;
  Object.assign(facts, {
    status: answer.status,
    contentType,
    location: target?.href.split(/[?#]/)[0],
    retryAfter: header('retry-after'),
    html: body.kind === 'html',
    truncated: body.kind === 'truncated',
    malformed: body.kind === 'malformed',
    empty: body.kind === 'empty',
  });
  // A server may move its own document: the request has no secret, and the origin stays the same.
  if (
    REDIRECT_STATUSES.includes(answer.status) &&
    target?.origin === origin &&
    redirects < MOST_REDIRECTS
  ) {
    return fetchMetadata(egress, target.href, facts, redirects + 1);
  }
  if (answer.status !== 200 || body.kind !== 'json')
    throw new Error('No metadata here');
  return Response.json(body.value);
}

function failureOf(
  { facts, error }: FailedPath,
  all: FailedPath[] = [],
): OAuthExchangeError {
  const failure = diagnose({
    ...{ step: 'discovery', error, facts, secrets: [] },
    subject: { name: facts.host },
  });
  const { diagnosis, outcome, retryAt } = failure;
  const tried = all.filter(({ facts: { sent } }) => sent);
  if (tried.length === 0) return failure;
  const paths = tried.map(each =>
    message('sentence.metadataPath', {
      path: each.path,
      outcome: outcomeAt(each),
    }),
  );
  return new OAuthExchangeError({
    diagnosis: {
      ...diagnosis,
      ...renderDiagnosis({
        ...diagnosis.texts,
        cause: [...diagnosis.texts.cause, ...paths],
      }),
    },
    ...{ outcome, retryAt },
  });
}

/** Summarizes what a well-known path returned. */
function outcomeAt({ facts, error }: FailedPath): Message {
  const { status = 0, location } = facts;
  if (error instanceof EgressError) {
    if (error.code === 'DS_EGRESS_TIMEOUT') return message('name.noResponse');
    if (error.code === 'DS_EGRESS_TOO_LARGE')
      return message('name.largeResponse');
    if (error.code === 'DS_EGRESS_UNREADABLE')
      return message('name.unreadableResponse');
    return message('name.lostConnection');
  }
  if (status !== 200) {
    return location
      ? message('name.redirect', {
          status,
          location: cleanProviderText(location, []),
        })
      : message('name.status', { status });
  }
  if (facts.html) return message('name.webPage');
  return message(facts.empty ? 'name.emptyBody' : 'name.noIssuer');
}

function isMissing(status: number | undefined): boolean {
  return status === 404 || status === 410;
}

function mismatch(
  expected: string,
  metadata: oauth.AuthorizationServer,
  facts: ResponseFacts,
): OAuthExchangeError {
  const found = cleanProviderText(metadata.issuer, []);
  const { remedy, fix } = issuerAdvice(expected, found);
  return new OAuthExchangeError({
    diagnosis: {
      code: 'issuer_mismatch',
      ...renderDiagnosis({
        ...diagnosisTexts('metadataIssuer', {
          ...{ expected, found },
          endpoint: facts.endpoint,
        }),
        // Its own metadata can be missing or point back here.
        remedy: fix ? remedy : [...remedy, message('sentence.enterEndpoints')],
      }),
      retryable: false,
      details: {
        host: facts.host,
        endpoint: facts.endpoint,
        status: facts.status,
        at: Date.now(),
      },
      ...(fix ? { fix } : {}),
    },
    outcome: 'answered',
  });
}

function proposalOf(
  metadata: oauth.AuthorizationServer,
  egress: Egress,
): IssuerProposal {
  const set: IssuerProposal['set'] = { 'auth.issuer': metadata.issuer };
  const refused: string[] = [];
  const hosts = new Set<string>();
  const propose: Propose = (setting, member, value, into = set) => {
    if (typeof value !== 'string') return;
    try {
      egress.check(value);
      // Templates are filled in with values of the datasource, including secrets, so a document from elsewhere can't have any.
      if (/#|\{\{/.test(value)) throw new Error();
      into[setting] = value;
      hosts.add(new URL(value).host);
    } catch {
      refused.push(member);
    }
  };
  propose(
    'auth.authorize.url',
    'authorization_endpoint',
    metadata.authorization_endpoint,
  );
  propose('auth.token.url', 'token_endpoint', metadata.token_endpoint);
  propose(
    'auth.revoke.url',
    'revocation_endpoint',
    metadata.revocation_endpoint,
  );
  // Pushed requests are proposed only if the server requires them (RFC 9126 section 5), because they cost another call.
  if (metadata.require_pushed_authorization_requests === true) {
    propose(
      'auth.authorize.pushedRequestUrl',
      'pushed_authorization_request_endpoint',
      metadata.pushed_authorization_request_endpoint,
    );
  }
  // RFC 9207 section 3
  if (metadata.authorization_response_iss_parameter_supported === true)
    set['auth.requireIss'] = true;
  if (texts(metadata.code_challenge_methods_supported).includes('S256'))
    set['auth.pkce'] = 'S256';
  const authentication = clientAuthentication(metadata);
  if (authentication) set['auth.clientAuthentication'] = authentication;

  const senderConstraints = senderConstraintsOf(metadata);
  const mutualTls =
    offersCertificates(metadata) || senderConstraints.includes('mtls')
      ? mutualTlsOf(metadata, set, propose)
      : undefined;

  hosts.delete(new URL(metadata.issuer).host);
  return {
    issuer: metadata.issuer,
    set: authentication === 'tls_client_auth' ? { ...set, ...mutualTls } : set,
    mutualTls,
    ...(senderConstraints.length > 0 && { senderConstraints }),
    scopes: texts(metadata.scopes_supported).slice(0, 200),
    grantTypes: texts(metadata.grant_types_supported).slice(0, 20),
    otherHosts: [...hosts],
    refused,
  };
}

/** Proposes an endpoint, unless this Backstage may not call it. */
type Propose = (
  setting: string,
  member: string,
  value: unknown,
  into?: IssuerProposal['set'],
) => void;

/** RFC 8705 section 3.3, and RFC 9449 section 5.1 with the algorithm that Backstage signs with. */
function senderConstraintsOf(
  metadata: oauth.AuthorizationServer,
): NonNullable<IssuerProposal['senderConstraints']> {
  const algorithms = texts(metadata.dpop_signing_alg_values_supported);
  return [
    ...(metadata.tls_client_certificate_bound_access_tokens === true
      ? (['mtls'] as const)
      : []),
    ...(algorithms.includes('ES256') ? (['dpop'] as const) : []),
  ];
}

/** RFC 8705 section 5: a client with a certificate uses these instead of the endpoints of the same name. */
function mutualTlsOf(
  metadata: oauth.AuthorizationServer,
  set: IssuerProposal['set'],
  propose: Propose,
): IssuerProposal['set'] {
  const { mtls_endpoint_aliases: aliases } = metadata;
  const into: IssuerProposal['set'] = {};
  if (offersCertificates(metadata))
    into['auth.clientAuthentication'] = 'tls_client_auth';
  if (senderConstraintsOf(metadata).includes('mtls'))
    into.senderConstraint = 'mtls';
  const endpoints = {
    'auth.token.url': 'token_endpoint',
    'auth.revoke.url': 'revocation_endpoint',
    'auth.authorize.pushedRequestUrl': 'pushed_authorization_request_endpoint',
  };
  for (const [setting, member] of Object.entries(endpoints)) {
    if (!(setting in set)) continue;
    propose(
      setting,
      `mtls_endpoint_aliases.${member}`,
      aliases?.[member as 'token_endpoint'],
      into,
    );
  }
  return into;
}

/** Both names mean the same request (RFC 8705 sections 2.1 and 2.2). */
const CERTIFICATE_METHODS = ['tls_client_auth', 'self_signed_tls_client_auth'];

function offersCertificates(metadata: oauth.AuthorizationServer): boolean {
  return texts(metadata.token_endpoint_auth_methods_supported).some(method =>
    CERTIFICATE_METHODS.includes(method),
  );
}

/** Supported methods in order of preference. Without a list, the default is Basic (RFC 8414 section 2). */
function clientAuthentication(
  metadata: oauth.AuthorizationServer,
): string | undefined {
  const offered = texts(metadata.token_endpoint_auth_methods_supported).map(
    method =>
      CERTIFICATE_METHODS.includes(method) ? 'tls_client_auth' : method,
  );
  return CLIENT_AUTHENTICATION_METHODS.find(method => offered.includes(method));
}

function texts(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter(
        (text): text is string => typeof text === 'string' && text.length < 300,
      )
    : [];
}
