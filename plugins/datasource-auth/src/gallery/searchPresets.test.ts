import { searchPresets } from './searchPresets';
import { BUNDLED_PRESETS } from './__testUtils__/bundledPresets';

const found = (search: string) =>
  searchPresets(BUNDLED_PRESETS, search).map(({ id }) => id);

describe('the search of the bundled presets', () => {
  it.each([
    ['jira', ['jira', 'atlassian']],
    ['Jira cloud', ['jira']],
    ['confluence', ['confluence', 'atlassian']],
    ['azure', ['azure-devops', 'microsoft-graph', 'microsoft-entra']],
    ['entra', ['microsoft-entra', 'microsoft-graph']],
    ['teams', ['microsoft-graph']],
    ['graph', ['microsoft-graph']],
    ['active directory', ['microsoft-entra']],
    ['data dog', ['datadog']],
    ['service now', ['servicenow']],
    ['newrelic', ['new-relic']],
    ['gpt', ['openai']],
    ['monitoring', ['datadog', 'grafana']],
    ['jql', ['jira']],
  ])('N8 finds for %s', (search, ids) => {
    expect(found(search)).toEqual(expect.arrayContaining(ids));
  });

  it.each([
    ['jira', 'jira'],
    ['azure', 'azure-devops'],
    ['teams', 'microsoft-graph'],
    ['graph', 'microsoft-graph'],
    ['entra', 'microsoft-entra'],
    ['git', 'github'],
  ])('N8 puts first for %s: %s', (search, first) => {
    expect(found(search)[0]).toBe(first);
  });

  it('N8 finds words by their start only', () => {
    expect(found('entra')).not.toContain('business-central');
    expect(found('nothing like this')).toEqual([]);
  });
});
