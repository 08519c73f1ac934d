import { z } from 'zod';
import {
  assertionAt,
  assertionSchema,
  keysReplacedBySigner,
} from '../assertions';
import { KindDefinition } from './KindDescriptor';
import { rejectedStatusesSchema } from './rejectedStatuses';

/** A JWT that Backstage signs and sends as a bearer token, without asking anyone for it. */
export const jwtSchema = z.strictObject({
  type: z.literal('jwt'),
  assertion: assertionSchema.prefault({}),
  rejectedStatuses: rejectedStatusesSchema,
});

/** The settings that decide what a signed JWT still needs. */
export interface JwtMembers {
  readonly assertion?: {
    readonly audience?: string;
    readonly signer?: string;
  };
}

const { secrets, valueMaps, templates } = assertionAt('auth.assertion');

/** JWTs that are signed here. The key stays in the settings; what it signs is sent to the API. */
export const jwt = {
  name: 'signed JWT',
  source: 'settings',
  sendsSecretsToApi: true,
  labels: {
    'auth.assertion.key': 'Assertion key',
    'auth.assertion.audience': 'Assertion audience',
  },
  secrets,
  valueMaps,
  // The grant jwt_bearer lists the same settings.
  binding: [],
  templates,
  // There is no token URL that could be the audience, so it must be entered, even if there is none.
  required: ({ assertion }: JwtMembers) => [
    ...(assertion?.signer ? [] : ['auth.assertion.key']),
    ...(assertion?.audience === undefined ? ['auth.assertion.audience'] : []),
  ],
  unusedSecrets: keysReplacedBySigner,
  personal: () => [],
  places: () => ({ headers: ['Authorization'], query: [] }),
} as const satisfies KindDefinition<JwtMembers>;
