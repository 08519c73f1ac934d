import { AuthService } from '@backstage/backend-plugin-api';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  DATASOURCE_NAME_PATTERN,
  DATASOURCE_STATES,
} from 'backstage-plugin-datasource-auth-common';
import { AuthorizedDatasources } from '../access/AuthorizedDatasources';
import { callerWith } from '../access/caller';
import { remediationSteps } from './remediationSteps';

/** Explains the status of one datasource, and what to do about it. */
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
Explains why Backstage plugins can or can't access an external API, and what a person must do about it.
A datasource contains the OAuth 2.0 credential for one external API and has a unique name; list-datasources returns names.
Use this if a plugin, a template or a scheduled job reports that a datasource is not authorized, not configured or unavailable.
This action changes nothing and never returns a token or a secret.
`.trim(),
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          datasource: z
            .string()
            .regex(DATASOURCE_NAME_PATTERN)
            .describe('Name of the datasource, such as "pagerduty"'),
        }),
      output: z =>
        z.object({
          name: z.string(),
          title: z.string().optional(),
          state: z
            .enum(DATASOURCE_STATES)
            .describe(
              "AUTHORIZED: a credential is stored and plugins get tokens. NOT_AUTHORIZED: a person must get a credential. NOT_CONFIGURED: settings are missing. ERROR: the credential can't be refreshed or read. PER_USER: each person connects their own account.",
            ),
          reason: z.string().describe('What happened'),
          remediationSteps: z
            .array(z.string())
            .describe('Steps for a person, in this order'),
          link: z.string().describe('URL of the page for these steps'),
          owner: z
            .string()
            .optional()
            .describe('Entity reference of the owner'),
          expiresAt: z
            .string()
            .optional()
            .describe('When the current token expires, ISO 8601'),
          lastError: z
            .object({
              title: z.string(),
              at: z.string().describe('ISO 8601'),
              attempts: z.number().describe('Failures in a row'),
            })
            .optional()
            .describe('Last failure of a refresh'),
        }),
    },
    examples: [
      {
        title: "Why doesn't PagerDuty work?",
        input: { datasource: 'pagerduty' },
        output: {
          name: 'pagerduty',
          title: 'PagerDuty',
          state: 'NOT_AUTHORIZED',
          reason:
            'The provider no longer accepts the stored credential. Get a new one.',
          remediationSteps: ['Open the page and select "Get new credential".'],
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
