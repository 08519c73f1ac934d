import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** @internal */
export const datasourceDelegateExamples: TemplateExample[] = [
  {
    description: 'Act as the user after a long step, when their session ended',
    example: stringify({
      steps: [
        {
          id: 'delegate',
          name: 'Ask for your permission',
          action: 'datasource:delegate',
          input: { datasource: 'jira' },
        },
        {
          id: 'build',
          action: 'debug:wait',
          input: { minutes: 90 },
        },
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
    description: 'Say what it is for, until when, and how long to wait',
    example: stringify({
      steps: [
        {
          id: 'delegate',
          action: 'datasource:delegate',
          input: {
            datasource: 'jira',
            purpose: 'Close the issues of ${{ parameters.name }}',
            duration: { days: 3 },
            waitMinutes: 30,
          },
        },
      ],
    }),
  },
];
