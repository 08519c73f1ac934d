const withNames = require('./eslint.names');

/** Punctuation and symbols, which are the same in every language. */
const SYMBOLS = ['–', ':', '.', '(', ')', '·', '⚠', '••••••••'];

/** Props whose texts the user reads. */
const PROPS = /^(alt|aria-label|helperText|label|placeholder|subheader|title)$/;

const RULE = 'no-restricted-syntax';

/** The configuration of the other packages, and rules against texts of the page that can't be translated. */
module.exports = dir => {
  const config = withNames(dir);
  return {
    ...config,
    rules: {
      ...config.rules,
      'react/jsx-no-literals': [
        'error',
        { allowedStrings: SYMBOLS, ignoreProps: true },
      ],
      [RULE]: [
        ...config.rules[RULE],
        {
          selector: `JSXAttribute[name.name=${PROPS}] > Literal[value=/[a-z]/i]`,
          message: 'Take the text from the translation.',
        },
      ],
    },
    overrides: [
      ...config.overrides,
      {
        files: ['**/*.test.tsx'],
        rules: { 'react/jsx-no-literals': 'off', [RULE]: config.rules[RULE] },
      },
    ],
  };
};
