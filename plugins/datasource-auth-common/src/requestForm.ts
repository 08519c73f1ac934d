import { z } from 'zod';
import {
  CLIENT_AUTHENTICATIONS,
  ClientAuthenticationMethod,
} from './clientAuthentications';
import { credentialTemplatesIn } from './credentialTemplates';
import { GRANTS, GrantType } from './grants';
import { addFault, Fault, fault } from './faults';

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
    const refuse = (member: string, found: Fault) =>
      addFault(ctx, found, { path: ['auth', name, member] });
    if (form.method === 'GET') refuse('body', fault('fault.bodyWithGet'));
    if (form.contentType === 'query')
      refuse('body', fault('fault.bodyWithQuery'));
    if (Object.keys(form.params ?? {}).length > 0)
      refuse('params', fault('fault.bodyReplacesParameters'));
    const { setsHeader, credential } =
      CLIENT_AUTHENTICATIONS[form.clientAuthentication];
    if (!setsHeader && credential !== 'none')
      refuse(
        'body',
        fault('fault.bodyReplacesClient', {
          method: form.clientAuthentication,
          templates: '{{clientId}} and {{clientSecret}}',
        }),
      );
  }
  for (const [name, { then }] of Object.entries({
    token,
    refresh: { ...refresh },
  })) {
    if (then === undefined) continue;
    checkFurtherRequest(then, (member, found) =>
      addFault(ctx, found, { path: ['auth', name, 'then', member] }),
    );
  }
  if (refresh?.then && (refresh.keepsAccessToken || refresh.mode === 'grant'))
    addFault(
      ctx,
      refresh.keepsAccessToken
        ? fault('fault.furtherWithKept')
        : fault('fault.furtherWithGrant'),
      { path: ['auth', 'refresh', 'then', 'url'] },
    );
  if (token.body === undefined || GRANTS[grantType].approval !== 'person')
    return;
  const used = credentialTemplatesIn({ token });
  const [first, second] = [
    ...(used.includes('code') ? [] : ['code']),
    ...(used.includes('codeVerifier') || pkce === 'off'
      ? []
      : ['codeVerifier']),
  ].map(name => `{{${name}}}`);
  if (first === undefined) return;
  addFault(
    ctx,
    second === undefined
      ? fault('fault.bodyProof', { templates: first })
      : fault('fault.bodyProofs', { first, second }),
    { path: ['auth', 'token', 'body'] },
  );
}

function checkFurtherRequest(
  then: FurtherForm,
  refuse: (member: string, found: Fault) => void,
): void {
  if (!then.url) refuse('url', fault('fault.furtherUrl'));
  if (then.body === undefined) return;
  if (then.method === 'GET') refuse('body', fault('fault.bodyWithGet'));
  if (Object.keys(then.params).length > 0)
    refuse('params', fault('fault.bodyReplacesParameters'));
}
