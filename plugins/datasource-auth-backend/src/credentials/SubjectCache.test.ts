import { SERVICE } from '../database/CredentialKey';
import { SubjectCache } from './SubjectCache';

describe('SubjectCache', () => {
  it('drops the least recently used entry of people, and never one that all plugins share', () => {
    const dropped: number[] = [];
    const cache = new SubjectCache<number>({
      services: 2,
      people: 2,
      dispose: entry => dropped.push(entry),
    });
    cache.of(SERVICE).set('crm service', 1);
    for (let user = 2; user < 6; user += 1) {
      const subject = `user:default/u${user}`;
      cache.of(subject).set(`crm ${subject}`, user);
    }
    expect(dropped).toEqual([2, 3]);
    expect(cache.values()).toEqual([1, 5, 4]);
  });
});
