import { AuthService, HttpAuthService } from '@backstage/backend-plugin-api';
import type { Request } from 'express';
import { Caller, identifyCaller } from '../access/caller';

/** Identifies the caller of a request, or rejects it. */
export type CallerOf = (req: Request) => Promise<Caller>;

/** Binds {@link identifyCaller} to the services of this backend. */
export function createCallerOf(options: {
  httpAuth: HttpAuthService;
  auth: AuthService;
}): CallerOf {
  return req => identifyCaller(req, options);
}
