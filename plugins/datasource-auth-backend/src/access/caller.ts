import {
  AuthService,
  BackstageCredentials,
  BackstagePrincipalAccessRestrictions,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { tokenTypes } from '@backstage/plugin-auth-node';
import type { Request } from 'express';
import { canonicalUser } from '../database/CredentialKey';

/**
 * The caller of a request. Only a plugin's own verified token makes it a plugin; an external token never is
 * one, whatever its subject.
 */
export type Caller =
  | {
      kind: 'user';
      userRef: string;
      /** The plugin that calls on the user's behalf. */
      plugin?: string;
      credentials: BackstageCredentials;
    }
  | { kind: 'plugin'; plugin: string; credentials: BackstageCredentials }
  | {
      kind: 'external';
      subject: string;
      restrictions?: BackstagePrincipalAccessRestrictions;
      credentials: BackstageCredentials;
    };

const PLUGIN_SUBJECT = /^plugin:([a-z0-9][a-z0-9_-]{0,99})$/i;

/**
 * Identifies the caller of a request.
 *
 * The subject of a service principal is chosen in the configuration of a static token, so `plugin:x` alone
 * proves nothing. Plugin tokens have their own `typ` and are verified as such or rejected: the type is read
 * from the authenticated token, and anything else fails closed as an external caller. Only the verification
 * of a plugin token creates an actor.
 */
export async function identifyCaller(
  req: Request,
  options: { httpAuth: HttpAuthService; auth: AuthService },
): Promise<Caller> {
  const { httpAuth, auth } = options;
  const credentials = await httpAuth.credentials(req, {
    allow: ['user', 'service'],
  });
  const caller = callerWith(credentials, { auth });
  return caller.kind === 'plugin' && !isPluginToken(req)
    ? external(credentials)
    : caller;
}

/**
 * Identifies credentials without a request, whose token could prove that a plugin is one. A service that
 * calls itself `plugin:x` is treated as that plugin, which may read less than an external caller and change
 * nothing. Use it only for reading, never to return a token.
 */
export function callerWith(
  credentials: BackstageCredentials,
  { auth }: { auth: AuthService },
): Caller {
  if (auth.isPrincipal(credentials, 'user')) {
    const principal: BackstageUserPrincipal = credentials.principal;
    return {
      kind: 'user',
      userRef:
        canonicalUser(principal.userEntityRef) ?? principal.userEntityRef,
      plugin: pluginOf(principal.actor?.subject),
      credentials,
    };
  }
  const principal = credentials.principal as BackstageServicePrincipal;
  const plugin = pluginOf(principal.subject);
  return plugin && !principal.accessRestrictions
    ? { kind: 'plugin', plugin, credentials }
    : external(credentials);
}

function external(credentials: BackstageCredentials): Caller {
  const principal = credentials.principal as BackstageServicePrincipal;
  return {
    kind: 'external',
    subject: principal.subject,
    restrictions: principal.accessRestrictions,
    credentials,
  };
}

/** Names a caller in records: user ref, `plugin:x` or `external:x`. */
export function callerName(caller: Caller): string {
  switch (caller.kind) {
    case 'user':
      return caller.userRef;
    case 'plugin':
      return `plugin:${caller.plugin}`;
    default:
      return `external:${caller.subject}`;
  }
}

function pluginOf(subject: string | undefined): string | undefined {
  return PLUGIN_SUBJECT.exec(subject ?? '')?.[1];
}

function isPluginToken(req: Request): boolean {
  return typeOf(bearerToken(req)) === tokenTypes.plugin.typParam;
}

/** Returns the token that authenticates a request, read as Backstage reads it. */
export function bearerToken(req: Request): string | undefined {
  return /^Bearer +(\S+)$/i.exec(req.headers.authorization ?? '')?.[1];
}

/** Returns the type in a token. Trust it only after the token was verified. */
export function typeOf(token: string | undefined): unknown {
  return partOf(token, 0)?.typ;
}

/** Returns the expiry in a token, in epoch milliseconds. Trust it only after the token was verified. */
export function tokenExpiry(token: string | undefined): number | undefined {
  const seconds = partOf(token, 1)?.exp;
  return typeof seconds === 'number' ? seconds * 1000 : undefined;
}

function partOf(
  token: string | undefined,
  index: number,
): Record<string, unknown> | undefined {
  try {
    const part = token?.split('.')[index] ?? '';
    return JSON.parse(Buffer.from(part, 'base64url').toString()) ?? undefined;
  } catch {
    return undefined;
  }
}
