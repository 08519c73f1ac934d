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
    'finds no expression in %j',
    text => {
      expect(templateExpressions(text)).toEqual([]);
    },
  );

  it('inserts values literally, without reading them as patterns or templates', () => {
    expect(replaceTemplates('<{{a}}>', () => '$&{{b}}$1')).toBe('<$&{{b}}$1>');
  });

  it('keeps no state between texts', () => {
    const text = '{{a}}';
    expect(templateExpressions(text)).toEqual(['a']);
    expect(templateExpressions(text)).toEqual(['a']);
  });
});
