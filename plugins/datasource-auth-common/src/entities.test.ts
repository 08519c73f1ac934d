import {
  AnnotatedEntity,
  DATASOURCE_ANNOTATION,
  datasourceNamesOf,
  hasOpenApiDefinition,
} from './entities';

const annotated = (value?: string): AnnotatedEntity => ({
  metadata: {
    annotations: value === undefined ? {} : { [DATASOURCE_ANNOTATION]: value },
  },
});

describe('datasourceNamesOf', () => {
  it.each([
    ['one', 'crm', ['crm']],
    ['several', 'crm, pagerduty ,jira', ['crm', 'pagerduty', 'jira']],
    ['a duplicate name', 'crm,crm', ['crm']],
    ['an invalid name', 'CRM of ours,,', ['CRM of ours']],
    ['none', ' , ', []],
    ['no annotation', undefined, []],
  ])('reads %s', (_, value, names) => {
    expect(datasourceNamesOf(annotated(value))).toEqual(names);
  });

  it('reads an entity without annotations', () => {
    expect(datasourceNamesOf({ metadata: {} })).toEqual([]);
  });
});

describe('hasOpenApiDefinition', () => {
  const api = (spec?: object, kind = 'API') => ({ kind, metadata: {}, spec });

  it('S4.3 returns true for an API whose definition may be OpenAPI', () => {
    expect(
      hasOpenApiDefinition(api({ type: 'openapi', definition: 'a' })),
    ).toBe(true);
    expect(hasOpenApiDefinition(api({ definition: 'a' }))).toBe(true);
  });

  it.each([
    ['described otherwise', api({ type: 'graphql', definition: 'a' })],
    ['without a definition', api({ type: 'openapi' })],
    ['with an empty one', api({ type: 'openapi', definition: ' ' })],
    ['without a spec', api()],
    ['of another kind', api({ definition: 'a' }, 'Component')],
  ])('returns false for one %s', (_, entity) => {
    expect(hasOpenApiDefinition(entity)).toBe(false);
  });
});
