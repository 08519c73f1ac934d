import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** @internal */
export const datasourceFetchExamples: TemplateExample[] = [
  {
    description: 'Find a service of PagerDuty by its name',
    example: stringify({
      steps: [
        {
          id: 'service',
          name: 'Find the service',
          action: 'datasource:fetch',
          input: {
            datasource: 'pagerduty',
            path: '/services',
            query: { query: '${{ parameters.name }}' },
          },
        },
      ],
      output: { id: '${{ steps.service.output.body.services[0].id }}' },
    }),
  },
  {
    description: 'Create a service, sending JSON',
    example: stringify({
      steps: [
        {
          id: 'create',
          action: 'datasource:fetch',
          input: {
            datasource: 'pagerduty',
            method: 'POST',
            path: '/services',
            body: { service: { name: '${{ parameters.name }}' } },
          },
        },
      ],
    }),
  },
  {
    description: 'Create an issue as the user who runs the template',
    example: stringify({
      steps: [
        {
          id: 'issue',
          action: 'datasource:fetch',
          input: {
            datasource: 'jira',
            as: 'user',
            method: 'POST',
            path: '/issue',
            body: { fields: { summary: '${{ parameters.title }}' } },
          },
        },
      ],
    }),
  },
  {
    description: 'Continue when the API responds with an error',
    example: stringify({
      steps: [
        {
          id: 'maybe',
          action: 'datasource:fetch',
          input: {
            datasource: 'pagerduty',
            path: '/services/${{ parameters.id }}',
            continueOnBadResponse: true,
          },
        },
        {
          if: '${{ steps.maybe.output.status === 404 }}',
          action: 'debug:log',
          input: { message: 'There is no such service' },
        },
      ],
    }),
  },
];
