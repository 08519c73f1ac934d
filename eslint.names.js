const { readdirSync } = require('node:fs');
const { join } = require('node:path');
const createConfig = require('@backstage/cli/config/eslint-factory');

/*
 * Descriptors say what differs between grants and between client authentications. Code that compares names instead
 * misses the next one. The rule `yoda` keeps the names on the right.
 */
const GRANTS = readdirSync(
  join(__dirname, 'plugins/datasource-auth-common/src/grants'),
)
  .filter(file => /^[a-z]/.test(file) && file !== 'index.ts')
  .map(file =>
    file.slice(0, -'.ts'.length).replace(/[A-Z]/g, c => `_${c.toLowerCase()}`),
  );

const NAMES = [
  ['clientAuthentication', '[right.value=/./]'],
  ['grantType', '[right.value=/./]'],
  // Steps of an exchange that aren't named after a grant may be compared.
  ['step', `[right.value=/^(${GRANTS.join('|')})$/]`],
];

const compared = NAMES.flatMap(([name, literal]) =>
  ['name', 'property.name'].flatMap(path => [
    `BinaryExpression[left.${path}="${name}"]${literal}`,
    `SwitchStatement[discriminant.${path}="${name}"]:has(SwitchCase${literal.replace(
      'right',
      'test',
    )})`,
  ]),
);

const RULE = 'no-restricted-syntax';

/** Backstage's configuration for a package, and this rule. Its option for such selectors has no effect in frontends. */
module.exports = dir => {
  const config = createConfig(dir);
  const rule = config.rules[RULE];
  return {
    ...config,
    rules: {
      ...config.rules,
      [RULE]: [
        'error',
        ...rule.slice(1),
        ...compared.map(selector => ({
          selector,
          message: 'Ask the descriptor instead of comparing names.',
        })),
      ],
    },
    overrides: [
      {
        files: [
          '__testUtils__',
          'clientAuthentications',
          'grants',
          'kinds',
        ].map(folder => `**/${folder}/**`),
        // Without selectors of its own, the rule would keep ours.
        rules: { [RULE]: rule.length > 1 ? rule : 'off' },
      },
      ...config.overrides,
    ],
  };
};
