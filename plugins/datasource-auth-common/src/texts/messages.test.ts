import { diagnosisTexts, Message, message } from './Message';
import { DIAGNOSES, MESSAGES } from './messages';
import {
  areKnownMessages,
  renderDiagnosis,
  renderMessages,
} from './renderMessages';

type Texts = { readonly [key: string]: string | Texts };

const textsIn = (texts: Texts): string[] =>
  Object.values(texts).flatMap(text =>
    typeof text === 'string' ? [text] : textsIn(text),
  );

const NEWER = { code: 'diagnosis.ofANewerBackend.title' } as unknown as Message;

describe('renderMessages', () => {
  it('fills in values and joins sentences', () => {
    expect(
      renderMessages([
        message('sentence.noFields'),
        message('sentence.fieldsReceived', { fields: "'a', 'b'" }),
      ]),
    ).toBe("The response has no fields. Fields received: 'a', 'b'.");
  });

  it('fills in messages as values, in singular and plural', () => {
    const wait = (count: number) =>
      renderMessages([message('name.minutes', { count })]);
    expect([wait(1), wait(2)]).toEqual(['1 minute', '2 minutes']);
    expect(
      renderDiagnosis(
        diagnosisTexts('accessDenied', {
          client: message('name.clientWithId', { id: 'crm' }),
        }),
      ).remedy,
    ).toContain("approve client 'crm'.");
  });

  it('never treats part of a value as a placeholder', () => {
    expect(
      renderMessages([
        message('settings.parameterTwice', {
          first: '{{second}}',
          second: '{{name}}',
          name: '$&',
        }),
      ]),
    ).toBe(
      "The parameters '{{second}}' and '{{name}}' would both be sent as '$&'.",
    );
  });

  it('gives each part of a diagnosis only the values that it needs', () => {
    expect(
      diagnosisTexts('tokenMissing', { path: 'access_token', field: 'token' }),
    ).toEqual({
      title: [{ code: 'diagnosis.tokenMissing.title' }],
      cause: [
        {
          code: 'diagnosis.tokenMissing.cause',
          values: { path: 'access_token' },
        },
      ],
      remedy: [
        { code: 'diagnosis.tokenMissing.remedy', values: { field: 'token' } },
      ],
    });
  });
});

describe('areKnownMessages', () => {
  it('knows plurals and nested messages, but not codes of a newer backend', () => {
    expect(
      areKnownMessages([message('health.datasources.failing', { count: 1 })]),
    ).toBe(true);
    expect(areKnownMessages([NEWER])).toBe(false);
    expect(
      areKnownMessages([
        { code: 'diagnosis.accessDenied.remedy', values: { client: NEWER } },
      ]),
    ).toBe(false);
  });
});

describe('the catalog', () => {
  it.each(Object.entries(DIAGNOSES))(
    'gives %s a title of at most eight words, a cause in one sentence, and a remedy',
    (_, { title, cause, remedy }) => {
      expect(title.split(' ').length).toBeLessThanOrEqual(8);
      expect(title).not.toMatch(/[.!]$/);
      expect(cause).toMatch(/^[A-Z{].*\.$/);
      expect(remedy).toMatch(/^[A-Z{].*[.}]$/);
    },
  );

  it('ends each sentence with a period', () => {
    const sentences = [
      ...textsIn(MESSAGES.sentence),
      ...textsIn(MESSAGES.settings),
      ...textsIn(MESSAGES.egress),
      ...textsIn(MESSAGES.verification),
      ...textsIn(MESSAGES.fault),
      ...textsIn(MESSAGES.error),
    ];
    // A name, a path or another message can begin or end a text.
    const whole = sentences.filter(
      text => /^['A-Z]/.test(text) && !text.endsWith('}}'),
    );
    const clauses = textsIn(MESSAGES.error.token).filter(
      text => !text.includes('{{name}}'),
    );
    expect(
      whole.filter(text => !text.endsWith('.') && !clauses.includes(text)),
    ).toEqual([]);
  });

  it('uses plain words', () => {
    const odd =
      /\b(answer(s|ed)?|anew|whoever|thereof|anyhow|somebody|members? of|can ?not|(he|his|him)|renew(s|ed)?)\b/i;
    expect(textsIn(MESSAGES).filter(text => odd.test(text))).toEqual([
      // Certificates are renewed, not refreshed.
      'Ask the operator of the server to renew it.',
    ]);
  });
});
