import {
  GrantType,
  WHOLE_RESPONSE,
} from 'backstage-plugin-datasource-auth-common';
import * as oauth from 'oauth4webapi';
import { ProviderContext } from '../settings/ResolvedSettings';
import { TemplateValues } from '../settings/templates';
import { StandardResponse, fromWire } from './dialect';
import { DialectFetch } from './DialectFetch';
import { Exchanger, LibraryCall } from './Exchanger';
import { accountOf } from './openId';
import { tokenCall } from './ProviderCall';
import { ExchangeOptions, IssuedTokens } from './ProviderClient';
import { toIssuedTokens } from './toIssuedTokens';

/** A request to the token endpoint, and how the library checks the response. */
export interface TokenRequest {
  step: GrantType | 'refresh';
  values: TemplateValues;
  options?: ExchangeOptions;
  /** Whether to validate the ID token of the response. Otherwise it is dropped. */
  idToken?: boolean;
  /** The access token that the response only prolongs. */
  keptToken?: string;
  secrets: Array<string | undefined>;
  request: (call: LibraryCall) => Promise<Response>;
  process: (
    call: LibraryCall,
    response: Response,
  ) => Promise<oauth.TokenEndpointResponse>;
}

/** Gets tokens whose response is the last one. */
export class TokenEndpoint {
  readonly #exchanger: Exchanger;

  constructor(options: { exchanger: Exchanger }) {
    this.#exchanger = options.exchanger;
  }

  /** @throws OAuthExchangeError */
  token(context: ProviderContext, grant: TokenRequest): Promise<IssuedTokens> {
    const { step, values, idToken = false, keptToken } = grant;
    let received: StandardResponse | undefined;
    return this.#exchanger.run({
      context,
      step,
      call: () => tokenCall(context, step, values),
      translate: (status, body) => {
        received = fromWire(status, body, context.auth, {
          idToken,
          keptToken,
          isDpop: context.senderConstraint === 'dpop',
        });
        return received;
      },
      secrets: grant.secrets,
      options: grant.options,
      run: async (call, fetch) => {
        const response = await grant.request(call);
        const tokens = await grant.process(call, response);
        return issued(context, tokens, received!, fetch);
      },
    });
  }
}

/** Returns what a response of the token endpoint issues, as the library validated it. */
export function issued(
  context: ProviderContext,
  tokens: oauth.TokenEndpointResponse,
  received: StandardResponse,
  fetch: DialectFetch,
): IssuedTokens {
  return toIssuedTokens({
    context,
    tokens: {
      accessToken: tokens.access_token,
      refreshToken: tokens.refresh_token,
      tokenType: received.tokenType,
      dpopKey: context.dpopKey,
      scope: tokens.scope,
    },
    // What is a token as a whole has no fields, whatever it looks like.
    body:
      context.auth.response.accessToken === WHOLE_RESPONSE
        ? undefined
        : fetch.body.value,
    requestedAt: fetch.requestedAt,
    clockSkew: fetch.clockSkew,
    account: accountOf(oauth.getValidatedIdTokenClaims(tokens)),
  });
}

/** Checks a response without rules of a certain grant. */
export const processGeneric: TokenRequest['process'] = (
  { server, client },
  response,
) => oauth.processGenericTokenEndpointResponse(server, client, response);

/** Sends a request of a grant that the library has no function for. */
export function genericRequest(
  call: LibraryCall,
  grantType: string,
  parameters: URLSearchParams,
): Promise<Response> {
  return oauth.genericTokenEndpointRequest(
    call.server,
    call.client,
    call.authentication,
    grantType,
    parameters,
    call.options,
  );
}
