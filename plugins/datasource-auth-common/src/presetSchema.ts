import { z } from 'zod';
import { grantTypeSchema } from './grants';
import { oauth2PresetSchema } from './kinds';
import { datasourceNameSchema } from './names';
import { settingAt } from './settingAt';
import { templateExpressions } from './templates';
import { datasourceSettingsObject, datasourceSettingsSchema } from './settings';
import { presetDraft } from './presetDraft';

/*
 * A preset is what is known of a provider, as data: its endpoints, its dialect, how to register there, and how its
 * tokens behave. It holds nothing that belongs to one client: no identifier, no secret, no consumer.
 */

/**
 * The settings that a preset may fill in. What identifies or authenticates one client is not among them.
 *
 * @public
 */
export const presetSettingsSchema = datasourceSettingsObject
  .pick({ baseUrl: true, allowedHosts: true, testPath: true, gateway: true })
  .extend({
    auth: oauth2PresetSchema.optional(),
  });

/**
 * Settings of a preset as they are written: defaults are filled in later, when a draft is parsed.
 *
 * @public
 */
export type PresetSettings = z.input<typeof presetSettingsSchema>;

const sentence = z.string().trim().min(1).max(500);

const httpsUrl = z.url({
  protocol: /^https$/,
  error: 'Enter an https address',
});

/**
 * A value of the instance (tenant, region, subdomain) that the form asks for, used as `{{instance.name}}`.
 *
 * @public
 */
export const instanceFieldSchema = z.strictObject({
  name: z
    .string()
    .max(100)
    .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'Use letters, digits and underscores'),
  label: z.string().min(1).max(80),
  example: z.string().min(1).max(200),
  default: z.string().min(1).max(200).optional(),
  /** A regular expression that the whole value has to match. */
  pattern: z
    .string()
    .max(500)
    .refine(isPattern, 'Not a regular expression')
    .optional(),
  /** Asked for with these grants only; with every grant when absent. */
  grants: z.array(grantTypeSchema).min(1).optional(),
});

/**
 * A value that the form asks for when a preset is used.
 *
 * @public
 */
export type InstanceField = z.output<typeof instanceFieldSchema>;

const registrationSchema = z.strictObject({
  /** Where an application is registered, or the provider's page that says so. */
  url: httpsUrl.optional(),
  /** What a person does there, in order. */
  steps: z.array(sentence).max(12).default([]),
  /** Scopes worth offering, with what they allow. */
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

const behaviourSchema = z.strictObject({
  /** Each refresh replaces the refresh token. */
  rotatesRefreshTokens: z.boolean().optional(),
  /** Days without a refresh after which the refresh token is dead. */
  refreshTokenIdleDays: z.number().positive().max(3_650).optional(),
  /** A new approval for the same client and account ends the earlier one. */
  oneGrantPerClient: z.boolean().optional(),
  notes: z.array(sentence).max(12).default([]),
});

/**
 * Schema of a preset, of ours and of those that modules add.
 *
 * @public
 */
export const presetSchema = z
  .strictObject({
    id: datasourceNameSchema,
    title: z.string().min(1).max(80),
    category: z.string().min(1).max(60),
    /** The grants it can be used with; the first one is suggested. */
    grants: z.array(grantTypeSchema).min(1),
    /** The one thing to know before choosing it. */
    caveat: sentence,
    /** The provider's own documentation that the values were checked against. */
    source: httpsUrl,
    lastVerified: z.iso.date(),
    /**
     * Settings, as paths, whose value is well known but was not found on a page of the provider itself. The first to look
     * at when something does not work.
     */
    unconfirmed: z.array(z.string().max(100)).max(20).default([]),
    instance: z.array(instanceFieldSchema).max(20).default([]),
    settings: presetSettingsSchema.default({}),
    /** What differs with a grant: maps are merged over `settings`, lists and single values replace. */
    variants: z
      .partialRecord(grantTypeSchema, presetSettingsSchema)
      .default({}),
    registration: registrationSchema.prefault({}),
    behaviour: behaviourSchema.prefault({}),
  })
  .superRefine((preset, ctx) => {
    const fail = (path: PropertyKey[], message: string) =>
      ctx.addIssue({ code: 'custom', path, message });
    for (const grantType of Object.keys(preset.variants)) {
      if (!preset.grants.some(grant => grant === grantType)) {
        fail(
          ['variants', grantType],
          `'${grantType}' is not among the grants of this preset`,
        );
      }
    }
    preset.unconfirmed.forEach((path, index) => {
      if (settingAt(preset.settings, path) === undefined) {
        fail(['unconfirmed', index], `There is no setting '${path}'`);
      }
    });
    if (holdsSecretValue([preset.settings, preset.variants])) {
      fail(['settings'], 'A preset never holds the value of a secret');
    }
    const used = new Set<string>();
    for (const text of texts([preset.settings, preset.variants])) {
      for (const expression of templateExpressions(text)) used.add(expression);
    }
    for (const expression of used) {
      const name = /^instance\.(.+)$/.exec(expression)?.[1];
      if (name && !preset.instance.some(field => field.name === name)) {
        fail(['instance'], `'{{${expression}}}' is used but not asked for`);
      }
    }
    preset.instance.forEach((field, index) => {
      if (!used.has(`instance.${field.name}`)) {
        fail(['instance', index], `'${field.name}' is asked for but not used`);
      }
      for (const value of [field.example, field.default]) {
        if (value !== undefined && !matchesField(field, value)) {
          fail(
            ['instance', index],
            `'${value}' does not match the pattern of '${field.name}'`,
          );
        }
      }
    });
  });

/**
 * A preset. Its settings stand as they were written.
 *
 * @public
 */
export type Preset = Omit<
  z.output<typeof presetSchema>,
  'settings' | 'variants'
> & {
  settings: PresetSettings;
  variants: Partial<Record<z.output<typeof grantTypeSchema>, PresetSettings>>;
};

/**
 * A preset as somebody writes it.
 *
 * @public
 */
export type PresetInput = z.input<typeof presetSchema>;

/**
 * Checks a preset, and that the draft of each of its grants is one that could be saved.
 *
 * @throws Error with one sentence per fault, each with its path
 * @public
 */
export function parsePreset(input: unknown): Preset {
  const result = presetSchema.safeParse(input);
  if (!result.success) throw new Error(faultsOf(result.error));
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
      throw new Error(`With ${grantType}: ${faultsOf(draft.error)}`);
    }
  }
  return preset;
}

/**
 * JSON schema of a preset, for editors and for the HTTP API.
 *
 * @public
 */
export function presetJsonSchema(): object {
  return z.toJSONSchema(presetSchema, { io: 'input', unrepresentable: 'any' });
}

/**
 * Whether a value is one that an instance field accepts: all of it, not a part.
 *
 * @public
 */
export function matchesField(field: InstanceField, value: string): boolean {
  return !field.pattern || new RegExp(`^(?:${field.pattern})$`).test(value);
}

function faultsOf(error: z.ZodError): string {
  return error.issues
    .map(issue => {
      const path = issue.path.map(String).join('.');
      return path ? `${path}: ${issue.message}` : issue.message;
    })
    .join('; ');
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
