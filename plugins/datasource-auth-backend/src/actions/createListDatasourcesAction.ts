import { AuthService } from '@backstage/backend-plugin-api';
import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  ConsumableDatasource,
  DATASOURCE_STATES,
  DatasourceSummary,
} from 'backstage-plugin-datasource-auth-common';
import { AuthorizedDatasources } from '../access/AuthorizedDatasources';
import { callerWith } from '../access/caller';

const PAGE = 50;

/** Lists the datasources that the caller may see, starting with those that need a person. */
export function createListDatasourcesAction(options: {
  actionsRegistry: ActionsRegistryService;
  datasources: AuthorizedDatasources;
  auth: AuthService;
  pageUrl: string;
}): void {
  const { actionsRegistry, datasources, auth, pageUrl } = options;
  actionsRegistry.register({
    name: 'list-datasources',
    title: 'List datasources',
    description: `
Lists the external APIs for which Backstage has an OAuth 2.0 credential. Each one is a datasource with a unique name.
Those that need a person are first. To find out why one doesn't work, call explain-datasource-status with its name.
This action changes nothing and never returns a token or a secret.
`.trim(),
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          search: z
            .string()
            .max(200)
            .optional()
            .describe('Part of the title, name, host or owner'),
          state: z
            .enum(DATASOURCE_STATES)
            .optional()
            .describe('Only datasources in this state'),
          limit: z
            .number()
            .int()
            .min(1)
            .max(200)
            .optional()
            .describe('Maximum number of results. Default: 50'),
          cursor: z
            .string()
            .max(1_000)
            .optional()
            .describe(
              'nextCursor of the previous response, to get the next page',
            ),
        }),
      output: z =>
        z.object({
          datasources: z.array(
            z.object({
              name: z.string(),
              title: z.string().optional(),
              owner: z.string().optional(),
              state: z.enum(DATASOURCE_STATES),
              reason: z.string().describe('Reason for this state'),
              link: z.string().describe('URL of the datasource page'),
            }),
          ),
          nextCursor: z.string().optional(),
        }),
    },
    examples: [
      {
        title: 'Which external APIs need a person?',
        input: { state: 'NOT_AUTHORIZED' },
        output: {
          datasources: [
            {
              name: 'pagerduty',
              title: 'PagerDuty',
              owner: 'group:default/platform',
              state: 'NOT_AUTHORIZED',
              reason: 'No credential yet.',
              link: 'https://backstage.example.com/datasource-auth/pagerduty',
            },
          ],
        },
      },
    ],
    action: async ({ input, credentials }) => {
      const { state, limit = PAGE, ...page } = input;
      const { items, nextCursor } = await datasources.list(
        { ...page, limit, status: state },
        { caller: callerWith(credentials, { auth }) },
      );
      return {
        output: {
          datasources: items.map(
            (item: DatasourceSummary | ConsumableDatasource) => ({
              name: item.name,
              title: item.title,
              owner: 'version' in item ? item.owner : undefined,
              state: item.status.state,
              reason: item.status.reason,
              link: `${pageUrl}/${item.name}`,
            }),
          ),
          nextCursor,
        },
      };
    },
  });
}
