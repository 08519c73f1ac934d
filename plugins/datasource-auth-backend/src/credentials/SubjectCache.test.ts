import { CredentialKey, SERVICE } from '../database/CredentialKey';
import { SubjectCache } from './SubjectCache';

describe('SubjectCache', () => {
  it('drops the least recently used entry of people, and never one that all plugins share', () => {
    const cache = new SubjectCache<number>({ services: 2, people: 2 });
    cache.of(SERVICE).set('crm service', 1);
    for (let user = 2; user < 6; user += 1) {
      const subject = `user:default/u${user}`;
      cache.of(subject).set(`crm ${subject}`, user);
    }
    expect(cache.values()).toEqual([1, 5, 4]);
  });

  it("drops people's entries of one datasource", () => {
    const cache = new SubjectCache<number>();
    const keys = ['crm', 'crm2'].flatMap(datasourceId =>
      ['user:default/jane', 'user:default/joe', SERVICE].map(
        subject => new CredentialKey({ datasourceId, subject }),
      ),
    );
    keys.forEach(({ subject, text }, index) => {
      cache.of(subject).set(text, index);
    });
    cache.dropPeople('crm');
    expect(cache.values().sort()).toEqual([2, 3, 4, 5]);
  });
});
