import { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

/** @internal */
export const datasourceCheckExamples: TemplateExample[] = [
  {
    description:
      'Stop before anything is created if PagerDuty is not authorized',
    example: stringify({
      steps: [
        {
          id: 'check',
          name: 'Check PagerDuty',
          action: 'datasource:check',
          input: { datasource: 'pagerduty' },
        },
      ],
    }),
  },
  {
    description: 'Skip a step if PagerDuty is not authorized',
    example: stringify({
      steps: [
        {
          id: 'check',
          action: 'datasource:check',
          input: { datasource: 'pagerduty', failUnlessAuthorized: false },
        },
        {
          id: 'service',
          if: '${{ steps.check.output.authorized }}',
          action: 'datasource:fetch',
          input: { datasource: 'pagerduty', path: '/services' },
        },
      ],
    }),
  },
];
