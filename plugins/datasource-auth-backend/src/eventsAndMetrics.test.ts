import { DATASOURCE_STATES } from 'backstage-plugin-datasource-auth-common';
import { generatedPart, markdownTable, MarkdownPage } from 'runner/testUtils';
import { AUDIT_EVENTS } from './access/auditEvents';
import { EVENTS } from './notices/events';
import { METRICS, OUTCOMES, STEPS } from './telemetry/metrics';

const PAGE = 'docs/events-and-metrics.md';
const asCode = (texts: readonly string[]) =>
  texts.map(text => `\`${text}\``).join(', ') || '–';

const metrics = markdownTable(
  ['Metric', 'Kind', 'Attributes', 'Description'],
  Object.values(METRICS).map(({ name, kind, attributes, description }) => [
    `\`${name}\``,
    kind,
    asCode(attributes),
    description,
  ]),
);
const attributeValues = markdownTable(
  ['Attribute', 'Values'],
  [
    ['`step`', asCode(STEPS)],
    ['`outcome`', asCode(OUTCOMES)],
    ['`rejected`', asCode(['true', 'false'])],
    ['`state`', asCode(DATASOURCE_STATES)],
  ],
);
const audit = markdownTable(
  ['Event', 'Severity', '`actionType`'],
  Object.entries(AUDIT_EVENTS).map(([event, { severity, actions }]) => [
    `\`${event}\``,
    severity,
    asCode(actions),
  ]),
);
const parts = [
  generatedPart(PAGE, 'metrics', `${metrics}\n\n${attributeValues}`),
  generatedPart(PAGE, 'audit events', audit),
];
const guide = MarkdownPage.read(PAGE);
/** Returns the texts of a table cell that are formatted as code. */
const codes = (cell: string) =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
const sorted = <T>(items: Iterable<T>) => [...items].sort();

describe('docs/events-and-metrics.md', () => {
  it("matches the code; if it doesn't: make docs", () => {
    for (const { actual, expected } of parts) expect(actual).toBe(expected);
  });

  it('lists every event with the fields of its payload', () => {
    expect(
      guide
        .rows('Events')
        .map(([topic, payload]) => [
          codes(topic)[0],
          payload.replace(/: (\{.*?\}|'.*?')/g, '').match(/\w+/g),
        ]),
    ).toEqual(
      Object.values(EVENTS).map(({ topic, fields }) => [topic, fields]),
    );
  });

  it('lists every metric with its kind and attributes', () => {
    expect(
      guide
        .rows('Metrics')
        .filter(row => row.length === 4)
        .map(([name, kind, attributes]) => ({
          name: codes(name)[0],
          kind,
          attributes: codes(attributes),
        })),
    ).toEqual(
      Object.values(METRICS).map(({ name, kind, attributes }) => ({
        name,
        kind,
        attributes,
      })),
    );
  });

  it('lists every value of an attribute', () => {
    const values = guide
      .rows('Metrics')
      .filter(row => row.length === 2)
      .map(([name, cell]) => [codes(name)[0], sorted(codes(cell))]);
    expect(Object.fromEntries(values)).toEqual({
      step: sorted(STEPS),
      outcome: sorted(OUTCOMES),
      rejected: ['false', 'true'],
      state: sorted(DATASOURCE_STATES),
    });
  });

  it('lists every audit event with its severity and actions', () => {
    expect(
      guide
        .rows('Audit events')
        .map(([event, severity, actions]) => [
          codes(event)[0],
          { severity, actions: codes(actions) },
        ]),
    ).toEqual(Object.entries(AUDIT_EVENTS));
  });
});
