import { z } from 'zod';
import { apiHeadersSchema, apiQuerySchema } from './apiSettings';
import { assertionSchema } from './assertions';
import { GRANT_TYPES } from './grants';
import { instanceName } from './instanceValues';
import { oauth2PresetSchema } from './kinds';
import { datasourceNameSchema } from './names';
import { formatFaults } from './parserOf';
import {
  InstanceField,
  matchesField,
  Preset,
  PRESET_WAYS,
  PresetInput,
  PresetSettings,
  PresetVariants,
} from './preset';
import { schemaOf } from './schemaOf';
import { settingAt } from './settingAt';
import { templateExpressions } from './templates';
import { datasourceSettingsObject, datasourceSettingsSchema } from './settings';
import { presetDraft } from './presetDraft';

/*
 * A preset holds what is known about a provider as data: its endpoints, its OAuth variations, how to register there,
 * and how its tokens behave. It contains nothing that belongs to one client: no ID, no secret, no allowed plugin.
 */

const sharedSettings = datasourceSettingsObject.pick({
  baseUrl: true,
  allowedHosts: true,
  testPath: true,
  gateway: true,
  api: true,
});

/** What a provider expects of every client. What signs, and how it is found, belongs to one. */
const { alg, keyEncoding, x5c, issuer, subject, audience, ...rest } =
  assertionSchema.shape;
const { claims, headers, lifetimeSeconds, backdateSeconds, omit } = rest;
const presetAssertion = z
  .strictObject({
    ...{ alg, keyEncoding, x5c, issuer, subject, audience },
    ...{ claims, headers, lifetimeSeconds, backdateSeconds, omit },
  })
  .partial()
  .optional();

/** The settings that a preset may fill in. None of them identifies or authenticates a client. */
const presetSettingsSchema = sharedSettings.extend({
  auth: oauth2PresetSchema
    .extend({ assertion: presetAssertion, clientAssertion: presetAssertion })
    .optional(),
}) as unknown as z.ZodType<PresetSettings, PresetSettings>;

const variantsSchema = z.strictObject({
  ...Object.fromEntries(
    GRANT_TYPES.map(grant => [grant, presetSettingsSchema.optional()]),
  ),
  static: sharedSettings
    .extend({
      auth: z
        .strictObject({
          headers: apiHeadersSchema.optional(),
          query: apiQuerySchema.optional(),
          basic: z.strictObject({ username: z.string().optional() }).optional(),
          bearer: z.literal(true).optional(),
          rejectedStatuses: z.array(z.number()).optional(),
        })
        .optional(),
    })
    .optional(),
}) as unknown as z.ZodType<PresetVariants, PresetVariants>;

const waySchema = z.enum(PRESET_WAYS, {
  error: `Choose a way: ${PRESET_WAYS.join(', ')}`,
});

const sentence = z.string().trim().min(1).max(500);

const httpsUrl = z.url({
  protocol: /^https$/,
  error: 'Enter an HTTPS URL',
});

/** An instance value (tenant, region, subdomain) that the form asks for, used as `{{instance.name}}`. */
const instanceFieldSchema = schemaOf<InstanceField>()(
  z.strictObject({
    name: z
      .string()
      .max(100)
      .regex(
        /^[A-Za-z_][A-Za-z0-9_]*$/,
        'Use letters, digits, and underscores',
      ),
    label: z.string().min(1).max(80),
    example: z.string().min(1).max(200),
    default: z.string().min(1).max(200).optional(),
    pattern: z
      .string()
      .max(500)
      .refine(isPattern, 'Enter a valid regular expression')
      .optional(),
    ways: z.array(waySchema).min(1).optional(),
    secret: z.literal(true).optional(),
  }),
);

/** A provider in a private network may serve its console without TLS. */
const consoleUrl = z.url({
  protocol: /^https?$/,
  error: 'Enter an HTTP(S) URL',
});

const registrationSchema = z.strictObject({
  url: consoleUrl.optional(),
  steps: z
    .array(
      z.union([
        sentence,
        z.strictObject({ step: sentence, ways: z.array(waySchema).min(1) }),
      ]),
    )
    .max(12)
    .default([]),
  scopes: z
    .array(
      z.strictObject({
        scope: z.string().min(1).max(300),
        description: sentence,
        ways: z.array(waySchema).min(1).optional(),
      }),
    )
    .max(50)
    .default([]),
  static: z
    .strictObject({
      url: consoleUrl.optional(),
      steps: z.array(sentence).min(1).max(12),
    })
    .optional(),
});

const behaviorSchema = z.strictObject({
  rotatesRefreshTokens: z.boolean().optional(),
  refreshTokenIdleDays: z.number().positive().max(3_650).optional(),
  oneGrantPerClient: z.boolean().optional(),
  notes: z.array(sentence).max(12).default([]),
});

/**
 * Schema of a preset, built in or added by a module.
 *
 * @public
 */
export const presetSchema = schemaOf<PresetInput, any>()(
  z
    .strictObject({
      id: datasourceNameSchema,
      title: z.string().min(1).max(80),
      category: z.string().min(1).max(60),
      benefit: z.string().min(1).max(60),
      aliases: z.array(z.string().min(1).max(40)).max(10).default([]),
      popular: z.literal(true).optional(),
      ways: z.array(waySchema).min(1),
      caveat: sentence,
      source: httpsUrl,
      lastVerified: z.iso.date(),
      guide: httpsUrl.optional(),
      unconfirmed: z.array(z.string().max(100)).max(20).default([]),
      instance: z.array(instanceFieldSchema).max(20).default([]),
      settings: presetSettingsSchema.default({}),
      variants: variantsSchema.default({}),
      registration: registrationSchema.prefault({}),
      behavior: behaviorSchema.prefault({}),
    })
    .superRefine((preset, ctx) => {
      const fail = (path: PropertyKey[], message: string) =>
        ctx.addIssue({ code: 'custom', path, message });
      for (const way of Object.keys(preset.variants)) {
        if (!preset.ways.some(each => each === way)) {
          fail(['variants', way], `'${way}' isn't one of this preset's ways`);
        }
      }
      const sent = preset.variants.static?.auth ?? {};
      if (preset.ways.includes('static') && Object.keys(sent).length === 0) {
        fail(
          ['variants', 'static'],
          'Say where the key, password or token is sent',
        );
      }
      const parts = [
        preset.settings,
        ...Object.values(preset.variants),
      ].flatMap(part => part ?? []);
      preset.unconfirmed.forEach((path, index) => {
        if (parts.every(part => settingAt(part, path) === undefined)) {
          fail(['unconfirmed', index], `Unknown setting '${path}'`);
        }
      });
      if (holdsSecretValue([preset.settings, preset.variants])) {
        fail(['settings'], "Remove the secret. Presets can't contain secrets");
      }
      const used = new Set<string>();
      for (const text of texts([preset.settings, preset.variants])) {
        for (const expression of templateExpressions(text))
          used.add(expression);
      }
      for (const expression of used) {
        const name = instanceName(expression);
        if (name && !preset.instance.some(field => field.name === name)) {
          fail(
            ['instance'],
            `'{{${expression}}}' is used but isn't one of the fields`,
          );
        }
      }
      preset.instance.forEach((field, index) => {
        if (![...used].some(each => instanceName(each) === field.name)) {
          fail(
            ['instance', index],
            `'${field.name}' is a field but isn't used`,
          );
        }
        if (field.secret && field.default !== undefined) {
          fail(['instance', index], `Remove the default of '${field.name}'`);
        }
        for (const value of [field.example, field.default]) {
          if (value !== undefined && !matchesField(field, value)) {
            fail(
              ['instance', index],
              `'${value}' doesn't match the pattern of '${field.name}'`,
            );
          }
        }
      });
    }),
);

/**
 * Validates a preset and the draft of each of its ways.
 *
 * @throws Error with one sentence per fault, each with its path
 * @public
 */
export function parsePreset(input: unknown): Preset {
  const result = presetSchema.safeParse(input);
  if (!result.success) throw new Error(formatFaults(result.error));
  const written = input as PresetInput;
  const preset: Preset = {
    ...result.data,
    settings: written.settings ?? {},
    variants: written.variants ?? {},
  };
  for (const way of preset.ways) {
    const draft = datasourceSettingsSchema.safeParse({
      name: preset.id,
      ...presetDraft(preset, way),
    });
    if (!draft.success) {
      throw new Error(`With ${way}: ${formatFaults(draft.error)}`);
    }
  }
  return preset;
}

/**
 * JSON Schema of a preset, for editors and for the HTTP API.
 *
 * @public
 */
export function presetJsonSchema(): object {
  return z.toJSONSchema(presetSchema, { io: 'input', unrepresentable: 'any' });
}

function isPattern(text: string): boolean {
  try {
    return Boolean(new RegExp(text));
  } catch {
    return false;
  }
}

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(texts);
}

function holdsSecretValue(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false;
  if ('secret' in value && 'value' in value) return true;
  return Object.values(value).some(holdsSecretValue);
}
