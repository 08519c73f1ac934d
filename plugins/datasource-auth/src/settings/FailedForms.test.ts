import { get, set } from 'react-hook-form';
import { ProposedFix } from 'backstage-plugin-datasource-auth-common';
import { EditorValues, formOfSettings } from './settingsForm';
import { formValueOf, FailedForms } from './FailedForms';

const METHODS = [
  'client_secret_basic',
  'client_secret_basic_raw',
  'client_secret_post',
  'none',
];
const URLS = ['https://a.example/t', 'https://b.example/t'];

/** Returns each form that these settings can produce, as a number. */
const STATES = METHODS.flatMap(method => URLS.map(url => ({ method, url })));

const fixTo = ({ method, url }: (typeof STATES)[number]): ProposedFix => ({
  set: { 'auth.clientAuthentication': method, 'auth.token.url': url },
});

/** Creates a random number generator with a fixed seed. */
function* numbers(seed: number): Generator<number> {
  let state = seed;
  for (;;) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state;
  }
}

const apply = (values: EditorValues, fix: ProposedFix) => {
  for (const [path, value] of Object.entries(fix.set))
    set(values, path, formValueOf(value));
};

describe('FailedForms', () => {
  it('never suggests a form that has already failed', () => {
    const random = numbers(24);
    const next = () => random.next().value as number;
    for (let run = 0; run < 300; run += 1) {
      // A provider that always responds to the same form with the same proposal.
      const proposals = STATES.map(() => STATES[next() % STATES.length]);
      const values = formOfSettings(undefined);
      apply(values, fixTo(STATES[next() % STATES.length]));
      const tried = new FailedForms();
      const seen = new Set<string>();
      for (;;) {
        const state = STATES.findIndex(
          ({ method, url }) =>
            method === get(values, 'auth.clientAuthentication') &&
            url === get(values, 'auth.token.url'),
        );
        expect(seen).not.toContain(String(state));
        seen.add(String(state));
        const fix = fixTo(proposals[state]);
        if (!tried.offers(values, fix)) break;
        tried.add(values);
        apply(values, fix);
      }
      expect(seen.size).toBeLessThanOrEqual(STATES.length);
    }
  });

  it('offers the same fix again after another change', () => {
    const tried = new FailedForms();
    const values = formOfSettings(undefined);
    apply(values, fixTo(STATES[0]));
    tried.add(values);
    apply(values, fixTo(STATES[2]));
    expect(tried.offers(values, fixTo(STATES[0]))).toBe(false);
    set(values, 'auth.clientId', 'another');
    expect(tried.offers(values, fixTo(STATES[0]))).toBe(true);
  });

  it('offers no fix that changes nothing', () => {
    const values = formOfSettings(undefined);
    apply(values, fixTo(STATES[0]));
    expect(new FailedForms().offers(values, fixTo(STATES[0]))).toBe(false);
  });
});
