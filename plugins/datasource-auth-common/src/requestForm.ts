import { z } from 'zod';
import {
  CLIENT_AUTHENTICATIONS,
  ClientAuthenticationMethod,
} from './clientAuthentications';
import { credentialTemplatesIn } from './credentialTemplates';
import { GRANTS, GrantType } from './grants';

/** A further request, as far as its settings can contradict each other. */
interface FurtherForm {
  url?: string;
  method: string;
  params: object;
  body?: unknown;
}

interface FormSettings {
  grantType: GrantType;
  clientAuthentication: ClientAuthenticationMethod;
  pkce?: string;
  token: {
    method: string;
    contentType: string;
    params: object;
    authorization?: string;
    basic?: object;
    body?: unknown;
    then?: FurtherForm;
  };
  refresh?: {
    method?: string;
    contentType?: string;
    clientAuthentication?: ClientAuthenticationMethod;
    params?: object;
    body?: unknown;
    then?: FurtherForm;
    mode?: string;
    keepsAccessToken?: boolean;
  };
}

/** Refuses what a request with a body of its own could not send, and a body that would leave the code out. */
export function checkRequestForm(
  { auth }: { auth: FormSettings },
  ctx: z.RefinementCtx,
): void {
  const { token, refresh, grantType, pkce } = auth;
  const forms = {
    token: { ...token, clientAuthentication: auth.clientAuthentication },
    refresh: {
      ...refresh,
      method: refresh?.method ?? token.method,
      clientAuthentication:
        refresh?.clientAuthentication ?? auth.clientAuthentication,
    },
  };
  for (const [name, form] of Object.entries(forms)) {
    if (form.body === undefined) continue;
    const refuse = (member: string, message: string) =>
      ctx.addIssue({ code: 'custom', path: ['auth', name, member], message });
    if (form.method === 'GET')
      refuse('body', 'A GET request has no body. Choose POST, or remove this.');
    if (form.contentType === 'query')
      refuse(
        'body',
        'The content type puts all parameters into the URL. Choose json, or remove the body.',
      );
    if (Object.keys(form.params ?? {}).length > 0)
      refuse(
        'params',
        'The body is sent in place of all parameters. Move these into the body.',
      );
    const { setsHeader, credential } =
      CLIENT_AUTHENTICATIONS[form.clientAuthentication];
    if (!setsHeader && credential !== 'none')
      refuse(
        'body',
        `The client authentication '${form.clientAuthentication}' sends parameters, and the body is sent in their place. Choose client_secret_basic, or none with {{clientId}} and {{clientSecret}} in the body.`,
      );
  }
  for (const [name, { then }] of Object.entries({
    token,
    refresh: { ...refresh },
  })) {
    if (then === undefined) continue;
    checkFurtherRequest(then, (member, message) =>
      ctx.addIssue({
        code: 'custom',
        path: ['auth', name, 'then', member],
        message,
      }),
    );
  }
  if (refresh?.then && (refresh.keepsAccessToken || refresh.mode === 'grant'))
    ctx.addIssue({
      code: 'custom',
      path: ['auth', 'refresh', 'then', 'url'],
      message: refresh.keepsAccessToken
        ? 'A refresh that keeps the access token has no further request. Remove one of the two.'
        : 'Nothing is refreshed where the grant is repeated. Enter the further request of the token request instead.',
    });
  if (token.body === undefined || GRANTS[grantType].approval !== 'person')
    return;
  const used = credentialTemplatesIn({ token });
  const missing = [
    ...(used.includes('code') ? [] : ['code']),
    ...(used.includes('codeVerifier') || pkce === 'off'
      ? []
      : ['codeVerifier']),
  ].map(name => `{{${name}}}`);
  if (missing.length === 0) return;
  ctx.addIssue({
    code: 'custom',
    path: ['auth', 'token', 'body'],
    message: `Add ${missing.join(
      ' and ',
    )} to the body: the request must prove the approval.`,
  });
}

function checkFurtherRequest(
  then: FurtherForm,
  refuse: (member: string, message: string) => void,
): void {
  if (!then.url)
    refuse('url', 'Enter the URL of the further request, or remove the rest.');
  if (then.body === undefined) return;
  if (then.method === 'GET')
    refuse('body', 'A GET request has no body. Choose POST, or remove this.');
  if (Object.keys(then.params).length > 0)
    refuse(
      'params',
      'The body is sent in place of all parameters. Move these into the body.',
    );
}
