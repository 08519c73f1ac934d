import { AuthService } from '@backstage/backend-plugin-api';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  DATASOURCE_NAME_PATTERN,
  datasourceStateSchema,
} from 'backstage-plugin-datasource-auth-common';
import { AuthorizedDatasources } from '../access/AuthorizedDatasources';
import { callerWith } from '../access/caller';
import { remediationSteps } from './remediationSteps';

/** Explains how one datasource stands, and what to do about it. */
export function createExplainStatusAction(options: {
  actionsRegistry: ActionsRegistryService;
  datasources: AuthorizedDatasources;
  auth: AuthService;
  pageUrl: string;
}): void {
  const { actionsRegistry, datasources, auth, pageUrl } = options;
  actionsRegistry.register({
    name: 'explain-datasource-status',
    title: 'Explain the status of a datasource',
    description: `
Explains why the access of Backstage plugins to an external API works or does not work, and what a person has to do about it.
A datasource holds the OAuth 2.0 credential for one external API and is known by its name; list-datasources finds names.
Use this when a plugin, a template or a scheduled job reports that a datasource is not authorized, not configured or unavailable.
It changes nothing and never shows a token or a secret.
`.trim(),
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          datasource: z
            .string()
            .regex(DATASOURCE_NAME_PATTERN)
            .describe('The name of the datasource, such as "pagerduty"'),
        }),
      output: z =>
        z.object({
          name: z.string(),
          title: z.string().optional(),
          state: z
            .nativeEnum(datasourceStateSchema.enum)
            .describe(
              'AUTHORIZED: a credential is stored and plugins get tokens. NOT_AUTHORIZED: a person has to get a credential. NOT_CONFIGURED: settings are missing. ERROR: renewing or reading the credential fails.',
            ),
          reason: z.string().describe('What happened'),
          remediationSteps: z
            .array(z.string())
            .describe('What a person does about it, in this order'),
          link: z.string().describe('The page where it is done'),
          owner: z
            .string()
            .optional()
            .describe('Entity reference of the owner'),
          expiresAt: z
            .string()
            .optional()
            .describe('When the token at hand expires, ISO 8601'),
          lastError: z
            .object({
              title: z.string(),
              at: z.string().describe('ISO 8601'),
              attempts: z.number().describe('Failures in a row'),
            })
            .optional()
            .describe('The last failure of a renewal'),
        }),
    },
    examples: [
      {
        title: 'Why does PagerDuty not work?',
        input: { datasource: 'pagerduty' },
        output: {
          name: 'pagerduty',
          title: 'PagerDuty',
          state: 'NOT_AUTHORIZED',
          reason:
            'The provider no longer accepts the stored credential. Get a new one.',
          remediationSteps: ['Open the page and press "Get new credential".'],
          link: 'https://backstage.example.com/datasource-auth/pagerduty',
          owner: 'group:default/platform',
        },
      },
    ],
    action: async ({ input, credentials }) => {
      const view = await datasources.get(input.datasource, {
        caller: callerWith(credentials, { auth }),
      });
      const { name, title, status } = view;
      return {
        output: {
          name,
          title,
          state: status.state,
          reason: status.reason,
          remediationSteps: remediationSteps(view),
          link: `${pageUrl}/${name}`,
          ...('version' in view && {
            owner: view.owner,
            expiresAt: isoTime(view.status.expiresAt),
            lastError: view.status.lastError && {
              title: view.status.lastError.title,
              at: isoTime(view.status.lastError.at)!,
              attempts: view.status.lastError.attempts,
            },
          }),
        },
      };
    },
  });
}

function isoTime(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined
    ? undefined
    : new Date(milliseconds).toISOString();
}
