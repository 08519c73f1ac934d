import { IssuerProposal } from 'backstage-plugin-datasource-auth-common';
import * as oauth from 'oauth4webapi';
import { EgressError } from 'backstage-plugin-datasource-auth-node/egress';
import { Egress } from '../egress/Egress';
import { parseAnswerBody } from './answerBody';
import { AnswerFacts } from './AnswerFacts';
import { diagnose } from './diagnose';
import { OAuthExchangeError } from './OAuthExchangeError';
import { cleanProviderText } from './providerText';
import { SettingsError } from './SettingsError';

/** Metadata can be long where a server lists everything it knows, but not longer than this. */
const MOST_BYTES = 256 * 1024;

/** OpenID Connect first: that is what most servers have, and servers that have both say the same in both. */
const ALGORITHMS = ['oidc', 'oauth2'] as const;

/**
 * Reads the metadata of an issuer (OpenID Connect Discovery 1.0, RFC 8414). The issuer in the document must be the
 * requested one, character by character: otherwise one server could speak for another.
 *
 * @throws OAuthExchangeError
 */
export async function discoverIssuer(options: {
  egress: Egress;
  issuer: string;
}): Promise<IssuerProposal> {
  const { egress } = options;
  const issuer = options.issuer.trim();
  const facts: AnswerFacts = {
    method: 'GET',
    endpoint: issuer.split(/[?#]/)[0].slice(0, 500),
    host: URL.canParse(issuer) ? new URL(issuer).host : '',
    sent: false,
  };
  try {
    if (!URL.canParse(issuer) || /[?#]/.test(issuer)) {
      throw new SettingsError(
        'An issuer is an address such as https://login.example.com, without a query',
      );
    }
    const metadata = await firstMetadata(egress, new URL(issuer), facts);
    if (metadata.issuer !== issuer) throw mismatch(issuer, metadata, facts);
    return proposalOf(metadata, egress);
  } catch (error) {
    if (error instanceof OAuthExchangeError) throw error;
    throw diagnose({
      step: 'discovery',
      error,
      facts,
      subject: { name: facts.host },
      secrets: [],
    });
  }
}

async function firstMetadata(
  egress: Egress,
  issuer: URL,
  facts: AnswerFacts,
): Promise<oauth.AuthorizationServer> {
  let failure: unknown;
  for (const algorithm of ALGORITHMS) {
    try {
      const response = await oauth.discoveryRequest(issuer, {
        algorithm,
        [oauth.customFetch]: url => fetchMetadata(egress, url, facts),
        [oauth.allowInsecureRequests]: true,
      });
      const { issuer: named, ...rest } = await response.json();
      if (typeof named === 'string') return { issuer: named, ...rest };
      throw new Error('The document names no issuer');
    } catch (error) {
      // What went wrong on the way goes wrong for the second address too.
      if (error instanceof EgressError || (facts.status ?? 0) >= 500)
        throw error;
      failure = error;
    }
  }
  throw failure;
}

async function fetchMetadata(
  egress: Egress,
  url: string,
  facts: AnswerFacts,
): Promise<Response> {
  const { origin, pathname } = new URL(url);
  Object.assign(facts, { endpoint: origin + pathname, status: undefined });
  const answer = await egress.fetch(url, {
    headers: { accept: 'application/json' },
    maxBytes: MOST_BYTES,
    readMs: 15_000,
    onSend: () => {
      facts.sent = true;
    },
  });
  const header = (name: string) => answer.headers.get(name) ?? undefined;
  const contentType = header('content-type')?.split(';')[0].trim();
  const body = parseAnswerBody(
    new Uint8Array(await answer.arrayBuffer()),
    contentType ?? '',
  );
  const location = header('location');
  Object.assign(facts, {
    status: answer.status,
    contentType,
    location:
      location && URL.canParse(location, url)
        ? new URL(location, url).href.split(/[?#]/)[0]
        : undefined,
    retryAfter: header('retry-after'),
    html: body.kind === 'html',
    truncated: body.kind === 'truncated',
    empty: body.kind === 'empty',
  });
  if (answer.status !== 200 || body.kind !== 'json')
    throw new Error('No metadata here');
  return Response.json(body.value);
}

function mismatch(
  expected: string,
  metadata: oauth.AuthorizationServer,
  facts: AnswerFacts,
): OAuthExchangeError {
  const found = cleanProviderText(metadata.issuer, []);
  const slashOnly =
    metadata.issuer.replace(/\/$/, '') === expected.replace(/\/$/, '');
  return new OAuthExchangeError({
    diagnosis: {
      code: 'issuer_mismatch',
      title: 'The metadata belongs to another issuer',
      cause: `Expected ${expected}, got ${found}.`,
      remedy: slashOnly
        ? `Enter the issuer as ${found}; the final slash counts.`
        : 'Check the issuer; if unexpected, tell your security team.',
      retryable: false,
      details: {
        host: facts.host,
        endpoint: facts.endpoint,
        status: facts.status,
        at: Date.now(),
      },
      ...(slashOnly
        ? { fix: { set: { 'auth.issuer': metadata.issuer } } }
        : {}),
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
  const propose = (setting: string, member: string, value: unknown) => {
    if (typeof value !== 'string') return;
    try {
      egress.check(value);
      if (value.includes('#')) throw new Error();
      set[setting] = value;
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
  // Pushing is proposed only where it is required (RFC 9126 section 5): it is one more call.
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

  hosts.delete(new URL(metadata.issuer).host);
  return {
    issuer: metadata.issuer,
    set,
    scopes: texts(metadata.scopes_supported).slice(0, 200),
    grantTypes: texts(metadata.grant_types_supported).slice(0, 20),
    otherHosts: [...hosts],
    refused,
  };
}

/** Ours, in the order of preference; without a list RFC 8414 section 2 says Basic, which is the default anyway. */
function clientAuthentication(
  metadata: oauth.AuthorizationServer,
): string | undefined {
  const offered = texts(metadata.token_endpoint_auth_methods_supported);
  return [
    'client_secret_basic',
    'client_secret_post',
    'private_key_jwt',
    'none',
  ].find(method => offered.includes(method));
}

function texts(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter(
        (text): text is string => typeof text === 'string' && text.length < 300,
      )
    : [];
}
