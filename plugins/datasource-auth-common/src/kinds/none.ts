import { z } from 'zod';
import { KindDefinition } from './KindDescriptor';

/** Settings of a public API. */
export const noneSchema = z.strictObject({ type: z.literal('none') });

/** An API that needs no credential. */
export const none = {
  name: 'no authentication',
  source: 'settings',
  sendsSecretsToApi: false,
  labels: {},
  secrets: [],
  valueMaps: [],
  binding: [],
  templates: {},
  required: () => [],
  unusedSecrets: () => [],
  personal: () => [],
  places: () => ({ headers: [], query: [] }),
} as const satisfies KindDefinition<object>;
