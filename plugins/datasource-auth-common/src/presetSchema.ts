import { z } from 'zod';
import { grantTypeSchema } from './grants';
import { instanceName } from './instanceValues';
import { oauth2PresetSchema } from './kinds';
import { datasourceNameSchema } from './names';
import { formatFaults } from './parserOf';
import {
  InstanceField,
  matchesField,
  Preset,
  PresetInput,
  PresetSettings,
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

/**
 * The settings that a preset may fill in. None of them identifies or authenticates a client.
 *
 * @public
 */
export const presetSettingsSchema = schemaOf<PresetSettings, any>()(
  datasourceSettingsObject
    .pick({ baseUrl: true, allowedHosts: true, testPath: true, gateway: true })
    .extend({
      auth: oauth2PresetSchema.optional(),
    }),
);

const sentence = z.string().trim().min(1).max(500);

const httpsUrl = z.url({
  protocol: /^https$/,
  error: 'Enter an HTTPS URL',
});

/**
 * An instance value (tenant, region, subdomain) that the form asks for, used as `{{instance.name}}`.
 *
 * @public
 */
export const instanceFieldSchema = schemaOf<InstanceField>()(
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
    grants: z.array(grantTypeSchema).min(1).optional(),
  }),
);

const registrationSchema = z.strictObject({
  url: httpsUrl.optional(),
  steps: z.array(sentence).max(12).default([]),
  scopes: z
    .array(
      z.strictObject({
        scope: z.string().min(1).max(300),
        description: sentence,
      }),
    )
    .max(50)
    .default([]),
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
      grants: z.array(grantTypeSchema).min(1),
      caveat: sentence,
      source: httpsUrl,
      lastVerified: z.iso.date(),
      unconfirmed: z.array(z.string().max(100)).max(20).default([]),
      instance: z.array(instanceFieldSchema).max(20).default([]),
      settings: presetSettingsSchema.default({}),
      variants: z
        .partialRecord(grantTypeSchema, presetSettingsSchema)
        .default({}),
      registration: registrationSchema.prefault({}),
      behavior: behaviorSchema.prefault({}),
    })
    .superRefine((preset, ctx) => {
      const fail = (path: PropertyKey[], message: string) =>
        ctx.addIssue({ code: 'custom', path, message });
      for (const grantType of Object.keys(preset.variants)) {
        if (!preset.grants.some(grant => grant === grantType)) {
          fail(
            ['variants', grantType],
            `'${grantType}' isn't one of this preset's grants`,
          );
        }
      }
      preset.unconfirmed.forEach((path, index) => {
        if (settingAt(preset.settings, path) === undefined) {
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
 * Validates a preset and the draft of each of its grants.
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
  for (const grantType of preset.grants) {
    const draft = datasourceSettingsSchema.safeParse({
      name: preset.id,
      ...presetDraft(preset, grantType),
    });
    if (!draft.success) {
      throw new Error(`With ${grantType}: ${formatFaults(draft.error)}`);
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
