import { replaceTemplates, templateExpressions } from './templates';

describe('templates', () => {
  it('finds every expression, in order', () => {
    expect(
      templateExpressions(
        'https://{{instance.a}}.example/{{ kept.b }}?n={{nonce}}&n={{nonce}}',
      ),
    ).toEqual(['instance.a', 'kept.b', 'nonce', 'nonce']);
  });

  it.each(['', 'plain', '{a}', '{{a', 'a}}', '{{a}', '{{a{b}}'])(
    'finds none in %j',
    text => {
      expect(templateExpressions(text)).toEqual([]);
    },
  );

  it('puts values in as they are, without reading them as patterns or templates', () => {
    expect(replaceTemplates('<{{a}}>', () => '$&{{b}}$1')).toBe('<$&{{b}}$1>');
  });

  it('leaves no state behind between texts', () => {
    const text = '{{a}}';
    expect(templateExpressions(text)).toEqual(['a']);
    expect(templateExpressions(text)).toEqual(['a']);
  });
});
