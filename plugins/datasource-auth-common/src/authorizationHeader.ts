import { z } from 'zod';
import {
  CLIENT_AUTHENTICATIONS,
  ClientAuthenticationMethod,
} from './clientAuthentications';
import { clientAuthenticationsOf } from './clientCredential';
import { addFault, Fault, fault } from './faults';

/** What sets the `Authorization` header of a token request. */
interface HeaderSettings {
  clientAuthentication: ClientAuthenticationMethod;
  refresh?: { clientAuthentication?: ClientAuthenticationMethod };
  token: { authorization?: string; basic?: object };
}

/** Refuses a second setting for the `Authorization` header: only one of them could be sent. */
export function checkAuthorizationHeader(
  { auth }: { auth: HeaderSettings },
  ctx: z.RefinementCtx,
): void {
  const { authorization, basic } = auth.token;
  const refuse = (member: string, found: Fault) =>
    addFault(ctx, found, { path: ['auth', 'token', member] });
  if (authorization !== undefined && basic) {
    refuse('authorization', fault('fault.authorizationOrBasic'));
  }
  const method = clientAuthenticationsOf(auth).find(
    each => CLIENT_AUTHENTICATIONS[each].setsHeader,
  );
  if (!method) return;
  for (const [member, value] of Object.entries({ authorization, basic })) {
    if (value === undefined) continue;
    refuse(member, fault('fault.authorizationByMethod', { method }));
  }
}
